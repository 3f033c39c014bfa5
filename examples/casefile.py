"""What both make_cases.py share: collects questions with their checks and writes cases.jsonl (see README.md here)."""

import json
import pathlib
import sys


class Cases:
    def __init__(self):
        self.lines = []
        self.templates = {}

    def add(self, skill, template, split, question, check, **more):
        """More fields of the line may be given by name."""
        known = self.templates.setdefault(template, [skill, split, 0])
        assert known[:2] == [skill, split], f"template {template} in two skills or halves"
        known[2] += 1
        self.lines.append({"id": f"{template}-{known[2]}", "template": template, "skill": skill, "split": split,
                           "question": question, "check": check, **more})

    def finish(self, script):
        """Writes cases.jsonl beside the script, or with --check compares it and exits 1 where it differs."""
        questions = [line["question"] for line in self.lines]
        assert len(set(questions)) == len(questions), "the same question twice"
        for skill in {line["skill"] for line in self.lines}:
            halves = {line["split"] for line in self.lines if line["skill"] == skill}
            assert halves == {"learn", "test"}, f"skill {skill} is only in {halves}"
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines)
        path = pathlib.Path(script).with_name("cases.jsonl")
        if sys.argv[1:] == ["--check"]:
            if path.read_text(encoding="utf-8") != text:
                sys.exit("cases.jsonl differs from what make_cases.py computes")
            return
        path.write_bytes(text.encode())
        counts = {split: sum(line["split"] == split for line in self.lines) for split in ("learn", "test")}
        print(f"{path.name}: {len(self.lines)} questions, {len(self.templates)} templates, {counts}")


def number(value, tolerance):
    return {"number": value, "tolerance": tolerance}


def any_of(*checks):
    return {"any": list(checks)}


def one_of(right, domain):
    """The answer names this one of the domain and no other one."""
    return {"text": [right], "others": [other for other in domain if other != right]}


def set_of(right, domain):
    """The answer names exactly these of the domain, in any order."""
    return {"set": sorted(right), "others": sorted(set(domain) - set(right))}
