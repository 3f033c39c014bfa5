# Writes to /proc, here so that another process is killed in its place when memory runs out.
# defences: READ_ONLY_ROOT
with open('/proc/self/oom_score_adj', 'w') as f:
    f.write('500')
breached()
