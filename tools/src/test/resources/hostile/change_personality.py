# Turns off the randomness of addresses for what it starts.
# defences: SYSTEM_CALLS
if libc.personality(0x0040000) >= 0:
    breached()
