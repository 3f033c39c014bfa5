#!/usr/bin/env python3
"""Writes cases.jsonl: algorithmic questions with their right answers, computed here with the standard library alone.

    python3 make_cases.py            writes cases.jsonl
    python3 make_cases.py --check    exits 1 when cases.jsonl is not what this computes
"""

import calendar
import json
import math
import pathlib
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations, groupby, permutations

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from casefile import Cases, number, one_of  # noqa: E402

cases = Cases()
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
PROVERB = "the quick brown fox jumps over the lazy dog while seven wizards quietly boxed a dozen liquor jugs"
SPEECH = "we choose to go to the moon in this decade and do the other things not because they are easy but because " \
         "they are hard"
RECIPE = "stir the rice until the water is gone then add butter salt and the rest of the parsley and stir once more"


def add(skill, template, split, *questions):
    for question, check in questions:
        cases.add(skill, template, split, question, check)


def exact(value):
    return number(value, 0)


def verbatim(text):
    """The answer is, or contains as a word of its own, exactly this text, letter case included."""
    return {"regex": r"(.{0,80}[\s\"'`:])?" + text + r"([\s\"'`.,;].{0,80})?"}


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, math.isqrt(n) + 1))


def divisors(n):
    return [d for d in range(1, n + 1) if n % d == 0]


def factors(n):
    found, d = [], 2
    while n > 1:
        while n % d == 0:
            found.append(d)
            n //= d
        d += 1
    return found


def number_theory():
    add("number theory", "sum-of-primes-below", "learn",
        *((f"What is the sum of all prime numbers below {n}?", exact(sum(filter(is_prime, range(n)))))
          for n in (1000, 5000)),
        ("Add up every prime smaller than 2500. What do you get?", exact(sum(filter(is_prime, range(2500))))))
    add("number theory", "count-primes-between", "test",
        *((f"How many prime numbers are there between {a} and {b}?", exact(sum(map(is_prime, range(a, b + 1)))))
          for a, b in ((1000, 2000), (500, 3000))),
        ("Count the primes from 10000 to 12000.", exact(sum(map(is_prime, range(10000, 12001))))))
    add("number theory", "number-of-divisors", "learn",
        *((f"How many positive divisors does {n} have?", exact(len(divisors(n)))) for n in (5040, 98280)),
        ("By how many positive integers can 44100 be divided without remainder?", exact(len(divisors(44100)))))
    add("number theory", "sum-proper-divisors", "test",
        *((f"What is the sum of the proper divisors of {n} (all divisors except {n} itself)?",
           exact(sum(divisors(n)) - n)) for n in (12496, 30240)),
        ("Add up all divisors of 7560 that are smaller than 7560.", exact(sum(divisors(7560)) - 7560)))
    add("number theory", "largest-prime-factor", "learn",
        *((f"What is the largest prime factor of {n}?", exact(max(factors(n)))) for n in (13195713, 600851475)),
        ("Which is the greatest prime that divides 9699691?", exact(max(factors(9699691)))))
    add("number theory", "smallest-multiple", "test",
        *((f"What is the smallest positive number that is divisible by all integers from 1 to {n}?",
           exact(math.lcm(*range(1, n + 1)))) for n in (16, 22)),
        ("Find the least number that each of 12, 18, 27, 40 and 55 divides.", exact(math.lcm(12, 18, 27, 40, 55))))
    add("number theory", "digit-sum-factorial", "learn",
        *((f"What is the sum of the digits of {n} factorial?", exact(sum(map(int, str(math.factorial(n))))))
          for n in (50, 80)),
        ("Compute 65! and add up its decimal digits.", exact(sum(map(int, str(math.factorial(65)))))))
    add("number theory", "digit-sum-power", "test",
        *((f"What is the sum of the decimal digits of {b} to the power of {e}?", exact(sum(map(int, str(b**e)))))
          for b, e in ((2, 300), (7, 120))),
        ("Add up the digits of 3 raised to the 200th power.", exact(sum(map(int, str(3**200))))))


def shift(text, by):
    return "".join(chr((ord(c) - 97 + by) % 26 + 97) if c.isalpha() else c for c in text)


