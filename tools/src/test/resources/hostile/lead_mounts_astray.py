# Puts a link in the place where a file is mounted in the next run.
# defences: MOUNT_POINTS
os.rename('nested', 'moved')
os.symlink(HOME + '/victim', 'nested')
