# Starts 64 threads.
# defences: PROCESS_LIMIT
# memory: 256
import threading
started = 0
for _ in range(64):
    try:
        threading.Thread(target=time.sleep, args=(0.5,), daemon=True).start()
        started += 1
    except RuntimeError:
        pass
time.sleep(0.3)
if started == 64:
    breached()
