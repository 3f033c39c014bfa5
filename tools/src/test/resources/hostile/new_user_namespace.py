# Becomes root in a user namespace of its own.
# defences: NO_USER_NAMESPACES, SYSTEM_CALLS
if libc.unshare(0x10000000) == 0:
    breached()
