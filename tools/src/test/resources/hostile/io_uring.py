# Opens the interface that reads and connects without system calls.
# defences: SYSTEM_CALLS
# needs: kernel
if libc.syscall(NR['io_uring_setup'], 4, ctypes.create_string_buffer(256)) >= 0:
    breached()
