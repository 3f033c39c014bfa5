# Opens an IPv6 socket.
# defences: SYSTEM_CALLS
# needs: kernel
socket.socket(socket.AF_INET6).close()
breached()
