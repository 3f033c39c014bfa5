# Keeps memory in a System V segment that it does not attach.
# defences: SYSTEM_CALLS
if libc.shmget(0, 4096, 0o1600) >= 0:
    breached()
