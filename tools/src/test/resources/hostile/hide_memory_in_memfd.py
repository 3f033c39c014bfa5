# Keeps memory in a file without a name, where no count of resident pages finds it.
# defences: SYSTEM_CALLS
os.close(os.memfd_create('hidden'))
breached()
