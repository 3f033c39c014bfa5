# Prints and prints.
# defences: OUTPUT_LIMIT
for _ in range(64):
    os.write(1, b'x' * 16384)
breached()
