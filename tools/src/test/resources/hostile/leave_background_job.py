# Leaves a shell's background job behind.
# defences: DIE_TOGETHER
# waits: 1
os.system('(trap "" HUP TERM; sleep 0.4; : >late) >/dev/null 2>&1 &')
