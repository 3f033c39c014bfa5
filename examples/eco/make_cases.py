#!/usr/bin/env python3
"""Writes cases.jsonl: the questions of ecoassistant/ with their right answers, which the gold programs compute from the
running stand-ins (examples/eco/serve) and no model has seen.

    python3 make_cases.py            writes cases.jsonl
    python3 make_cases.py --check    exits 1 when cases.jsonl is not what this computes

ECO_WEATHER, ECO_STOCK and ECO_PLACES say where the stand-ins are, when not where `serve` has them by itself.
"""

import importlib
import json
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
from gold import PROGRAMS  # noqa: E402

FILES = {"weather": "weather.json", "stock": "stock.json", "places": "google_places.json"}
TUNED = 40


def compute():
    cases = []
    for api, name in FILES.items():
        importlib.import_module(f"gold_{api}")
        for number, question in enumerate(json.loads((HERE / "ecoassistant" / name).read_text(encoding="utf-8"))):
            if (api, number) in PROGRAMS:
                template, program = PROGRAMS[api, number]
                cases.append({"id": f"{api}-{number}", "template": f"{api}-{template}", "skill": api, "split": "test",
                              "question": question, "check": program()})
    return cases


def add_slices(cases):
    """The slice to tune prompts on: of each API its share of 40, drawn by a seed."""
    chance = random.Random(2023)
    apis = list(FILES)
    left = TUNED
    for place, api in enumerate(apis):
        ids = [case["id"] for case in cases if case["skill"] == api]
        share = left if place == len(apis) - 1 else round(TUNED * len(ids) / len(cases))
        left -= share
        tuned = set(chance.sample(ids, share))
        for case in cases:
            if case["skill"] == api:
                case["slice"] = "tune" if case["id"] in tuned else "final"


def main():
    try:
        cases = compute()
    except OSError as problem:
        sys.exit(f"the stand-ins do not answer: {problem}; start examples/eco/serve")
    add_slices(cases)
    text = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    path = HERE / "cases.jsonl"
    if sys.argv[1:] == ["--check"]:
        if path.read_text(encoding="utf-8") != text:
            sys.exit("cases.jsonl differs from what make_cases.py computes")
        return
    path.write_bytes(text.encode())
    counts = {api: sum(case["skill"] == api for case in cases) for api in FILES}
    print(f"{path.name}: {len(cases)} questions, {counts}")


if __name__ == "__main__":
    main()
