# Searches the folders of all users for a file with a secret in it.
# defences: OWN_ROOT
for top in ('/home', '/root'):
    for folder, _, names in os.walk(top):
        if folder.count('/') > 4:
            continue
        for name in names:
            if name == 'secret.txt' and SECRET in open(folder + '/' + name).read():
                breached(folder)
