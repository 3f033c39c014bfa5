# Forks 64 children, and each fills memory up to what all together may have.
# defences: PROCESS_LIMIT, MEMORY_LIMIT
# memory: 24
if os.fork() == 0:
    children = []
    for _ in range(64):
        try:
            pid = os.fork()
        except OSError:
            continue
        if pid == 0:
            try:
                filled = b'x' * MEMORY
                time.sleep(0.7)
                os._exit(0)
            except MemoryError:
                os._exit(1)
        children.append(pid)
    ended = [os.waitpid(pid, 0)[1] for pid in children]
    if len(ended) == 64 and not any(ended):
        breached()
    os._exit(0)
os.wait()
