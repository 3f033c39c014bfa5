# Fills the disk with files that it has already deleted.
# defences: DISK_LIMIT
held = []
for i in range(6):
    f = open('gone', 'wb')
    os.unlink('gone')
    f.write(b'x' * (DISK // 3))
    f.flush()
    os.fsync(f.fileno())
    held.append(f)
    time.sleep(0.05)
time.sleep(0.2)
breached()
