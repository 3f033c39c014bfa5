"""Compares what check.sh measured on both devices, and writes a page about it to standard output."""
import json
import math
import sys


def read(name):
    with open(f"{sys.argv[1]}/{name}.json") as file:
        return json.load(file)


def main():
    one, other = read("vector-cpu")["result"]["values"], read("vector-cuda")["result"]["values"]
    cosine = sum(a * b for a, b in zip(one, other)) / (math.hypot(*one) * math.hypot(*other))
    texts = read("text-cpu")["result"]["text"], read("text-cuda")["result"]["text"]
    auto = read("auto")["device"]
    checks = [
        ("`device: auto` takes the GPU", auto == "cuda", auto),
        ("the same vector on both, cosine at least 0.99", cosine >= 0.99, f"{cosine:.4f}"),
        ("the same text on both", texts[0] == texts[1], repr(texts[1])),
    ]
    print("# The last check on a GPU\n")
    print(open(f"{sys.argv[1]}/gpu").read().strip() + "\n")
    print("| what | holds | seen |\n|---|---|---|")
    for what, holds, seen in checks:
        print(f"| {what} | {'yes' if holds else '**no**'} | {seen} |")
    print("\n| model | device | one at a time, a second | many callers, a second | p95 ms |\n|---|---|---|---|---|")
    for model in ("minilm", "open-nsfw"):
        for device in ("cpu", "cuda"):
            seen = read(f"{model}-{device}")
            print(f"| {model} | {device} | {seen['alone']['per_second']:.0f} | {seen['together']['per_second']:.0f} "
                  f"| {seen['together']['p95_ms']:.1f} |")
    sys.exit(0 if all(holds for _, holds, _ in checks) else 1)


main()
