# Opens a socket of the kernel's cryptography.
# defences: SYSTEM_CALLS
# needs: kernel
socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET).close()
breached()
