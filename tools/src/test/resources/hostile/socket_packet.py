# Opens a packet socket.
# defences: SYSTEM_CALLS
# needs: kernel
socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close()
breached()
