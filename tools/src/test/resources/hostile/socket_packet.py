# Opens a packet socket.
# defences: SYSTEM_CALLS, NO_CAPABILITIES
# needs: root, kernel
socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close()
breached()
