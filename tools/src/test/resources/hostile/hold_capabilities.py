# Looks whether it holds a capability.
# defences: NO_CAPABILITIES
# needs: root
status = dict(line.split(':', 1) for line in open('/proc/self/status') if ':' in line)
if int(status['CapEff'], 16):
    breached(status['CapEff'])
