# Counts what the processor does.
# defences: SYSTEM_CALLS
# needs: kernel
attributes = (ctypes.c_uint32 * 32)(1, 128)
attributes[10] = 0b1100001
if libc.syscall(NR['perf_event_open'], attributes, 0, -1, -1, 0) >= 0:
    breached()
