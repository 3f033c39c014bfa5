# Ignores every signal that can be ignored, and stays.
# defences: WALL_LIMIT
# wall: 1000
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
time.sleep(2)
breached()
