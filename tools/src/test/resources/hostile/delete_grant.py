# Deletes a granted file.
# defences: READ_ONLY_GRANTS
os.unlink('data/sales.csv')
