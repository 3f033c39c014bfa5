# Writes one file without end.
# defences: FILE_SIZE_LIMIT, DISK_LIMIT
with open('fill', 'wb') as f:
    for _ in range(8):
        f.write(b'x' * (DISK // 4))
        f.flush()
        os.fsync(f.fileno())
        time.sleep(0.05)
time.sleep(0.3)
breached()
