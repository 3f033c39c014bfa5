# Renames the machine, in a namespace of its own.
# defences: NO_CAPABILITIES, SYSTEM_CALLS
# needs: root
if libc.unshare(0x04000000) == 0 and libc.sethostname(b'mine', 4) == 0:
    breached()
