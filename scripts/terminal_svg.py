"""Draws what a terminal showed as an SVG: `script -qec "./troupe doctor" /dev/null | python3 scripts/terminal_svg.py
"./troupe doctor" >docs/terminal.svg`. The argument is the command, shown behind a prompt. Knows the colours that Troupe
uses, and lines that were drawn anew."""

import html
import re
import sys

COLOURS = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "36": "#79c0ff"}
WIDTH, HEIGHT, MARGIN, MOST_COLUMNS = 8.43, 19, 16, 110
ESCAPE = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])")


def lines_of(text):
    """Lines as a person saw them last: what follows a carriage return replaces what stood before."""
    for line in text.replace("\r\n", "\n").rstrip("\n").split("\n"):
        yield line.rsplit("\r", 1)[-1].replace("\x1b[K", "").expandtabs(8)


def spans_of(line):
    """(text, attributes of its SVG element) for each stretch of one look."""
    at, look = 0, set()
    for escape in [*ESCAPE.finditer(line), None]:
        text = line[at:escape.start() if escape else None]
        if text:
            colour = next((COLOURS[code] for code in look if code in COLOURS), None)
            attributes = (f' fill="{colour}"' if colour else "") + (' font-weight="bold"' if "1" in look else "")
            yield text, attributes + (' opacity="0.6"' if "2" in look else "")
        if escape and escape[2] == "m":
            codes = escape[1].split(";") if escape[1] else ["0"]
            look = set() if "0" in codes else look | set(codes)
        at = escape.end() if escape else at


def wrapped(spans):
    row, used = [], 0
    for text, attributes in spans:
        while text:
            part, text = text[:MOST_COLUMNS - used], text[MOST_COLUMNS - used:]
            if row and row[-1][2] == attributes:
                row[-1] = (row[-1][0], row[-1][1] + part, attributes)
            else:
                row.append((used, part, attributes))
            used += len(part)
            if text:
                yield row
                row, used = [], 0
    yield row


def main(command):
    rows = [[(0, "$ ", ' fill="#7ee787"'), (2, command, ' font-weight="bold"')]]
    for line in lines_of(sys.stdin.read()):
        rows += wrapped(spans_of(line))
    columns = max(at + len(text) for row in rows for at, text, _ in row)
    width, height = round(columns * WIDTH + 2 * MARGIN), len(rows) * HEIGHT + 2 * MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">')
    print(f"<title>{html.escape(command)}</title>")
    print(f'<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>')
    print('<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14"'
          ' fill="#e6edf3" xml:space="preserve">')
    for number, row in enumerate(rows):
        y = MARGIN + (number + 1) * HEIGHT - 5
        for at, text, attributes in row:
            # The length is given, so that columns stay in line whatever font the reader has.
            print(f'<text x="{MARGIN + at * WIDTH:.1f}" y="{y}" textLength="{len(text) * WIDTH:.1f}"'
                  f'{attributes}>{html.escape(text)}</text>')
    print("</g>\n</svg>")


main(sys.argv[1] if len(sys.argv) > 1 else "./troupe")
