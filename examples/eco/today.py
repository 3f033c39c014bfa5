import sys
sys.path.insert(0, ".")
import fixed_clock
fixed_clock.install()  # today is Thursday, 2023-09-14
