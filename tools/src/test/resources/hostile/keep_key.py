# Leaves data in the kernel's key ring, which outlives it.
# defences: SYSTEM_CALLS
# needs: kernel
if libc.syscall(NR['add_key'], b'user', b'troupe-test', b'x', 1, -3) > 0:
    breached()
