# Opens another program's System V semaphore.
# defences: IPC_NAMESPACE
if libc.semget(SEMAPHORE, 1, 0) >= 0:
    breached()
