# Sends a datagram to a service on the machine's loopback address, which answers.
# defences: NETWORK_NAMESPACE, SYSTEM_CALLS
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(1)
    s.sendto(b'hello', ('127.0.0.1', PORT))
    if s.recv(10) == b'hello':
        breached()
