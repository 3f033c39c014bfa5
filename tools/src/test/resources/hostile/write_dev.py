# Writes a file to /dev, where nothing is counted.
# defences: READ_ONLY_ROOT
open('/dev/fill', 'w').close()
breached()
