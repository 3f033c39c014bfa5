# Keeps a processor busy.
# defences: CPU_LIMIT
# cpu: 500
while time.process_time() < 1.5:
    pass
breached()