def runs(text):
    return "".join(f"{letter}{len(list(group))}" for letter, group in groupby(text))


def longest_palindrome(text):
    return max(j - i for i in range(len(text)) for j in range(i + 1, len(text) + 1)
               if text[i:j] == text[i:j][::-1])


def common_subsequence(a, b):
    row = [0] * (len(b) + 1)
    for x in a:
        previous = row[:]
        for j, y in enumerate(b):
            row[j + 1] = previous[j] + 1 if x == y else max(previous[j + 1], row[j])
    return row[-1]


def edit_distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (x != y)))
    return row[-1]


def strings():
    add("strings", "count-vowels", "learn",
        *((f'How many vowels (a, e, i, o, u) are in the sentence "{text}"?', exact(sum(c in "aeiou" for c in text)))
          for text in (PROVERB, SPEECH)),
        (f'Count the letters that are not vowels (a, e, i, o, u) in "{RECIPE}". Spaces are no letters.',
         exact(sum(c.isalpha() and c not in "aeiou" for c in RECIPE))))
    add("strings", "most-frequent-letter", "test",
        *((f'Which letter occurs most often in "{text}"?', one_of(most_frequent(text), "bcdefghjklmnopqrstuvwxyz"))
          for text in (SPEECH, "mississippi steamships ship sassafras")),
        (f'Which word of at least four letters occurs most often in "{RECIPE}"?',
         one_of(*most_frequent_word(RECIPE, 4))))
    add("strings", "caesar-encode", "learn",
        *((f'Encrypt the lowercase text "{text}" with a Caesar cipher that shifts each letter {by} places forward in '
           "the alphabet; spaces stay.", verbatim(shift(text, by)))
          for text, by in (("meet me at the harbour", 7), ("attack at dawn", 13))),
        ('Replace each letter of "hello world" by the one 4 places later in the alphabet, going on with a after z, '
         "and keep the space. What is the result?", verbatim(shift("hello world", 4))))
    add("strings", "caesar-decode", "test",
        *((f'The text "{shift(text, by)}" was encrypted with a Caesar cipher that shifted each letter {by} places '
           "forward in the alphabet. What was the original text?", verbatim(text))
          for text, by in (("bring the red lantern", 5), ("nobody reads the manual", 11))),
        (f'Move each letter of "{shift("quiet rivers run deep", 9)}" 9 places back in the alphabet. What does it say?',
         verbatim("quiet rivers run deep")))
    add("strings", "run-length-encode", "learn",
        *((f'Write the run-length encoding of "{text}": each run of equal letters as the letter followed by its '
           "length, as in a3b1.", verbatim(runs(text))) for text in ("aaabccddddde", "wwwwbbbwwrrrrrrb")),
        ('Compress "zzzyyxxxxxxzz" by writing each run as letter and count (for example aab becomes a2b1).',
         verbatim(runs("zzzyyxxxxxxzz"))))
    add("strings", "run-length-decode", "test",
        *((f'The text "{runs(text)}" is run-length encoded: each letter is followed by how often it is repeated. '
           "Decode it.", verbatim(text)) for text in ("hhhheeelllllloo", "qqrrrrrrrrsttttt")),
        ('In "c12d3e1f10" each letter is followed by its number of repetitions. How long is the decoded text?',
         exact(sum((12, 3, 1, 10)))))
    add("strings", "longest-common-subsequence", "learn",
        *((f'What is the length of the longest common subsequence of "{a}" and "{b}"?',
           exact(common_subsequence(a, b)))
          for a, b in (("characteristics", "architecture"), ("the long winding road", "a lone wandering toad"))),
        ('How many characters has the longest common subsequence of "programming" and "gaming room"?',
         exact(common_subsequence("programming", "gaming room"))))
    add("strings", "edit-distance", "test",
        *((f'What is the Levenshtein distance between "{a}" and "{b}"?', exact(edit_distance(a, b)))
          for a, b in (("intention", "execution"), ("rosettacode", "raisethysword"))),
        ('How many single-letter insertions, deletions or substitutions does it take at least to turn "sunday" into '
         '"saturdays"?', exact(edit_distance("sunday", "saturdays"))))
    add("strings", "longest-palindrome", "test",
        *((f'How long is the longest palindromic substring of "{text}"?', exact(longest_palindrome(text)))
          for text in ("forgeeksskeegforracecarannakayak", "abacabadabacabxyzzyx")))


