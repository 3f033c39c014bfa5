# Reads a secret from its user's home folder.
# defences: OWN_ROOT
if SECRET in open(HOME + '/secret.txt').read():
    breached()
