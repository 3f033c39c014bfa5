"""What .ci/run needs of examples/analyst/cases.jsonl: `ids`, `question ID`, and two judgements of `run --json`'s output on
standard input, by exit code: `receipt ID` (is it whole and consistent?) and `answer ID` (is it right?)."""

import decimal
import json
import pathlib
import re
import sys

IDS = ["region-highest-year-1", "product-highest-year-1", "region-lowest-year-2"]
CASES = pathlib.Path(__file__).resolve().parent.parent / "examples/analyst/cases.jsonl"


def case(name):
    with CASES.open(encoding="utf-8") as lines:
        return next(found for found in map(json.loads, lines) if found["id"] == name)


def check_receipt(result):
    """Raises where something is missing, of another kind, or does not add up."""
    receipt = result["receipt"]
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", result["task"]), "task"
    assert result["verified"] in ("person", "rule", "judge", "none"), "verified"
    assert result["exit_code"] is None or isinstance(result["exit_code"], int), "exit_code"
    assert isinstance(result["escalations"], int) and isinstance(result["artifacts"], list)
    for money in (receipt["cost_usd"], receipt["saved_usd"], receipt["baseline"]["cost_usd"]):
        assert isinstance(money, str) and re.fullmatch(r"-?\d+\.\d{12}", money), f"money: {money}"
    saved = decimal.Decimal(receipt["baseline"]["cost_usd"]) - decimal.Decimal(receipt["cost_usd"])
    assert saved == decimal.Decimal(receipt["saved_usd"]), "saved is not baseline less cost"
    assert receipt["baseline"]["model"] and receipt["baseline"]["basis"] in ("measured", "estimated"), "baseline"
    assert 0 <= receipt["cached_tokens"] <= receipt["input_tokens"], "cached tokens"
    assert receipt["input_tokens"] > 0 and receipt["output_tokens"] > 0 and receipt["wall_ms"] > 0, "nothing was used"
    assert receipt["steps"], "no steps"
    for step in receipt["steps"]:
        assert step["stage"] and step["outcome"] and step["basis"] in ("measured", "estimated"), f"step: {step}"


def is_right(answer, check):
    if "number" in check:
        numbers = [float(text.replace(",", "")) for text in re.findall(r"-?\d[\d,]*(?:\.\d+)?", answer)]
        return any(abs(number - check["number"]) <= check["tolerance"] + 1e-9 for number in numbers)
    def names(text):
        return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", answer, re.IGNORECASE)
    return any(map(names, check["text"])) and not any(map(names, check["others"]))


def failure(error):
    """What Troupe says instead of an answer, in the lines that a person would have seen."""
    return f"error: {error['message']}" + (f"\nhint: {error['hint']}" if error.get("hint") else "")


def main(what, *names):
    if what == "ids":
        print(*IDS)
    elif what == "question":
        print(case(names[0])["question"])
    else:
        result = json.load(sys.stdin)
        if "receipt" not in result:
            sys.exit(failure(result["error"]))
        if what == "receipt":
            check_receipt(result)
        elif not is_right(result["answer"] or "", case(names[0])["check"]):
            sys.exit(f"wrong: {result['answer']!r}")


main(*sys.argv[1:])