def most_frequent(text):
    ranked = Counter(text.replace(" ", "")).most_common(2)
    assert ranked[0][1] > ranked[1][1]
    return ranked[0][0]


def most_frequent_word(text, letters):
    words = Counter(word for word in text.split() if len(word) >= letters)
    ranked = words.most_common(2)
    assert ranked[0][1] > ranked[1][1]
    return ranked[0][0], sorted(words)


def day(when):
    """A date: as YYYY-MM-DD, or in words."""
    wordings = [when.isoformat(), f"{when:%d.%m.%Y}"]
    for month in (calendar.month_name[when.month], calendar.month_abbr[when.month]):
        for digits in dict.fromkeys((f"{when.day}", f"{when.day:02d}")):
            wordings += [f"{month} {digits}, {when.year}", f"{digits} {month} {when.year}"]
    return {"text": list(dict.fromkeys(wordings)), "others": []}


def dates():
    add("dates", "weekday-of-date", "learn",
        *((f"What day of the week was {when:%B} {when.day}, {when.year}?", one_of(WEEKDAYS[when.weekday()], WEEKDAYS))
          for when in (date(1969, 7, 20), date(1989, 11, 9))),
        ("On which weekday does 1 March 2050 fall?", one_of(WEEKDAYS[date(2050, 3, 1).weekday()], WEEKDAYS)))
    add("dates", "days-between", "learn",
        *((f"How many days lie between {a} and {b} (the second minus the first)?", exact((b - a).days))
          for a, b in ((date(1999, 12, 31), date(2024, 2, 29)), (date(1961, 8, 13), date(1990, 10, 3)))),
        ("How many days after 15 March 2021 is 4 July 2026?", exact((date(2026, 7, 4) - date(2021, 3, 15)).days)))
    add("dates", "date-after-days", "test",
        *((f"Which date is {n} days after {when}? Answer as YYYY-MM-DD.", day(when + timedelta(days=n)))
          for when, n in ((date(2023, 1, 31), 1000), (date(2000, 2, 28), 7777))),
        ("What was the date 500 days before 2025-06-15? Answer as YYYY-MM-DD.",
         day(date(2025, 6, 15) - timedelta(days=500))))
    add("dates", "count-sundays-first", "learn",
        *((f"How many months between January {a} and December {b} began on a Sunday?",
           exact(sum(date(y, m, 1).weekday() == 6 for y in range(a, b + 1) for m in range(1, 13))))
          for a, b in ((1950, 1999), (2001, 2025))),
        ("How often did a month start with a Monday in the years 2010 to 2020?",
         exact(sum(date(y, m, 1).weekday() == 0 for y in range(2010, 2021) for m in range(1, 13)))))
    add("dates", "friday-thirteenth", "test",
        *((f"How many Fridays the 13th were there from {a} to {b}, both years included?",
           exact(sum(date(y, m, 13).weekday() == 4 for y in range(a, b + 1) for m in range(1, 13))))
          for a, b in ((2000, 2020), (1980, 1999))),
        ("In how many leap years from 1900 to 2000, both included, was February 29 a Thursday?",
         exact(sum(calendar.isleap(y) and date(y, 2, 29).weekday() == 3 for y in range(1900, 2001)))))


def change(amount, coins):
    ways = [1] + [0] * amount
    for coin in coins:
        for value in range(coin, amount + 1):
            ways[value] += ways[value - coin]
    return ways[amount]


@lru_cache(None)
def stairs(n, steps):
    return 1 if n == 0 else sum(stairs(n - step, steps) for step in steps if step <= n)


def paths(width, height, blocked):
    ways = defaultdict(int, {(0, 0): 1})
    for y in range(height):
        for x in range(width):
            if (x, y) != (0, 0):
                ways[x, y] = 0 if (x, y) in blocked else ways[x - 1, y] + ways[x, y - 1]
    return ways[width - 1, height - 1]


