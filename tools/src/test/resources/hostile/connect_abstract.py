# Connects to another program's abstract unix socket, for which there is no file to be hidden.
# defences: NETWORK_NAMESPACE
with socket.socket(socket.AF_UNIX) as s:
    s.connect('\0' + SECRET)
    breached()
