# Leaves links to a secret among its files, for Troupe to hand out.
# defences: ARTIFACTS_NOT_FOLLOWED
os.symlink(HOME + '/secret.txt', 'report.txt')
os.symlink(HOME, 'reports')
