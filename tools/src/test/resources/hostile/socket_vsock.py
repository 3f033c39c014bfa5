# Opens a socket to the machine that this one may be a guest of.
# defences: SYSTEM_CALLS
# needs: kernel
socket.socket(socket.AF_VSOCK).close()
breached()
