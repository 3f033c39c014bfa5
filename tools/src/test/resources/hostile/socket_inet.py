# Opens an IPv4 socket.
# defences: SYSTEM_CALLS
socket.socket(socket.AF_INET).close()
breached()
