"""Makes everything in data/: pictures with text, sounds, letters, notes and a table. The same on every run.

Sounds and texts need the standard library only, pictures need Pillow and the DejaVu fonts:

    python3 make_data.py                   # all of it
    python3 make_data.py --texts [FOLDER]  # all but the pictures, here or into another folder
"""
import csv
import math
import random
import struct
import sys
import wave
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
RATE = 16_000

# name: (shop, lines, total). The total is the sum of the lines.
EXPENSES = {
    "bakery.png": ("CORNER BAKERY", [("2 Coffee", 7.80), ("1 Rye bread", 4.25)]),
    "cab.png": ("CITY CABS", [("Ride to harbour", 18.40), ("Night fee", 3.00)]),
    "hotel.png": ("HOTEL MERIDIAN", [("2 nights single", 178.00), ("City tax", 9.20)]),
    "printer.png": ("OFFICE DEPOT", [("Toner black", 64.90), ("Paper A4 500", 6.10)]),
    "train.png": ("NORTHERN RAILWAY", [("Return ticket", 42.00), ("Seat", 4.50)]),
    "flowers.png": ("FLORA FLOWERS", [("Roses", 24.00), ("Card", 2.50)]),
    "camera.png": ("FOTO LINDEN", [("Memory card", 39.90), ("Batteries", 12.00)]),
    "parking.png": ("PARKING GARAGE EAST", [("3 hours", 7.50)]),
    "lunch.png": ("HARBOUR KITCHEN", [("3 Fish soup", 28.50), ("3 Water", 7.50)]),
    "books.png": ("PAGE AND SPINE", [("Atlas", 35.00), ("Dictionary", 22.90)]),
}
# Not among the expenses that are filed: they come with requests.
INCOMING = {
    "taxi.png": ("CITY CABS", [("Ride to station", 16.20), ("Luggage", 2.00)]),
    "breakfast.png": ("CORNER BAKERY", [("3 Coffee", 11.70), ("2 Croissant", 5.60)]),
    "ticket.png": ("NORTHERN RAILWAY", [("Single ticket", 23.00), ("Bicycle", 6.00)]),
    "inn.png": ("HOTEL MERIDIAN", [("1 night double", 121.00), ("City tax", 4.60)]),
}
NOTICES = {
    "ferry.png": ["FERRY SERVICE", "suspended until 14 May", "Use the bus 62"],
    "market.png": ["SUMMER MARKET", "Saturday 9 to 16", "Everybody is welcome"],
    "library.png": ["CITY LIBRARY", "closed on Mondays", "Opens Tuesday at 10"],
    "road.png": ["ROAD WORKS", "Mill Street blocked", "Detour by Oak Avenue"],
    "water.png": ["WARNING", "Do not drink the water", "Boil it before use"],
}
# name: stretches of speech as (silence before in ms, vowels); nothing but noise where there are none.
RECORDINGS = {
    "mayor.wav": [(800, "aioeau"), (1200, "ouiea")],
    "interview.wav": [(500, "eaoui"), (1000, "aei"), (1000, "iouea")],
    "harbour.wav": [],
    "rehearsal.wav": [(1500, "aeioua")],
    "corridor.wav": [],
}
LETTERS = {
    "letter-01.txt": "The ferry was late again on Monday. I have missed my train three times this month because of it. "
                     "Nobody at the landing stage could tell us anything.",
    "letter-02.txt": "Thank you for the wonderful report on the school orchestra. My daughter has read it aloud to the "
                     "whole family, and we were all very proud.",
    "letter-03.txt": "Could you tell me where the old photographs of the shipyard are kept? I would like to see them with "
                     "my grandfather, who has worked there.",
    "letter-04.txt": "The rubbish in Mill Street has not been collected for two weeks. It smells, and there are rats. This "
                     "is a disgrace for our town.",
    "letter-05.txt": "I want to praise the staff of the public swimming pool. They are friendly and patient, and the water "
                     "has never been cleaner.",
    "letter-06.txt": "When will the new bicycle lane along the river be opened? The signs say spring, but spring is nearly "
                     "over.",
    "letter-07.txt": "Your crossword of last Saturday was impossible. Two clues had the same number and one had none at "
                     "all. I am very annoyed.",
    "letter-08.txt": "What a splendid summer market! The music, the food and the weather were perfect. Please thank the "
                     "organisers in the name of us all.",
    "letter-09.txt": "Is it allowed to keep chickens in a garden within the town? My neighbours say no, the internet says "
                     "yes.",
    "letter-10.txt": "The street lamps in Oak Avenue have been broken since March. In the evening one cannot see one's own "
                     "feet, and my mother has fallen.",
}
LABELS = {  # what each letter is, as anybody would say
    "letter-01.txt": "complaint", "letter-02.txt": "praise", "letter-03.txt": "question", "letter-04.txt": "complaint",
    "letter-05.txt": "praise", "letter-06.txt": "question", "letter-07.txt": "complaint", "letter-08.txt": "praise",
    "letter-09.txt": "question", "letter-10.txt": "complaint",
}
NOTES = {
    "council.txt": "The town council met on 3 June. The plan for the new bridge was accepted with eleven votes to four. "
                   "Councillor Berta Falk voted against it, since she holds the cost of 2.4 million euros to be too high. "
                   "Building begins in September.",
    "museum.txt": "The maritime museum shows the exhibition Ropes and Sails until 30 August. Its director Jonas Wirth "
                  "expects 20,000 visitors. Admission is 8 euros, and free on Thursdays.",
    "storm.txt": "The storm on 12 February has torn the roof off the grain store. Nobody was hurt. The harbour master Ines "
                 "Holm puts the damage at 350,000 euros. Three boats have sunk.",
    "school.txt": "The primary school in Birch Lane gets a new gym. The headmistress Carla Voss says that 240 children will "
                  "use it. The old one was closed in 2021 because of mould.",
    "football.txt": "Harbour United has beaten Inland Rovers by three goals to one. Two of the goals were scored by Mika "
                    "Sund. It was the team's seventh victory in a row.",
}
REGIONS = ["north", "south", "east", "west"]
MONTHS = ["January", "February", "March", "April", "May", "June"]


