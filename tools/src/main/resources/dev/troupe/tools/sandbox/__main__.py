# Runs a team's prelude and then a program, in one namespace: the one of __main__. A program that cannot be parsed ends
# like one that Python itself could not parse, before anything has run.


def start(names):
    import sys

    runner = start.__code__.co_filename
    folder = runner.rpartition("/")[0]

    def show(kind, error, trace):
        # The frames of this file are nobody's business.
        while trace is not None and trace.tb_frame.f_code.co_filename == runner:
            trace = trace.tb_next
        sys.__excepthook__(kind, error.with_traceback(trace), trace)

    def parsed(name):
        path = folder + "/" + name
        with open(path, "rb") as file:
            return compile(file.read(), path, "exec", dont_inherit=True)

    sys.excepthook = show
    program = parsed("main.py")
    del names["start"]
    names["__file__"] = folder + "/main.py"
    try:
        exec(parsed("prelude.py"), names)
    except BaseException as error:
        print("the prelude of the team failed:", file=sys.stderr)
        show(type(error), error, error.__traceback__)
        sys.exit(198)
    exec(program, names)


start(globals())
