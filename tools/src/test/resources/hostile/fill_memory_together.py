# Eight children take a quarter of the limit each: none is beyond it, all together are.
# defences: MEMORY_LIMIT
children = []
for _ in range(8):
    pid = os.fork()
    if pid == 0:
        filled = b'x' * (MEMORY // 4)
        time.sleep(0.6)
        os._exit(0)
    children.append(pid)
if not any(os.waitpid(pid, 0)[1] for pid in children):
    breached()
