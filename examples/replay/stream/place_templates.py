"""Templates on Google Places."""

API = "places"
START = """import os

import requests

"""
MAPS = "https://maps.googleapis.com/maps/api"


def search(tail, more=""):
    return f"""{START}params = {{"query": "@kind@ in @city@", {more}"key": os.environ["GOOGLE_KEY"]}}
data = requests.get("{MAPS}/place/textsearch/json", params=params).json()
{tail.strip()}
"""


NAMES = """
for result in data["results"]:
    print("ANSWER:", result["name"], result["formatted_address"])"""


def ranked(choose):
    return search(f"""
chosen = {choose}((r for r in data["results"] if "rating" in r), key=lambda r: r["rating"])
print("ANSWER:", chosen["name"], chosen["rating"])""")


def detail(field, tail):
    return f"""{START}base = "{MAPS}/place"
key = os.environ["GOOGLE_KEY"]
query = {{"input": "@place@", "inputtype": "textquery", "fields": "place_id", "key": key}}
found = requests.get(base + "/findplacefromtext/json", params=query).json()["candidates"][0]
params = {{"place_id": found["place_id"], "fields": "{field}", "key": key}}
result = requests.get(base + "/details/json", params=params).json()["result"]
{tail.strip()}
"""


def candidate(field):
    return f"""{START}params = {{"input": "@place@", "inputtype": "textquery", "fields": "{field}", "key": os.environ["GOOGLE_KEY"]}}
data = requests.get("{MAPS}/place/findplacefromtext/json", params=params).json()
print("ANSWER:", data["candidates"][0]["{field}"])
"""


TEMPLATES = [
    ("find", None, search(NAMES), ["Find {kind} in {city}.", "Show me {kind} in {city}.", "Can you find {kind} in {city}?", "Please find {kind} in {city}."]),
    ("open-now", None, search(NAMES, '"opennow": "true", '), [
        "Which {kind} in {city} are open now?", "Which {kind} in {city} are open right now?", "Can you tell me which {kind} in {city} are open now?"]),
    ("best-rated", "worst-rated", ranked("max"), [
        "Which of the {kind} in {city} has the highest rating?", "Of the {kind} in {city}, which has the highest rating?",
        "Tell me which of the {kind} in {city} has the highest rating."]),
    ("worst-rated", "best-rated", ranked("min"), [
        "Which of the {kind} in {city} has the lowest rating?", "Of the {kind} in {city}, which has the lowest rating?"]),
    ("top-rated", None, search("""
ranked = sorted(data["results"], key=lambda r: r.get("rating", 0), reverse=True)
for result in ranked[:@count@]:
    print("ANSWER:", result["name"])"""), [
        "What are the {count} best-rated {kind} in {city}?", "Show me the {count} best-rated {kind} in {city}.",
        "Could you show me the {count} best-rated {kind} in {city}, please?"]),
    ("phone", "website", detail("formatted_phone_number", 'print("ANSWER:", result["formatted_phone_number"])'), [
        "What is the phone number of the {place}?", "Give me the phone number of the {place}.", "What's the phone number of the {place}, please?"]),
    ("website", "phone", detail("website", 'print("ANSWER:", result["website"])'), [
        "What is the website of the {place}?", "Give me the website of the {place}."]),
    ("hours", None, detail("opening_hours", """
for line in result["opening_hours"]["weekday_text"]:
    print("ANSWER:", line)"""), ["What are the opening hours of the {place}?", "Tell me the opening hours of the {place}."]),
    ("address", None, candidate("formatted_address"), [
        "What is the address of the {place}?", "What's the address of the {place}?", "Can you give me the address of the {place}?"]),
    ("rating", None, candidate("rating"), ["What is the rating of the {place}?", "How is the {place} rated?"]),
    ("near-landmark", None, f"""{START}base = "{MAPS}"
key = os.environ["GOOGLE_KEY"]
found = requests.get(base + "/geocode/json", params={{"address": "@landmark@", "key": key}}).json()
spot = found["results"][0]["geometry"]["location"]
params = {{"location": f"{{spot['lat']}},{{spot['lng']}}", "radius": @meters@, "keyword": "@kind@", "key": key}}
data = requests.get(base + "/place/nearbysearch/json", params=params).json()
for result in data["results"]:
    print("ANSWER:", result["name"], result["vicinity"])
""", ["Find {kind} within {meters} meters of {landmark}.", "Are there any {kind} within {meters} meters of {landmark}?",
      "Which {kind} are within {meters} meters of {landmark}?"]),
    ("rated-at-least", None, search("""
good = [r["name"] for r in data["results"] if r.get("rating", 0) >= @rating@]
print("ANSWER:", ", ".join(good) or "none")"""), [
        "Which {kind} in {city} are rated {rating} or higher?", "Please tell me which {kind} in {city} are rated {rating} or higher."]),
    ("coordinates", None, f"""{START}params = {{"address": "@city@", "key": os.environ["GOOGLE_KEY"]}}
data = requests.get("{MAPS}/geocode/json", params=params).json()
location = data["results"][0]["geometry"]["location"]
print("ANSWER:", location["lat"], location["lng"])
""", ["What are the coordinates of {city}?", "Tell me the coordinates of {city}."]),
    ("farther-north", "farther-south", None, ["Which is farther north, {city} or {city2}?", "Tell me which is farther north, {city} or {city2}."]),
    ("farther-south", "farther-north", None, ["Which is farther south, {city} or {city2}?"]),
]


def of_latitude(choose):
    return f"""{START}
def latitude(address):
    params = {{"address": address, "key": os.environ["GOOGLE_KEY"]}}
    data = requests.get("{MAPS}/geocode/json", params=params).json()
    return data["results"][0]["geometry"]["location"]["lat"]


print("ANSWER:", {choose}(["@city@", "@city2@"], key=latitude))
"""


LATITUDE = {"farther-north": of_latitude("max"), "farther-south": of_latitude("min")}
TEMPLATES = [(name, twin, code or LATITUDE[name], questions) for name, twin, code, questions in TEMPLATES]
