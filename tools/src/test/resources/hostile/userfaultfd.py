# Takes over page faults, with which races in the kernel are won.
# defences: SYSTEM_CALLS
# needs: kernel
if libc.syscall(NR['userfaultfd'], 1) >= 0:
    breached()
