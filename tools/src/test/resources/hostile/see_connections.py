# Reads the table of the machine's connections.
# defences: NETWORK_NAMESPACE
if ':%04X ' % PORT in open('/proc/net/tcp').read():
    breached()
