# Signals the process group of whoever started it.
# defences: NEW_SESSION
# alone: yes
os.kill(0, signal.SIGURG)
