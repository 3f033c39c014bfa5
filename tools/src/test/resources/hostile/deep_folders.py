# Makes folders in folders until no path reaches them.
# defences: DISK_LIMIT
for i in range(100):
    os.mkdir('d')
    os.chdir('d')
time.sleep(0.7)
breached()
