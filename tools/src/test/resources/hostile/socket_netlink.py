# Opens a netlink socket, behind which much of the kernel lies.
# defences: SYSTEM_CALLS
socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()
breached()
