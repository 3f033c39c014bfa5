# Changes its root folder.
# defences: NO_CAPABILITIES, SYSTEM_CALLS
# needs: root
if libc.chroot(b'/tmp') == 0:
    breached()
