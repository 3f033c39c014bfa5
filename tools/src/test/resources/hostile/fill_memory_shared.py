# Takes the memory in an anonymous mapping that it touches page by page, shared with a child.
# defences: MEMORY_LIMIT
import mmap
area = mmap.mmap(-1, MEMORY * 3 // 2)
os.fork() or time.sleep(0.4)
for at in range(0, len(area), 4096):
    area[at] = 1
time.sleep(0.3)
breached()
