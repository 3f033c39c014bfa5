"""Writes cases.jsonl: requests with the files that come with them, right plans and right answers, from the data alone.

    python3 make_cases.py            # writes it
    python3 make_cases.py --check    # exits 1 when it differs
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))
from casefile import Cases, number, one_of  # noqa: E402

import make_data as data  # noqa: E402

READ, ASK, WRITE, TABLE = "image-to-text", "question-answering", "text-generation", "table-question-answering"
LABEL, LIKE, RANK = "zero-shot-classification", "sentence-similarity", "text-ranking"
HEAR, LOOK, SHORT = "voice-activity-detection", "image-classification", "summarization"
KINDS = ["complaint", "praise", "question"]
RECEIPTS = {f"incoming/{name}": value for name, value in data.INCOMING.items()} | {
    f"expenses/{name}": value for name, value in data.EXPENSES.items()}
PEOPLE = ["Falk", "Wirth", "Holm", "Voss", "Sund"]


def name(file):
    return file.split("/")[-1]


def attached(*files):
    return [f"data/{file}" for file in files]


def values(*numbers, tolerance=0.005, extra=4):
    return {"values": [{"any": [value], "tolerance": tolerance} for value in numbers], "extra": extra}


def all_of(*checks):
    return {"all": list(checks)}


CANNOT = {"unanswerable": True}
cases = Cases()


def add(skill, template, split, question, check, files=(), plans=((),)):
    cases.add(skill, template, split, question, check, files=attached(*files), plans=[list(plan) for plan in plans])


def pictures():
    for notice, words in (("ferry", ["14 May"]), ("market", ["Saturday"]), ("road", ["Oak Avenue"]), ("water", ["Boil"])):
        add("read", "notice-text", "test", f"What does the notice in {notice}.png say?",
            {"names": words, "least": 1}, [f"notices/{notice}.png"], [[READ]])
    add("read", "sign-words", "learn", "Give me the words on library.png.", {"names": ["Tuesday"], "least": 1},
        ["notices/library.png"], [[READ]])
    for file in ("incoming/taxi.png", "incoming/inn.png", "expenses/printer.png", "expenses/lunch.png"):
        add("receipt", "receipt-total", "test", f"How much was paid altogether according to {name(file)}?",
            values(data.total(RECEIPTS[file][1])), [file], [[READ, ASK], [READ, WRITE]])
    for file in ("incoming/ticket.png", "expenses/flowers.png", "expenses/books.png"):
        shop = RECEIPTS[file][0]
        add("receipt", "receipt-shop", "test", f"Which business has issued {name(file)}?",
            {"names": [shop.title(), shop], "least": 1}, [file], [[READ, ASK], [READ, WRITE]])
    add("receipt", "receipt-item", "learn", "What did the rye bread cost on bakery.png?", values(4.25),
        ["expenses/bakery.png"], [[READ, ASK], [READ, WRITE]])
    for one, other in (("incoming/taxi.png", "incoming/inn.png"), ("expenses/camera.png", "expenses/train.png"),
                       ("incoming/breakfast.png", "expenses/lunch.png")):
        add("receipt", "two-totals", "test", f"What are the totals of {name(one)} and of {name(other)}?",
            values(data.total(RECEIPTS[one][1]), data.total(RECEIPTS[other][1])), [one, other],
            [[READ, READ, ASK, ASK], [READ, READ, WRITE], [READ, READ, ASK], [READ, READ]])
    for file, like in (("incoming/taxi.png", "cab.png"), ("incoming/breakfast.png", "bakery.png"),
                       ("incoming/ticket.png", "train.png"), ("incoming/inn.png", "hotel.png")):
        add("receipt", "like-receipt", "test", f"Which receipt in data/expenses is most like {name(file)}?",
            {"text": [like], "others": [other for other in data.EXPENSES if other != like]}, [file], [[READ, READ, LIKE]])
    file, like = "incoming/taxi.png", "cab.png"
    add("receipt", "total-and-like", "test",
        f"What is the total of {name(file)}, and which receipt in data/expenses is it most like?",
        all_of({"names": ["18.20"], "least": 1}, {"names": [like], "least": 1}), [file],
        [[READ, ASK, READ, LIKE], [READ, WRITE, READ, LIKE]])
    for notice, right in (("water", "warning"), ("market", "invitation")):
        add("label", "notice-kind", "test", f"Is the text of {notice}.png a warning or an invitation?",
            one_of(right, ["warning", "invitation"]), [f"notices/{notice}.png"], [[READ, LABEL]])
    for notice in ("ferry", "library", "market"):
        add("look", "fit-to-print", "test", f"May we print {notice}.png, or is it unsafe for children?",
            {"text": ["safe", "yes"], "others": ["unsafe"]}, [f"notices/{notice}.png"], [[LOOK]])
    add("look", "picture-check", "learn", "Check whether road.png is a decent picture.",
        {"text": ["safe", "yes", "decent"], "others": ["unsafe"]}, ["notices/road.png"], [[LOOK]])


def sounds():
    for file in ("mayor.wav", "interview.wav", "rehearsal.wav"):
        ends = [round(at, 1) for stretch in data.recording(file)[1] for at in stretch]
        add("hear", "speech-times", "test", f"From when to when is somebody speaking in {file}?",
            values(*ends, tolerance=0.35, extra=6), [f"recordings/{file}"], [[HEAR]])
    for file, speaks in (("harbour.wav", False), ("rehearsal.wav", True), ("corridor.wav", False)):
        right = {"text": ["yes", "speech", "speaking", "somebody speaks", "found"], "others": ["nothing", "no", "nobody", "not"]}
        wrong = {"text": ["no", "nothing", "nobody", "not"], "others": ["yes"]}
        add("hear", "speech-any", "test", f"Does anybody talk in {file}?", right if speaks else wrong,
            [f"recordings/{file}"], [[HEAR]])
    speaking = [file for file in data.RECORDINGS if data.recording(file)[1]]
    add("hear", "which-speak", "test", "In which of the sounds in data/recordings does somebody speak?",
        {"set": sorted(speaking), "others": []}, [], [[HEAR], [HEAR, WRITE]])
    add("hear", "first-word", "learn", "At which second does the first word fall in rehearsal.wav?",
        values(round(data.recording("rehearsal.wav")[1][0][0], 1), tolerance=0.35, extra=6), ["recordings/rehearsal.wav"],
        [[HEAR]])


def texts():
    for letter in ("letter-01.txt", "letter-02.txt", "letter-05.txt", "letter-06.txt", "letter-09.txt", "letter-10.txt"):
        add("label", "letter-kind", "test", f"Is {letter} a complaint, praise or a question?",
            one_of(data.LABELS[letter], KINDS), [f"letters/{letter}"], [[LABEL]])
    add("label", "letter-mood", "learn", "Does letter-04.txt sound like a complaint or like praise?",
        one_of("complaint", ["complaint", "praise"]), ["letters/letter-04.txt"], [[LABEL]])
    for words, right in (("the ferry never runs on time", "letter-01.txt"), ("it is too dark in our street", "letter-10.txt"),
                         ("may I have hens behind my house", "letter-09.txt"), ("the puzzle had mistakes", "letter-07.txt")):
        add("search", "nearest-letter", "test", f'Which letter in data/letters is closest in meaning to "{words}"?',
            one_of(right, list(data.LETTERS)), [], [[LIKE], [RANK]])
    for words, right in (("how many goals did Mika Sund score", "football.txt"), ("what does the museum cost", "museum.txt"),
                         ("who was against the bridge", "council.txt"), ("which boats have sunk", "storm.txt")):
        add("search", "best-note", "test", f"Which of the notes in data/notes tells best: {words}?",
            one_of(right, list(data.NOTES)), [], [[RANK], [LIKE]])
    add("search", "note-about", "learn", "Find the note in data/notes that is about a new gym.",
        one_of("school.txt", list(data.NOTES)), [], [[RANK], [LIKE]])
    for note, question, right in (
            ("council.txt", "who voted against the plan", one_of("Falk", PEOPLE)),
            ("storm.txt", "what does the harbour master put the damage at", values(350_000)),
            ("museum.txt", "on which day is admission free", {"names": ["Thursdays", "Thursday"], "least": 1}),
            ("school.txt", "how many children will use the gym", number(240, 0)),
            ("football.txt", "who scored two goals", {"names": ["Mika Sund", "Sund"], "least": 1})):
        add("note", "note-fact", "test", f"According to {note}, {question}?", right, [f"notes/{note}"], [[ASK], [WRITE]])
    add("note", "note-when", "learn", "When did the council meet? It is in council.txt.", {"names": ["3 June", "June 3"], "least": 1},
        ["notes/council.txt"], [[ASK], [WRITE]])
    for note, words in (("storm.txt", ["storm", "grain store", "roof"]), ("museum.txt", ["museum", "exhibition", "Ropes and Sails"])):
        add("note", "note-short", "test", f"Sum up {note} in one sentence.", {"names": words, "least": 1}, [f"notes/{note}"],
            [[SHORT], [WRITE]])


def table():
    rows = data.subscriptions()
    for month, region in (("March", "north"), ("May", "west"), ("January", "east")):
        right = next(new for m, r, new, _ in rows if (m, r) == (month, region))
        add("table", "new-in-month", "test",
            f"How many new subscriptions were there in the {region} in {month}? See data/subscriptions.csv.",
            number(right, 0), [], [[TABLE]])
    for region in ("south", "west"):
        right = sum(cancelled for _, r, _, cancelled in rows if r == region)
        add("table", "cancelled-altogether", "test",
            f"How many subscriptions were cancelled in the {region} altogether, by data/subscriptions.csv?", number(right, 0), [],
            [[TABLE]])
    most = max(data.REGIONS, key=lambda region: sum(new for _, r, new, _ in rows if r == region))
    add("table", "best-region", "learn", "Which region in data/subscriptions.csv has gained most new subscriptions in all months?",
        one_of(most, data.REGIONS), [], [[TABLE]])


def beyond():
    for template, split, question, files in (
            ("transcribe", "test", "Write down word for word what is said in mayor.wav.", ["recordings/mayor.wav"]),
            ("transcribe", "test", "What is the exact wording of the second answer in interview.wav?", ["recordings/interview.wav"]),
            ("draw", "test", "Draw a cartoon about the ferry for the front page.", []),
            ("edit-picture", "test", "Remove the background of market.png and save it as a new picture.", ["notices/market.png"]),
            ("edit-picture", "test", "Make ferry.png black and white.", ["notices/ferry.png"]),
            ("voice", "test", "Read letter-02.txt aloud and record it as a sound file.", ["letters/letter-02.txt"]),
            ("faces", "learn", "Who are the people in water.png? Tell them by their faces.", ["notices/water.png"])):
        add("beyond", template, split, question, CANNOT, files)
    for template, split, question, words in (
            ("newspaper-word", "test", "What does one call the large type above an article?", ["headline", "heading", "title"]),
            ("newspaper-word", "test", "What is the person called who is in charge of a newspaper's contents?", ["editor", "editor-in-chief"]),
            ("greeting", "learn", "Good morning! How do you do?", ["good", "morning", "hello", "well", "fine"])):
        add("talk", template, split, question, {"names": words, "least": 1})


pictures()
sounds()
texts()
table()
beyond()
cases.finish(__file__)
