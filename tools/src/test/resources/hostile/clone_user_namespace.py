# Starts a child that is root in a user namespace of its own.
# defences: NO_USER_NAMESPACES, SYSTEM_CALLS
pid = libc.syscall(NR['clone'], ctypes.c_long(0x10000000 | signal.SIGCHLD), None, None, None, None)
if pid == 0:
    os._exit(0)
if pid > 0:
    os.waitpid(pid, 0)
    breached()
