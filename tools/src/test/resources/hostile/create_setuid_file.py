# The same at the moment of its making.
# defences: SYSTEM_CALLS
os.umask(0)
os.close(os.open('tool', os.O_CREAT | os.O_WRONLY, 0o6755))
