#!/usr/bin/env python3
"""Writes cases.jsonl, questions with their right answers, and reviews.jsonl, answers to review: for each question the
answer of a right program, and that of the same program with a mistake planted in it.

    python3 make_cases.py            writes both
    python3 make_cases.py --check    exits 1 when one of them is not what this computes
"""

import contextlib
import io
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
# As a reviewing agent is asked: dev.troupe.planner.ladder.Judgement.
ASKED = ("Review an answer before it counts.\n\nQuestion: {question}\n\nProgram:\n```python\n{program}\n```\n\n"
         "Its output:\n{output}\n\nAnswer: {answer}\n\nIs the answer right? Answer with \"yes\", or with \"no: \" and what"
         " is wrong, in one sentence.")

# template, skill, split, question, right program, (what stands in it, what is planted in its place), two sets of values.
TASKS = [
    ("multiples-both", "counting", "learn", "How many numbers from 1 to {a} are divisible by {b} but not by {c}?",
     "count = 0\nfor n in range(1, {a} + 1):\n    if n % {b} == 0 and n % {c} != 0:\n        count += 1\n"
     "print('ANSWER:', count)", (" and n % {c} != 0", ""), [(500, 3, 5), (840, 4, 7)]),
    ("multiples-either", "counting", "test", "How many numbers from 1 to {a} are divisible by {b} or by {c}?",
     "count = sum(1 for n in range(1, {a} + 1) if n % {b} == 0 or n % {c} == 0)\nprint('ANSWER:', count)",
     (" or ", " and "), [(600, 4, 6), (1000, 6, 9)]),
    ("squares-between", "counting", "learn", "How many perfect squares are there between {a} and {b}, both included?",
     "count = 0\nfor n in range(1, {b} + 1):\n    if {a} <= n * n <= {b}:\n        count += 1\nprint('ANSWER:', count)",
     ("{a} <= n * n <= {b}", "{a} < n * n < {b}"), [(100, 900), (64, 2500)]),
    ("digit-seven", "counting", "test", "How many numbers from 1 to {a} contain the digit {b} at least once?",
     "count = sum(1 for n in range(1, {a} + 1) if '{b}' in str(n))\nprint('ANSWER:', count)",
     ("if '{b}' in str(n)", "if str(n).endswith('{b}')"), [(1000, 7), (2000, 4)]),
    ("palindromes", "counting", "learn", "How many numbers from {a} to {b} read the same forwards and backwards?",
     "count = sum(1 for n in range({a}, {b} + 1) if str(n) == str(n)[::-1])\nprint('ANSWER:', count)",
     ("range({a}, {b} + 1)", "range({a}, {b})"), [(10, 999), (100, 2002)]),
    ("prime-sum", "number theory", "learn", "What is the sum of all prime numbers up to {a}, {a} included?",
     "total = 0\nfor n in range(2, {a} + 1):\n    if all(n % d for d in range(2, int(n ** 0.5) + 1)):\n        total += n\n"
     "print('ANSWER:', total)", ("int(n ** 0.5) + 1", "int(n ** 0.5)"), [(100, 0), (400, 0)]),
    ("prime-count", "number theory", "test", "How many prime numbers are there below {a}?",
     "count = 0\nfor n in range(2, {a}):\n    if all(n % d for d in range(2, n)):\n        count += 1\n"
     "print('ANSWER:', count)", ("range(2, {a})", "range(1, {a})"), [(300, 0), (700, 0)]),
    ("divisor-sum", "number theory", "learn",
     "What is the sum of the divisors of {a} that are smaller than {a} itself?",
     "total = sum(d for d in range(1, {a}) if {a} % d == 0)\nprint('ANSWER:', total)",
     ("range(1, {a})", "range(1, {a} + 1)"), [(360, 0), (496, 0)]),
    ("gcd-pairs", "number theory", "test",
     "How many pairs (a, b) with 1 <= a < b <= {a} have no common divisor greater than 1?",
     "from math import gcd\ncount = 0\nfor a in range(1, {a} + 1):\n    for b in range(a + 1, {a} + 1):\n"
     "        if gcd(a, b) == 1:\n            count += 1\nprint('ANSWER:', count)",
     ("range(a + 1, {a} + 1)", "range(a, {a} + 1)"), [(30, 0), (45, 0)]),
    ("digit-sum", "number theory", "learn", "What is the sum of the digits of {a} to the power of {b}?",
     "total = sum(int(digit) for digit in str({a} ** {b}))\nprint('ANSWER:', total)",
     ("{a} ** {b}", "{a} * {b}"), [(2, 100), (3, 60)]),
    ("perfect-cubes", "number theory", "test", "What is the sum of the cubes of all odd numbers from 1 to {a}?",
     "total = sum(n ** 3 for n in range(1, {a} + 1) if n % 2 == 1)\nprint('ANSWER:', total)",
     ("n % 2 == 1", "n % 2 == 0"), [(25, 0), (41, 0)]),
    ("vowels", "text", "learn", "How many vowels (a, e, i, o, u) are in \"{a}\"?",
     "text = \"{a}\"\ncount = sum(1 for letter in text.lower() if letter in 'aeiou')\nprint('ANSWER:', count)",
     ("text.lower()", "text"), [("An Old Oak On Every Island", 0), ("Under Open Arches Evening Is Idle", 0)]),
    ("longest-word", "text", "test", "Which is the longest word in \"{a}\"? If several are, give the first of them.",
     "words = \"{a}\".split()\nlongest = words[0]\nfor word in words:\n    if len(word) > len(longest):\n"
     "        longest = word\nprint('ANSWER:', longest)", ("len(word) > ", "len(word) >= "),
     [("bring seven amber candles to the passing sailors today", 0), ("the little garden behind our school opens again", 0)]),
    ("distinct-letters", "text", "learn", "How many different letters are in \"{a}\"? Upper and lower case are the same.",
     "text = \"{a}\"\nletters = set(letter for letter in text.lower() if letter.isalpha())\n"
     "print('ANSWER:', len(letters))", (" if letter.isalpha()", ""),
     [("Pack my box, now!", 0), ("Seven wizards; two jugs.", 0)]),
    ("words-starting", "text", "test", "How many words of \"{a}\" begin with the letter {b}?",
     "words = \"{a}\".split()\ncount = sum(1 for word in words if word.startswith('{b}'))\nprint('ANSWER:', count)",
     ("word.startswith('{b}')", "'{b}' in word"),
     [("some boats pass slowly as seven seals rest", "s"), ("the otter met them at the northern outlet", "t")]),
    ("weekday-count", "dates", "learn", "How many Sundays were there from {a}-01-01 to {a}-12-31?",
     "from datetime import date, timedelta\nday, count = date({a}, 1, 1), 0\nwhile day <= date({a}, 12, 31):\n"
     "    if day.weekday() == 6:\n        count += 1\n    day += timedelta(days=1)\nprint('ANSWER:', count)",
     ("day <= date", "day < date"), [(2017, 0), (2023, 0)]),
    ("days-between", "dates", "test", "How many days are there from {a} to {b}, both days included?",
     "from datetime import date\ndays = (date.fromisoformat('{b}') - date.fromisoformat('{a}')).days + 1\n"
     "print('ANSWER:', days)", (".days + 1", ".days"), [("2024-02-10", "2024-03-15"), ("2023-11-01", "2024-01-31")]),
    ("friday-13", "dates", "learn", "How many Fridays the 13th were there from {a} to {b}, both years included?",
     "from datetime import date\ncount = 0\nfor year in range({a}, {b} + 1):\n    for month in range(1, 13):\n"
     "        if date(year, month, 13).weekday() == 4:\n            count += 1\nprint('ANSWER:', count)",
     ("range({a}, {b} + 1)", "range({a}, {b})"), [(2000, 2015), (2010, 2026)]),
    ("leap-years", "dates", "test", "How many leap years are there from {a} to {b}, both included?",
     "count = 0\nfor year in range({a}, {b} + 1):\n    if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):\n"
     "        count += 1\nprint('ANSWER:', count)", (" and (year % 100 != 0 or year % 400 == 0)", ""),
     [(1800, 2000), (1890, 2104)]),
    ("compound", "simulation", "learn",
     "A stock of {a} items grows by a tenth each day, rounded down to whole items. How many items are there after {b}"
     " days?",
     "items = {a}\nfor day in range({b}):\n    items = items + items // 10\nprint('ANSWER:', items)",
     ("range({b})", "range({b} - 1)"), [(120, 12), (250, 9)]),
    ("collatz", "simulation", "test",
     "Start with {a}. Halve it when it is even, otherwise triple it and add 1. How many steps does it take to reach 1?",
     "n, steps = {a}, 0\nwhile n != 1:\n    n = n // 2 if n % 2 == 0 else 3 * n + 1\n    steps += 1\n"
     "print('ANSWER:', steps)", ("steps = {a}, 0", "steps = {a}, 1"), [(27, 0), (97, 0)]),
    ("robot", "simulation", "learn",
     "A robot starts at 0 and takes {a} steps: step number k moves it k forward when k is odd and k backward when k is"
     " even. How far from 0 is it at the end?",
     "position = 0\nfor k in range(1, {a} + 1):\n    position += k if k % 2 == 1 else -k\nprint('ANSWER:', abs(position))",
     ("k % 2 == 1", "k % 3 == 1"), [(75, 0), (120, 0)]),
    ("coins", "combinatorics", "test",
     "In how many ways can {a} cents be paid with coins of 5, 10 and 25 cents? The order does not matter.",
     "ways = 0\nfor a in range({a} // 25 + 1):\n    for b in range(({a} - 25 * a) // 10 + 1):\n"
     "        if ({a} - 25 * a - 10 * b) % 5 == 0:\n            ways += 1\nprint('ANSWER:', ways)",
     ("range({a} // 25 + 1)", "range({a} // 25)"), [(100, 0), (175, 0)]),
    ("dice", "combinatorics", "learn", "In how many of the 216 results of three dice is the sum greater than {a}?",
     "count = sum(1 for a in range(1, 7) for b in range(1, 7) for c in range(1, 7) if a + b + c > {a})\n"
     "print('ANSWER:', count)", ("a + b + c > {a}", "a + b + c >= {a}"), [(12, 0), (14, 0)]),
    ("triangles", "combinatorics", "test",
     "How many triangles with whole sides a <= b <= c have a longest side c of exactly {a}?",
     "count = 0\nfor a in range(1, {a} + 1):\n    for b in range(a, {a} + 1):\n        if a + b > {a}:\n"
     "            count += 1\nprint('ANSWER:', count)", ("a + b > {a}", "a + b >= {a}"), [(10, 0), (15, 0)]),
]


