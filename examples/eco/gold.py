"""What the gold programs share: how a check is written down, and the list of programs."""

PROGRAMS = {}


def case(number, template):
    """Registers a gold program for a question of its module's API, by the question's place in the data."""
    def register(program):
        api = program.__module__.removeprefix("gold_")
        assert (api, number) not in PROGRAMS, (api, number)
        PROGRAMS[api, number] = (template, program)
        return program
    return register


def values(wanted, extra=0):
    """Numbers, each in one of its units, and at most so many others."""
    return {"values": wanted, "extra": extra}


def text(wordings, others=()):
    check = {"text": list(dict.fromkeys(wordings))}
    return {**check, "others": list(others)} if others else check


def names(wanted, least=1, others=()):
    check = {"names": sorted(set(wanted)), "least": least}
    return {**check, "others": sorted(others)} if others else check


def any_of(*checks):
    flat = []
    for check in checks:
        flat += [one for one in (check["any"] if set(check) == {"any"} else [check]) if one not in flat]
    return flat[0] if len(flat) == 1 else {"any": flat}


def all_of(*checks):
    return {"all": list(checks)}


def unanswerable(*more, others=()):
    """Saying so is right; so is one of the other wordings."""
    check = {"unanswerable": True}
    if others:
        check["others"] = list(others)
    return any_of(check, text(more)) if more else check


def regex(pattern):
    return {"regex": pattern}


def no():
    return text(["no", "none", "false", "unlikely", "not expected", "not likely", "is not", "isn t", "are no", "will not",
                 "won t", "not forecast"], ["yes", "true"])


def yes():
    return text(["yes", "true", "likely", "with thunder", "thundery"],
                ["no", "none", "false", "unlikely", "not expected", "is not"])

