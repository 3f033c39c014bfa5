# Keeps memory in message queues.
# defences: SYSTEM_CALLS
queue = libc.msgget(0, 0o1600)
if queue >= 0:
    libc.msgctl(queue, 0, None)
    breached()
