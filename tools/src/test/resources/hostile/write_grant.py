# Changes a granted file.
# defences: READ_ONLY_GRANTS
open('data/sales.csv', 'a').write('north,1000000\n')
