# Fills /tmp, where files are memory too.
# defences: MEMORY_LIMIT
for i in range(8):
    with open('/tmp/fill%d' % i, 'wb') as f:
        f.write(b'x' * (MEMORY // 10))
breached()
