"""Checks that the files of this folder are sound. Prints what it found; the exit code is 1 where something is wrong."""

import ast
import collections
import datetime
import hashlib
import io
import json
import pathlib
import re
import sys
import tokenize

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "stream")]

import make_injections  # noqa: E402
import make_pairs  # noqa: E402
import make_stream  # noqa: E402

KEYS = {
    "weather": ("api.weatherapi.com", "WEATHER_KEY"),
    "alphavantage": ("www.alphavantage.co", "ALPHAVANTAGE_KEY"),
    "places": ("maps.googleapis.com", "GOOGLE_KEY"),
}
problems = []


def problem(row, text):
    problems.append(f"{row}: {text}")


def read(name):
    with open(HERE / name, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def parses(code, row):
    try:
        return ast.parse(code)
    except SyntaxError as error:
        problem(row, f"program: {error}")
        return None


class Blank(ast.NodeTransformer):
    """Replaces what may be exchanged: the values of text and number literals, and the order of an f-string's parts stays."""

    def visit_Constant(self, node):
        kind = "number" if isinstance(node.value, (int, float)) and not isinstance(node.value, bool) else type(node.value).__name__
        return ast.copy_location(ast.Constant(kind), node)


def shape(code):
    """The program without the values of its literals."""
    return ast.dump(Blank().visit(ast.parse(code)))


def literals(code):
    """The values of a program's literals, in order."""
    return [repr(node.value) for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)]


def comments(code):
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def instant(text, row, name):
    try:
        if "T" not in text:
            raise ValueError(text)
        return datetime.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        problem(row, f"{name}: {text} (expected: an ISO date and time)")
        return None


def check_pair(pair):
    row = pair["id"]
    needed = {"id", "kind", "clock", "demonstration", "question", "expect", "why"}
    if not needed <= set(pair) <= needed | {"code", "known"}:
        problem(row, f"fields: {sorted(pair)} (expected: {sorted(needed)})")
        return
    demonstration = pair["demonstration"]
    if set(demonstration) != {"question", "code", "language", "asked_at"} or demonstration["language"] != "python":
        problem(row, "demonstration: its fields are wrong")
    clock, asked = instant(pair["clock"], row, "clock"), instant(demonstration["asked_at"], row, "asked_at")
    if clock and asked and clock < asked:
        problem(row, f"clock: {clock} (expected: not before {asked})")
    if not pair["question"].strip() or len(pair["why"]) < 8 or not pair["why"].endswith("."):
        problem(row, "question or why: missing")
    parses(demonstration["code"], row)
    for known in pair.get("known", []):
        parses(known["code"], row)
    if pair["expect"] == "replay":
        check_replay(pair, row)
    elif pair["expect"] != "refuse" or "code" in pair:
        problem(row, f"expect: {pair['expect']} (expected: replay with code, or refuse without)")


def check_replay(pair, row):
    old, new = pair["demonstration"]["code"], pair["code"]
    if not parses(new, row):
        return
    if shape(old) != shape(new) or comments(old) != comments(new):
        problem(row, "code: differs from the demonstration's in more than the values of literals")
    unchanged = old == new
    same_words = pair["kind"] in {"identical", "wording"}
    if same_words and not unchanged:
        problem(row, f"code: changed, though the kind is {pair['kind']}")
    if not same_words and unchanged and pair["kind"] not in {"date-wording"}:
        problem(row, f"code: unchanged, though the kind is {pair['kind']}")
    if "known" not in pair and not unchanged:
        check_given(pair, row)


def check_given(pair, row):
    """Each new literal's words must be found in the new question, unless they are dates or numbers in another wording."""
    old, new = literals(pair["demonstration"]["code"]), literals(pair["code"])
    before = {word for value in old for word in re.findall(r"[^\W\d_]+", value)}
    after = {word for value in new for word in re.findall(r"[^\W\d_]+", value)}
    asked = set(re.findall(r"[^\W\d_]+", pair["question"]))
    strange = after - before - asked
    if strange:
        problem(row, f"code: {sorted(strange)} (expected: words of the question)")


def check_pairs():
    pairs = read("pairs.jsonl")
    for pair in pairs:
        check_pair(pair)
    count = collections.Counter(pair["expect"] for pair in pairs)
    if len(pairs) < 320 or count["refuse"] * 2 < len(pairs):
        problem("pairs.jsonl", f"{len(pairs)} pairs, {count['refuse']} refused (expected: 320 or more, half refused)")
    for name, values, limit in (
        ("id", [pair["id"] for pair in pairs], 1),
        ("demonstration", [pair["demonstration"]["question"] for pair in pairs], 6),
        ("question", [(pair["demonstration"]["question"], pair["question"], pair["clock"], len(pair.get("known", []))) for pair in pairs], 1),
    ):
        for value, times in collections.Counter(values).items():
            if times > limit:
                problem("pairs.jsonl", f"{name}: {value} {times} times (expected: at most {limit})")
    programs = {}
    for pair in pairs:
        demonstration = pair["demonstration"]
        if programs.setdefault(demonstration["question"], demonstration["code"]) != demonstration["code"]:
            problem(pair["id"], "demonstration: one question, two programs")
    print(f"pairs.jsonl: {len(pairs)} pairs on {len(programs)} demonstrations, {count['replay']} to replay, {count['refuse']} to refuse")
    for expect in ("replay", "refuse"):
        kinds = collections.Counter(pair["kind"] for pair in pairs if pair["expect"] == expect)
        print(f"  {expect}: " + ", ".join(f"{kind} {times}" for kind, times in kinds.most_common()))


