# Fills /dev/shm, where files are memory.
# defences: MEMORY_LIMIT
for i in range(4):
    with open('/dev/shm/fill%d' % i, 'wb') as f:
        f.write(b'x' * (MEMORY // 10))
breached()
