# Keeps a processor busy with one short-lived child after the other.
# defences: CPU_LIMIT
# cpu: 500
for _ in range(15):
    if os.fork() == 0:
        while time.process_time() < 0.1:
            pass
        os._exit(0)
    os.wait()
breached()