def check_stream():
    stream = read("stream/stream.jsonl")
    needed = {"id", "template", "twin", "api", "clock", "question", "slots", "code"}
    templates = collections.Counter()
    for line in stream:
        row = f"stream {line.get('id')}"
        if set(line) != needed:
            problem(row, f"fields: {sorted(line)} (expected: {sorted(needed)})")
            continue
        templates[line["template"]] += 1
        instant(line["clock"], row, "clock")
        parses(line["code"], row)
        host, key = KEYS[line["api"]]
        if host not in line["code"] or f'os.environ["{key}"]' not in line["code"] or "ANSWER:" not in line["code"]:
            problem(row, "code: must ask its API with its key and print ANSWER:")
        if "{" in line["question"]:
            problem(row, f"question: {line['question']} (expected: no slot left open)")
    twins = {line["template"]: line["twin"] for line in stream if line["twin"]}
    pairs = {frozenset(item) for item in twins.items() if item[1] in templates}
    if len(stream) != 600 or len(templates) < 40 or len(pairs) < 10:
        problem("stream.jsonl", f"{len(stream)} questions, {len(templates)} templates, {len(pairs)} twin pairs (expected: 600, 40 or more, 10 or more)")
    wordings = len({line["question"] for line in stream})
    print(f"stream.jsonl: {len(stream)} questions ({wordings} different) of {len(templates)} templates, {len(pairs)} pairs of near twins")
    print("  most frequent: " + ", ".join(f"{name} {times}" for name, times in templates.most_common(8)))
    check_one_program_for_one_question(stream)


def check_one_program_for_one_question(stream):
    """On one day one question has one right program."""
    programs = {}
    for line in stream:
        first = programs.setdefault((line["question"], line["clock"][:10]), line["code"])
        if first != line["code"]:
            problem(f"stream {line['id']}", "code: another one was right for the same question on the same day")
    shapes = collections.defaultdict(set)
    for line in stream:
        shapes[line["template"]].add(shape(line["code"]))
    for template, found in shapes.items():
        if len(found) != 1:
            problem(f"template {template}", "code: its programs differ in more than literals")


def check_injections():
    injections = read("injections.jsonl")
    needed = {"id", "api", "endpoint", "question", "field", "technique", "language", "encoding", "payload", "body", "attempt", "signs"}
    for line in injections:
        row = f"injection {line.get('id')}"
        if set(line) != needed:
            problem(row, f"fields: {sorted(line)} (expected: {sorted(needed)})")
            continue
        signs = line["signs"]
        if line["api"] not in KEYS or not isinstance(line["body"], dict | list):
            problem(row, "api or body: wrong")
        if not signs or not set(signs) <= {"hosts", "files", "output", "secrets"}:
            problem(row, f"signs: {signs} (expected: hosts, files, output or secrets)")
        if any(sign in text for sign in signs.get("output", []) for text in strings(line["body"])):
            problem(row, "signs: an output sign is in the body, so that printing the response would show it")
        if not any(line["payload"] in text for text in strings(line["body"])):
            problem(row, "payload: not in the body")
    if len(injections) < 20 or len({line["id"] for line in injections}) < len(injections):
        problem("injections.jsonl", f"{len(injections)} responses (expected: 20 or more, each with its own id)")
    languages = sorted({line["language"] for line in injections})
    encodings = sorted({line["encoding"] for line in injections})
    print(f"injections.jsonl: {len(injections)} responses; languages {', '.join(languages)}; encodings {', '.join(encodings)}")


def strings(body):
    """All texts of a JSON body, the keys too."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, list):
        for item in body:
            yield from strings(item)
    elif isinstance(body, dict):
        for key, value in body.items():
            yield key
            yield from strings(value)


def check_frozen():
    """The files are as they were made, and as they were frozen."""
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    made = {"pairs.jsonl": make_pairs.made, "stream/stream.jsonl": make_stream.made, "injections.jsonl": make_injections.made}
    for name, make in made.items():
        content = (HERE / name).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if content != make().encode("utf-8"):
            problem(name, "content: not what its generator writes")
        print(f"SHA-256 {digest} {name}")
        if digest not in readme:
            problem(name, "SHA-256: not the one in README.md")


def main():
    check_pairs()
    check_stream()
    check_injections()
    check_frozen()
    for text in problems:
        print("WRONG", text)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
