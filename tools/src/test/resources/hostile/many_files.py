# Uses up the disk's room for names.
# defences: DISK_LIMIT
for i in range(2000):
    open('f%d' % i, 'w').close()
time.sleep(0.7)
breached()
