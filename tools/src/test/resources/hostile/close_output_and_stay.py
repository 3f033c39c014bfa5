# Closes its output, as if it were done, and lives on.
# defences: WALL_LIMIT
# wall: 1000
kept = os.dup(1)
os.set_inheritable(kept, False)
os.close(0), os.close(1), os.close(2)
time.sleep(2)
os.write(kept, b'BREA' + b'CHED')
