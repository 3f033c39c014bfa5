# Forks 64 children that stay for a while.
# defences: PROCESS_LIMIT
# memory: 256
children = 0
for _ in range(64):
    try:
        if os.fork() == 0:
            time.sleep(0.5)
            os._exit(0)
        children += 1
    except OSError:
        pass
time.sleep(0.3)
if children == 64:
    breached()
