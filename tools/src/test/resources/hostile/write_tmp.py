# Leaves a file in the /tmp of others.
# defences: PRIVATE_TMP
open(TMP + '/victim/mark', 'w').close()
