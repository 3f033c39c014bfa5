"""Writes stream.jsonl: a day of a desk's questions, most of which come again with other values and in other words.

Python's standard library only, the same everywhere. `--clock` moves the day, `--seed` draws other questions.
"""

import argparse
import datetime
import json
import pathlib
import random
import re
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))

import place_templates  # noqa: E402
import slots  # noqa: E402
import stock_templates  # noqa: E402
import weather_templates  # noqa: E402

# From the most to the least frequent: a desk that looks mostly at prices and the weather. Twins stand near each other, so
# that whoever takes one for the other is soon wrong.
RANKS = """
close-on-date temperature-celsius exchange-rate open-on-date price-now find sunset best-rated high-on-date maximum-tomorrow
chance-of-rain phone volume-on-date convert low-on-date humidity gainers sunrise warmer-than minimum-tomorrow
market-status top-rated near-landmark losers high-of-year colder-than address market-cap rain-past open-now
low-of-year wind worst-rated temperature-fahrenheit website warmer-of-two chance-of-snow days-above previous-close
volume-of-month pressure close-of-month rated-at-least country colder-of-two hours earnings-ratio days-below
farther-north warmest-day adjusted-close weekly-closes uv coldest-day coordinates moon-phase intraday ticker
farther-south rating price-difference
""".split()
LEAST = 2


def counts(total):
    """How often each template comes: by Zipf's law, none less than twice."""
    weights = [1 / rank for rank in range(1, len(RANKS) + 1)]
    found = [max(LEAST, round(total * weight / sum(weights))) for weight in weights]
    rank = 0
    while sum(found) != total:
        step = 1 if sum(found) < total else -1
        found[rank % 20] += step
        rank += 1
    return dict(zip(RANKS, found))


def quoted(value):
    """A value as it stands in a double-quoted literal."""
    return value.replace("\\", "\\\\").replace('"', '\\"')


def filled(api, name, twin, code, question, clock, draws):
    """One question: a wording, the slots' values, and the program that answers it."""
    names = re.findall(r"{(\w+)}", question)
    values, texts = {}, {}
    for slot in names:
        value, text = slots.draw("company" if slot == "name" else slot, clock, draws)
        while any(value == other for other in values.values()):
            value, text = slots.draw("company" if slot == "name" else slot, clock, draws)
        values[slot], texts[slot] = (text, text) if slot == "name" else (value, text)
    for slot, value in values.items():
        code = code.replace(f"@{slot}@", quoted(value))
    if re.search(r"@\w+@", code):
        raise ValueError(f"template: {name} (expected: every slot in every wording)")
    return {
        "template": name, "twin": twin, "api": api, "clock": clock.isoformat(), "question": question.format(**texts),
        "slots": {slot: {"value": values[slot], "text": texts[slot]} for slot in names}, "code": code,
    }


def stream(total, clock, draws):
    templates = {
        name: (module.API, name, twin, code, questions)
        for module in (weather_templates, stock_templates, place_templates)
        for name, twin, code, questions in module.TEMPLATES
    }
    if set(templates) != set(RANKS):
        raise ValueError(f"ranks: {sorted(set(templates) ^ set(RANKS))} (expected: each template once)")
    order = [name for name, times in counts(total).items() for _ in range(times)]
    draws.shuffle(order)
    for number, name in enumerate(order):
        api, name, twin, code, questions = templates[name]
        moment = clock + datetime.timedelta(minutes=number)
        yield {"id": f"s{number + 1:03}"} | filled(api, name, twin, code, draws.choice(questions), moment, draws)


def made(questions=600, seed=4, clock="2026-03-11T08:00:00"):
    """The file's text."""
    found = stream(questions, datetime.datetime.fromisoformat(clock), random.Random(seed))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--questions", type=int, default=600, help="how many (default: 600)")
    options.add_argument("--seed", type=int, default=4, help="other questions for another seed (default: 4)")
    options.add_argument("--clock", default="2026-03-11T08:00:00", help="when the first is asked; one a minute follows")
    options.add_argument("--out", default=str(HERE / "stream.jsonl"))
    chosen = options.parse_args()
    text = made(chosen.questions, chosen.seed, chosen.clock)
    pathlib.Path(chosen.out).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
