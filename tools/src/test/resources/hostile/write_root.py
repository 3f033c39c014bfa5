# Writes to its root folder, where nothing is counted.
# defences: READ_ONLY_ROOT
open('/fill', 'w').close()
breached()
