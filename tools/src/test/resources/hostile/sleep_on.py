# Does nothing for too long.
# defences: WALL_LIMIT
# wall: 1000
time.sleep(2)
breached()
