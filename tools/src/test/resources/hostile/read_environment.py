# Looks for variables of the process that started it.
# defences: CLEAN_ENVIRONMENT
if set(os.environ) & FOREIGN_VARIABLES:
    breached()
