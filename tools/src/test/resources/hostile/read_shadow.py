# Reads the system's password hashes.
# defences: OWN_ROOT
# needs: root
if 'root:' in open('/etc/shadow').read():
    breached()