def filled(text, values):
    for name, value in zip("abc", values):
        text = text.replace("{%s}" % name, str(value))
    return text


def printed(program):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "program", "exec"), {})
    return out.getvalue()


def answer(output):
    return output.removeprefix("ANSWER:").strip()


def checked(right):
    return {"number": int(right), "tolerance": 0} if right.lstrip("-").isdigit() else {"text": [right]}


def made():
    cases, reviews = [], []
    for template, skill, split, question, program, planted, rows in TASKS:
        old, new = planted
        assert old in program, template
        for number, values in enumerate(rows, 1):
            asked, right = filled(question, values), filled(program, values)
            wrong = filled(program.replace(old, new, 1), values)
            one = {"id": f"{template}-{number}", "template": template, "skill": skill, "split": split}
            solution, mistaken = answer(printed(right)), answer(printed(wrong))
            assert solution != mistaken, f"{template}-{number}: the mistake changes nothing"
            cases.append({**one, "question": asked, "check": checked(solution)})
            for kind, source, given, verdict in (("right", right, solution, "yes"), ("planted", wrong, mistaken, "no")):
                text = ASKED.format(question=asked, program=source, output=f"ANSWER: {given}", answer=given)
                reviews.append({**one, "id": f"{one['id']}-{kind}", "skill": kind, "question": text,
                                "check": {"regex": rf"(?is){verdict}\b.*"}})
    return {"cases.jsonl": cases, "reviews.jsonl": reviews}


for name, lines in made().items():
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path = HERE / name
    if sys.argv[1:] == ["--check"]:
        if path.read_text(encoding="utf-8") != text:
            sys.exit(f"{name} differs from what make_cases.py computes")
    else:
        path.write_bytes(text.encode())
        print(f"{name}: {len(lines)} lines")
