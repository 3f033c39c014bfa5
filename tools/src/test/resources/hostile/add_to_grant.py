# Adds a file to a granted folder, for a person to find.
# defences: READ_ONLY_GRANTS
open('data/mark', 'w').close()
