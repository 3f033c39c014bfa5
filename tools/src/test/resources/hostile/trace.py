# Traces another process.
# defences: SYSTEM_CALLS
pid = os.fork()
if pid == 0:
    time.sleep(1)
    os._exit(0)
if libc.ptrace(16, pid, None, None) == 0:
    breached()
os.kill(pid, 9)
