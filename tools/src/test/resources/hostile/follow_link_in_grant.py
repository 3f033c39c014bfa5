# A granted folder has a link in it that leads out of the team's folder.
# defences: OWN_ROOT
if SECRET in open('data/link.txt').read():
    breached()
