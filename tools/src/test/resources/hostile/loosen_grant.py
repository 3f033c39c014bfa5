# Opens a granted file to everyone.
# defences: READ_ONLY_GRANTS
os.chmod('data/sales.csv', 0o777)
