# Runs a team's prelude and then a program, in one namespace: the one of __main__. A program that cannot be parsed ends
# like one that Python itself could not parse, before anything has run. The mark tells whoever reads the output that the
# prelude has ended: what goes wrong after it is no fault of the prelude's.


def start(names):
    import os
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

    def mark():
        os.write(1, b"@MARK@")

    sys.excepthook = show
    try:
        program = parsed("main.py")
    except ValueError as error:
        # What older Pythons say of a null byte, which newer ones call an error of syntax.
        mark()
        raise SyntaxError(str(error)) from None
    except BaseException:
        mark()
        raise
    del names["start"]
    names["__file__"] = folder + "/main.py"
    try:
        exec(parsed("prelude.py"), names)
    except BaseException as error:
        print("the prelude of the team failed:", file=sys.stderr)
        show(type(error), error, error.__traceback__)
        sys.exit(198)
    mark()
    exec(program, names)


start(globals())
