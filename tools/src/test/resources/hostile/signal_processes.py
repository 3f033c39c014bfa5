# Signals a process of its user whose number it knows.
# defences: PROCESS_NAMESPACE
os.kill(SENTINEL, signal.SIGTERM)
