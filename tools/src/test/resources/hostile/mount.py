# Mounts a file system, in a mount namespace of its own.
# defences: NO_CAPABILITIES, SYSTEM_CALLS
# needs: root
os.mkdir('/tmp/m')
if libc.unshare(0x00020000) == 0 and libc.mount(b'none', b'/tmp/m', b'tmpfs', ctypes.c_ulong(0), None) == 0:
    breached()
