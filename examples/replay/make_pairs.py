"""Writes pairs.jsonl: demonstrations, new questions, and whether a replay is right. The same everywhere."""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE / "pairs"))

import label_pairs  # noqa: E402
import literal_pairs  # noqa: E402
import market_pairs  # noqa: E402
import more_pairs  # noqa: E402
import place_pairs  # noqa: E402
import stock_pairs  # noqa: E402
import table_pairs  # noqa: E402
import text_pairs  # noqa: E402
import weather_pairs  # noqa: E402
import wording_pairs  # noqa: E402
from builder import Pairs  # noqa: E402


def made():
    """The file's text."""
    p = Pairs()
    for part in (weather_pairs, stock_pairs, market_pairs, place_pairs, table_pairs, text_pairs, label_pairs, literal_pairs, wording_pairs, more_pairs):
        part.pairs(p)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in p.rows)


def main():
    (HERE / "pairs.jsonl").write_text(made(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
