# Leaves a link in its work folder that leads to a secret, and reads through it.
# defences: OWN_ROOT
os.symlink(HOME + '/secret.txt', 'innocent.txt')
if SECRET in open('innocent.txt').read():
    breached()
