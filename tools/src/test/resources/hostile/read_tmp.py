# Reads what another program keeps in /tmp.
# defences: PRIVATE_TMP
if SECRET in open(TMP + '/secret.txt').read():
    breached()
