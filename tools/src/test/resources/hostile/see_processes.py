# Reads the command lines of other processes, where secrets are sometimes given.
# defences: PROCESS_NAMESPACE
for pid in filter(str.isdigit, os.listdir('/proc')):
    try:
        if SECRET.encode() in open('/proc/%s/cmdline' % pid, 'rb').read():
            breached(pid)
    except OSError:
        continue
