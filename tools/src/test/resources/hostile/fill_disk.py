# Fills its work folder with files, none of which is too large.
# defences: DISK_LIMIT
for i in range(6):
    with open('fill%d' % i, 'wb') as f:
        f.write(b'x' * (DISK // 3))
        f.flush()
        os.fsync(f.fileno())
    time.sleep(0.05)
time.sleep(0.3)
breached()
