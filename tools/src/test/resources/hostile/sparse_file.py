# Makes a file that claims to be huge, for whoever copies it.
# defences: FILE_SIZE_LIMIT
with open('huge', 'wb') as f:
    f.truncate(1 << 40)
    breached()
    f.truncate(0)
