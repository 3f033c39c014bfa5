"""Collects pairs of a demonstration and a new question, and writes each pair's right program from its exchanges."""

import datetime
import re

ASKED = "2026-03-10T09:30:00"  # a Tuesday
CLOCK = "2026-03-12T14:05:00"  # the Thursday after


def day(clock, days):
    """The ISO date so many days after the clock's."""
    return (datetime.date.fromisoformat(clock[:10]) + datetime.timedelta(days=days)).isoformat()


class Pairs:
    """The pairs in the order written; `demo` begins those of one demonstration."""

    def __init__(self):
        self.rows = []
        self.demonstrations = {}
        self.numbers = {}

    def demo(self, name, question, code, asked=ASKED):
        if name in self.demonstrations:
            raise ValueError(f"demonstration: {name} (expected: each name once)")
        self.demonstrations[name] = {"question": question, "code": code.strip() + "\n", "language": "python", "asked_at": asked}
        self.numbers[name] = 0
        self.again(name)

    def again(self, name):
        """Goes on with an earlier demonstration."""
        self.name, self.current = name, self.demonstrations[name]

    def _add(self, kind, question, clock, expect, code, known, why):
        self.numbers[self.name] += 1
        row = {"id": f"{self.name}-{self.numbers[self.name]}", "kind": kind, "clock": clock, "demonstration": self.current}
        row |= {"question": question, "expect": expect}
        if code is not None:
            row["code"] = code
        if known:
            row["known"] = [{"question": q, "code": c.strip() + "\n"} for q, c in known]
        self.rows.append(row | {"why": why})

    def refuse(self, kind, question, why, clock=CLOCK, known=()):
        self._add(kind, question, clock, "refuse", None, known, why)

    def replay(self, kind, question, exchanges, why, clock=CLOCK, known=()):
        """The exchanges, old text to new, are made all at once, each wherever the old text stands by itself."""
        code = exchange(self.current["code"], exchanges)
        self._add(kind, question, clock, "replay", code, known, why)


def exchange(code, exchanges):
    """The program with every exchange made in one pass, longest text first, so that a swap does not undo itself."""
    if not exchanges:
        return code
    olds = sorted(exchanges, key=len, reverse=True)
    pattern = "|".join(r"(?<![\w.])" + re.escape(old) + r"(?!\w|\.\d)" for old in olds)
    seen = set()

    def new(match):
        seen.add(match.group())
        return exchanges[match.group()]

    changed = re.sub(pattern, new, code)
    missing = set(olds) - seen
    if missing:
        raise ValueError(f"not in the program: {sorted(missing)}\n{code}")
    return changed


def weather(endpoint, params, tail):
    """A program that asks WeatherAPI."""
    return f"""import os

import requests

params = {{"key": os.environ["WEATHER_KEY"], {params}}}
response = requests.get("https://api.weatherapi.com/v1/{endpoint}.json", params=params)
data = response.json()
{tail.strip()}
"""


def stock(function, params, tail):
    """A program that asks Alpha Vantage."""
    params = f", {params}" if params else ""
    return f"""import os

import requests

params = {{"function": "{function}"{params}, "apikey": os.environ["ALPHAVANTAGE_KEY"]}}
data = requests.get("https://www.alphavantage.co/query", params=params).json()
{tail.strip()}
"""


def place(endpoint, params, tail):
    """A program that asks Google Places."""
    return f"""import os

import requests

url = "https://maps.googleapis.com/maps/api/place/{endpoint}/json"
params = {{{params}, "key": os.environ["GOOGLE_KEY"]}}
data = requests.get(url, params=params).json()
{tail.strip()}
"""


def daily_program(symbol, tail):
    """A program that reads the daily series of a ticker into `days`."""
    return stock("TIME_SERIES_DAILY", f'"symbol": "{symbol}", "outputsize": "full"', 'days = data["Time Series (Daily)"]\n' + tail.strip())


def quote_program(symbol, tail):
    """A program that reads a ticker's latest price into `price`."""
    return stock("GLOBAL_QUOTE", f'"symbol": "{symbol}"', 'price = float(data["Global Quote"]["05. price"])\n' + tail.strip())