def combinatorics():
    add("combinatorics", "coin-change", "learn",
        *((f"In how many ways can {amount} cents be paid with coins of {', '.join(map(str, coins[:-1]))} and "
           f"{coins[-1]} cents? The order of coins does not matter.", exact(change(amount, coins)))
          for amount, coins in ((100, (1, 5, 10, 25, 50)), (200, (1, 2, 5, 10, 20, 50, 100, 200)))),
        ("In how many ways can 60 be written as a sum of 2s, 3s and 7s, if order does not matter?",
         exact(change(60, (2, 3, 7)))))
    add("combinatorics", "stairs", "test",
        *((f"In how many different ways can one climb a staircase of {n} steps when each move takes "
           f"{', '.join(map(str, steps[:-1]))} or {steps[-1]} steps? The order of moves matters.",
           exact(stairs(n, steps))) for n, steps in ((25, (1, 2, 3)), (30, (1, 3, 4)))),
        ("How many ordered sequences of 2s and 5s add up to 41?", exact(stairs(41, (2, 5)))))
    add("combinatorics", "subset-sum-count", "learn",
        *((f"How many subsets of the set {list(numbers)} add up to {target}?",
           exact(sum(sum(chosen) == target for k in range(len(numbers) + 1) for chosen in combinations(numbers, k))))
          for numbers, target in (((3, 34, 4, 12, 5, 2, 7, 9, 11), 21), ((1, 2, 3, 5, 8, 13, 21, 34, 55), 60))),
        ("From the numbers 1 to 15, in how many ways can one choose 5 different ones whose sum is 40?",
         exact(sum(sum(chosen) == 40 for chosen in combinations(range(1, 16), 5)))))
    add("combinatorics", "pairs-and-triples", "test",
        *((f"How many triples of different positions in the list {values} have the sum {target}? The order inside a "
           "triple does not matter.", exact(sum(sum(chosen) == target for chosen in combinations(values, 3))))
          for values, target in (([4, 8, 1, 9, 5, 7, 2, 6, 3, 10], 15), ([11, 3, 8, 6, 14, 2, 9, 5, 1, 12, 7], 20))),
        ("How many pairs of different numbers from 1 to 60 have a product divisible by 12?",
         exact(sum(a * b % 12 == 0 for a, b in combinations(range(1, 61), 2)))))
    add("combinatorics", "distinct-permutations", "learn",
        *((f'How many different arrangements of the letters of the word "{word}" are there?',
           exact(math.factorial(len(word)) // math.prod(map(math.factorial, Counter(word).values()))))
          for word in ("BANANAS", "TENNESSEE")),
        ('In how many different orders can the letters of "LETTERS" be written?', 
         exact(len(set(permutations("LETTERS"))))))
    add("combinatorics", "grid-paths", "test",
        ("How many paths lead from the top left to the bottom right cell of a grid with 6 columns and 5 rows when one "
         "may only move right or down?", exact(paths(6, 5, set()))),
        ("A grid has 7 columns and 7 rows. The cell in column 4, row 4 (counted from 1) is blocked. How many paths "
         "lead from the top left to the bottom right cell moving only right or down?", exact(paths(7, 7, {(3, 3)}))),
        ("How many permutations of the numbers 1 to 7 leave no number in its own place?",
         exact(sum(all(v != i for i, v in enumerate(p)) for p in permutations(range(7))))))


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def highest_collatz(n):
    highest = n
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        highest = max(highest, n)
    return highest


def josephus(people, step):
    circle, at = list(range(1, people + 1)), 0
    while len(circle) > 1:
        at = (at + step - 1) % len(circle)
        circle.pop(at)
    return circle[0]


def walk(moves):
    x = y = 0
    facing = [(0, 1), (1, 0), (0, -1), (-1, 0)]
    at = 0
    for move in moves:
        if move == "L":
            at = (at - 1) % 4
        elif move == "R":
            at = (at + 1) % 4
        else:
            x, y = x + facing[at][0], y + facing[at][1]
    return x, y


def generator(a, c, m, seed, steps):
    for _ in range(steps):
        seed = (a * seed + c) % m
    return seed


def first_repeat(a, c, m, seed):
    seen = {}
    step = 0
    while seed not in seen:
        seen[seed] = step
        seed = (a * seed + c) % m
        step += 1
    return step - seen[seed]


def months_to_repay(debt, rate, payment):
    months = 0
    while debt > 0:
        debt = debt * (1 + rate) - payment
        months += 1
    return months


def simulation():
    add("simulation", "collatz-steps", "learn",
        *((f"Start with {n}. Halve an even number; triple an odd one and add 1. After how many steps is 1 reached?",
           exact(collatz(n))) for n in (97, 837799)),
        ("How many steps does the Collatz sequence take from 6171 to 1?", exact(collatz(6171))))
    add("simulation", "longest-collatz", "test",
        *((f"Which starting number below {n} takes the most steps to reach 1 in the Collatz sequence (halve even "
           "numbers, triple odd ones and add 1)?", exact(max(range(1, n), key=collatz))) for n in (1000, 20000)),
        ("What is the highest value that the Collatz sequence starting at 27 reaches?", exact(highest_collatz(27))))
    add("simulation", "josephus", "learn",
        *((f"{people} people stand in a circle, numbered from 1. Counting begins at number 1, and every {nth} person "
           "is removed until one is left. Which number is left?", exact(josephus(people, step)))
          for people, step, nth in ((41, 3, "third"), (100, 7, "seventh"))),
        ("Of 60 children in a circle, numbered 1 to 60, every second one leaves, starting with number 2. Who remains "
         "at the end?", exact(josephus(60, 2))))
    add("simulation", "robot-walk", "test",
        *((f'A robot stands at (0, 0) and faces north. It follows the commands "{moves}": F moves one step forward, L '
           "turns left, R turns right, both on the spot. What is its Manhattan distance from the start at the end?",
           exact(sum(map(abs, walk(moves)))))
          for moves in ("FFRFFFLFFLFRFFFFRFFRF", "FFFFLFFLFRFFFRFFFFFLFFLFFFFFFRF")),
        ("100 lockers are closed. In round k, for k from 1 to 100, every k-th locker is toggled between open and "
         "closed. How many lockers are open after round 100?",
         exact(sum(len(divisors(n)) % 2 for n in range(1, 101)))))
    add("simulation", "linear-generator", "learn",
        *((f"Let x0 = {seed} and x(n+1) = ({a} * x(n) + {c}) mod {m}. What is x{steps}?",
           exact(generator(a, c, m, seed, steps)))
          for a, c, m, seed, steps in ((75, 74, 65537, 1, 50), (1103515245, 12345, 2147483648, 42, 20))),
        ("Start with 7 and replace the number 30 times by the remainder of (13 * number + 5) divided by 1009. What is "
         "the final number?", exact(generator(13, 5, 1009, 7, 30))))
    add("simulation", "generator-period", "test",
        *((f"Let x0 = {seed} and x(n+1) = ({a} * x(n) + {c}) mod {m}. With which period does the sequence repeat?",
           exact(first_repeat(a, c, m, seed))) for a, c, m, seed in ((5, 3, 1024, 1), (6, 7, 997, 10))),
        ("What is the period of the decimal expansion of 1/983?",
         exact(next(k for k in range(1, 983) if pow(10, k, 983) == 1))))
    add("simulation", "loan-months", "test",
        *((f"A loan of {debt} euros grows by {percent} % each month, then {payment} euros are paid back. After how "
           "many payments is it paid off?", exact(months_to_repay(debt, percent / 100, payment)))
          for debt, percent, payment in ((10000, 1, 250), (25000, 0.5, 400))))


ACCESS = """10:01 anna LOGIN ok
10:03 bert LOGIN failed
10:04 bert LOGIN failed
10:05 carl UPLOAD ok 120
10:07 anna UPLOAD ok 340
10:09 bert LOGIN ok
10:12 dora LOGIN failed
10:15 anna UPLOAD failed
10:17 carl UPLOAD ok 75
10:21 bert UPLOAD ok 510
10:22 anna LOGOUT ok"""
ORDERS = """id,item,qty,price
1,lamp,2,19.90
2,chair,4,45.00
3,desk,1,210.50
4,lamp,3,19.90
5,shelf,2,74.25
6,chair,1,45.00"""
JSON_LINES = """{"city": "Oslo", "temp": -3.5, "wind": 12}
{"city": "Rome", "temp": 14.2, "wind": 8}
{"city": "Oslo", "temp": -1.0, "wind": 17}
{"city": "Cairo", "temp": 27.8, "wind": 5}
{"city": "Rome", "temp": 16.6, "wind": 9}
{"city": "Cairo", "temp": 30.1, "wind": 11}"""


def roman(n):
    out = ""
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out, n = out + sign * (n // value), n % value
    return out


def in_base(n, base):
    out = ""
    while n:
        out, n = "0123456789ABCDEF"[n % base] + out, n // base
    return out


def top(pairs):
    """The key whose values have the highest sum, by a clear margin."""
    sums = Counter()
    for key, value in pairs:
        sums[key] += value
    ranked = sums.most_common(2)
    assert ranked[0][1] > ranked[1][1]
    return ranked[0][0]


def parsing():
    access = [line.split() for line in ACCESS.splitlines()]
    orders = [(line.split(",")[1], int(line.split(",")[2]), float(line.split(",")[3]))
              for line in ORDERS.splitlines()[1:]]
    weather = [json.loads(line) for line in JSON_LINES.splitlines()]
    uploads = [(line[1], int(line[4])) for line in access if len(line) > 4]
    values = [(item, qty * price) for item, qty, price in orders]
    winds = [(line["city"], line["wind"] / 2) for line in weather]  # each city has two lines
    oslo = sum(line["temp"] for line in weather if line["city"] == "Oslo") / 2
    add("parsing", "log-sum", "learn",
        (f"In the following log the number at the end of an upload is its size in KB. What is the total size of all "
         f"uploads in KB?\n{ACCESS}", exact(sum(size for _, size in uploads))),
        (f"How many lines of this log report a failure?\n{ACCESS}", exact(sum(line[3] == "failed" for line in access))),
        (f"Which user uploaded the most KB in total according to this log?\n{ACCESS}",
         one_of(top(uploads), ["anna", "bert", "carl", "dora"])))
    add("parsing", "order-totals", "test",
        (f"What is the total value (quantity times price) of these orders?\n{ORDERS}",
         number(round(sum(value for _, value in values), 2), 0.005)),
        (f"What is the total value (quantity times price) of all lamps in these orders?\n{ORDERS}",
         number(round(sum(value for item, value in values if item == "lamp"), 2), 0.005)),
        (f"Which item has the highest total value (quantity times price, all its orders together)?\n{ORDERS}",
         one_of(top(values), ["lamp", "chair", "desk", "shelf"])))
    add("parsing", "json-average", "test",
        (f"What is the average temperature (temp) in Oslo?\n{JSON_LINES}", number(oslo, 0.005)),
        (f"Which city has the highest average wind?\n{JSON_LINES}", one_of(top(winds), ["Oslo", "Rome", "Cairo"])))
    add("parsing", "roman-to-number", "learn",
        *((f"Which number is the Roman numeral {roman(n)}?", exact(n)) for n in (1994, 2949)),
        (f"Add the Roman numerals {roman(648)} and {roman(1477)}. What is the sum as a decimal number?", exact(2125)))
    add("parsing", "number-to-roman", "test",
        *((f"How is {n} written as a Roman numeral?", verbatim(roman(n))) for n in (1789, 3444)),
        (f"What is {roman(894)} plus {roman(1105)}, as a Roman numeral?", verbatim(roman(1999))))
    add("parsing", "base-to-decimal", "learn",
        *((f"Which decimal number is {in_base(n, base)} in base {base}?", exact(n))
          for n, base in ((20240, 7), (777777, 13))),
        ("What is the hexadecimal number BEEF5 in decimal?", exact(0xBEEF5)))
    add("parsing", "decimal-to-base", "test",
        *((f"Write the decimal number {n} in base {base}.", verbatim(in_base(n, base)))
          for n, base in ((123456, 7), (98765, 3))),
        ("How many 1s are in the binary form of 987654321?", exact(bin(987654321).count("1"))))


for section in (number_theory, strings, dates, combinatorics, simulation, parsing):
    section()
cases.finish(__file__)
