# Takes space on the disk in no time at all.
# defences: SYSTEM_CALLS
with open('fill', 'wb') as f:
    if libc.fallocate(f.fileno(), 0, ctypes.c_long(0), ctypes.c_long(1 << 20)) == 0:
        breached()