def total(lines):
    return round(sum(price for _, price in lines), 2)


def subscriptions():
    """Rows of month, region, new and cancelled subscriptions."""
    rnd = random.Random(11)
    return [(month, region, rnd.randrange(12, 90), rnd.randrange(3, 40)) for month in MONTHS for region in REGIONS]


# --- a voice: vowels as formant filters over a glottal pulse train ----------------------------------------------------
VOWELS = {
    "a": (730, 1090, 2440),
    "i": (270, 2290, 3010),
    "u": (300, 870, 2240),
    "e": (530, 1840, 2480),
    "o": (570, 840, 2410),
}


def resonator(samples, frequency, bandwidth):
    r = math.exp(-math.pi * bandwidth / RATE)
    c = 2 * r * math.cos(2 * math.pi * frequency / RATE)
    before, last, out = 0.0, 0.0, []
    for sample in samples:
        value = (1 - c + r * r) * sample + c * last - r * r * before
        before, last = last, value
        out.append(value)
    return out


def syllable(vowel, milliseconds, pitch, rnd):
    count = RATE * milliseconds // 1000
    samples, phase = [], 0.0
    for i in range(count):
        phase = (phase + pitch * (1 + 0.08 * math.sin(2 * math.pi * i / count)) / RATE) % 1
        pulse = (phase / 0.6) ** 2 * (3 - 2 * phase / 0.6) if phase < 0.6 else 0
        envelope = min(1, i / (0.03 * RATE), (count - i) / (0.04 * RATE))
        samples.append((pulse - 0.3 + rnd.gauss(0, 0.02)) * envelope)
    for frequency, bandwidth in zip(VOWELS[vowel], (60, 90, 120)):
        samples = resonator(samples, frequency, bandwidth)
    return samples


def noise(milliseconds, rnd, amplitude):
    return [rnd.gauss(0, amplitude) for _ in range(RATE * milliseconds // 1000)]


def recording(name):
    """Samples, and the stretches of speech as (start, end) in seconds."""
    rnd = random.Random(name)
    samples, speech = [], []
    for silence, vowels in RECORDINGS[name]:
        samples += noise(silence, rnd, 0.0005)
        start = len(samples) / RATE
        for vowel in vowels:
            samples += [0.12 * s for s in noise(50, rnd, 0.3)]
            samples += syllable(vowel, 170 + rnd.randrange(60), 115 + rnd.randrange(30), rnd)
        speech.append((start, len(samples) / RATE))
    samples += noise(700 if speech else 3000, rnd, 0.0005 if speech else 0.02)
    return samples, speech


def make_recordings():
    (DATA / "recordings").mkdir(parents=True, exist_ok=True)
    for name in RECORDINGS:
        samples, speech = recording(name)
        scale = 0.7 / max(map(abs, samples)) if speech else 0.3
        with wave.open(str(DATA / "recordings" / name), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(struct.pack(f"<{len(samples)}h", *(round(s * scale * 32767) for s in samples)))


def make_texts():
    for folder, texts in (("letters", LETTERS), ("notes", NOTES)):
        (DATA / folder).mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (DATA / folder / name).write_text(text + "\n", encoding="utf-8")
    with open(DATA / "subscriptions.csv", "w", newline="", encoding="utf-8") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["month", "region", "new", "cancelled"])
        table.writerows(subscriptions())


def make_pictures():
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 30)

    def picture(path, lines, paper):
        path.parent.mkdir(parents=True, exist_ok=True)
        image = Image.new("RGB", (470, 40 + 62 * len(lines)), paper)
        draw = ImageDraw.Draw(image)
        for i, line in enumerate(lines):
            draw.text((28, 26 + 62 * i), line, font=font, fill=(20, 20, 30))
        image.save(path, optimize=True)

    for folder, receipts in (("expenses", EXPENSES), ("incoming", INCOMING)):
        for name, (shop, lines) in receipts.items():
            text = [shop] + [f"{what} {price:.2f}" for what, price in lines] + [f"TOTAL {total(lines):.2f} EUR"]
            picture(DATA / folder / name, text, "white")
    for name, lines in NOTICES.items():
        picture(DATA / "notices" / name, lines, (240, 235, 220))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        DATA = Path(sys.argv[2])
    make_texts()
    make_recordings()
    if "--texts" not in sys.argv:
        make_pictures()
