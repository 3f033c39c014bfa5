# Connects to a service on the machine's loopback address.
# defences: NETWORK_NAMESPACE, SYSTEM_CALLS
with socket.create_connection(('127.0.0.1', PORT), 2):
    breached()
