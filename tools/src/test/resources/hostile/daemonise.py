# Leaves a child behind that forks, changes its session and goes on when the program has ended.
# defences: DIE_TOGETHER
# waits: 1
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for fd in range(3):
            os.close(fd)
        time.sleep(0.4)
        open('late', 'w').close()
    os._exit(0)
os.wait()
