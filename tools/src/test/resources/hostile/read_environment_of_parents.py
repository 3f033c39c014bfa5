# Looks for variables in what /proc shows of the processes around it.
# defences: CLEAN_ENVIRONMENT
for pid in filter(str.isdigit, os.listdir('/proc')):
    try:
        names = {pair.split(b'=')[0].decode() for pair in open('/proc/%s/environ' % pid, 'rb').read().split(b'\0')}
    except OSError:
        continue
    if names & FOREIGN_VARIABLES:
        breached(pid)
