# Reads another process's memory without tracing it.
# defences: SYSTEM_CALLS
class Piece(ctypes.Structure):
    _fields_ = [('base', ctypes.c_void_p), ('length', ctypes.c_size_t)]
wanted = ctypes.create_string_buffer(b'private')
pid = os.fork()
if pid == 0:
    time.sleep(1)
    os._exit(0)
got = ctypes.create_string_buffer(8)
here, there = Piece(ctypes.addressof(got), 8), Piece(ctypes.addressof(wanted), 8)
if libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) == 8:
    breached()
os.kill(pid, 9)
