# Adds a name to /etc, for programs to come.
# defences: READ_ONLY_ROOT
open('/etc/mark', 'w').close()
breached()
