# Leaves a program that acts for Troupe's user, whoever starts it.
# defences: SYSTEM_CALLS
open('tool', 'w').write('#!/bin/sh\n')
os.chmod('tool', 0o4755)
