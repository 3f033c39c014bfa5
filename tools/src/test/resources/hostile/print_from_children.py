# Prints on both outputs from many processes.
# defences: OUTPUT_LIMIT
for _ in range(4):
    if os.fork() == 0:
        for _ in range(16):
            os.write(2, b'x' * 16384)
        os._exit(0)
for _ in range(4):
    os.wait()
breached()
