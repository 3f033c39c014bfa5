#!/usr/bin/env python3
"""Runs the programs of ecoassistant/query2code.json against the stand-ins, changed in nothing but the keys.

    python3 run_programs.py [question's number …]

What a program reaches the real hosts with is led to the stand-ins (ECO_WEATHER, ECO_STOCK, ECO_PLACES, as for
make_cases.py), and what it takes for today is the clock of the stand-ins. Needs the package requests. Prints one object
of JSON a program: its number, the question, whether it came to its end, what it printed, and its error.
"""

import contextlib
import io
import json
import pathlib
import sys
import urllib.parse

import requests

import fixed_clock
from apis import HOSTS, KEYS

HERE = pathlib.Path(__file__).parent
PLACEHOLDERS = {"b4d5490d": KEYS["weather"], "af8fb19b": KEYS["stock"], "181dbb37": KEYS["places"]}
REAL = {"api.weatherapi.com": HOSTS["weather"], "www.alphavantage.co": HOSTS["stock"],
        "maps.googleapis.com": HOSTS["places"]}


def redirect():
    """What the egress proxy does by `egress.hosts`: other hosts do not exist here."""
    send = requests.Session.send

    def to_stand_in(session, request, **options):
        parts = urllib.parse.urlsplit(request.url)
        if parts.hostname not in REAL:
            raise requests.exceptions.ConnectionError(f"host: {parts.hostname} (expected: one of {sorted(REAL)})")
        request.url = REAL[parts.hostname] + urllib.parse.urlunsplit(("", "", *parts[2:]))
        return send(session, request, **options)
    requests.Session.send = to_stand_in


def run(number, question, code):
    for placeholder, key in PLACEHOLDERS.items():
        code = code.replace(placeholder, key)
    output = io.StringIO()
    error = None
    with contextlib.redirect_stdout(output):
        try:
            exec(compile(code, f"program {number}", "exec"), {"__name__": "__main__"})
        except (Exception, SystemExit) as problem:  # whatever a program of another ends with
            error = f"{type(problem).__name__}: {problem}"
    return {"number": number, "question": question, "ok": error is None, "output": output.getvalue(), "error": error}


def main():
    redirect()
    fixed_clock.install()
    programs = json.loads((HERE / "ecoassistant" / "query2code.json").read_text(encoding="utf-8"))
    wanted = {int(number) for number in sys.argv[1:]} or set(range(len(programs)))
    for number, (question, code) in enumerate(programs.items()):
        if number in wanted:
            print(json.dumps(run(number, question, code), ensure_ascii=False))


if __name__ == "__main__":
    main()
