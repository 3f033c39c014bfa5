# Takes half as much memory again as it may.
# defences: MEMORY_LIMIT
filled = b'x' * (MEMORY * 3 // 2)
time.sleep(0.3)
breached()
