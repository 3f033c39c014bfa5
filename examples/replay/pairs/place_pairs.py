"""Pairs on Google Places."""

from builder import place

NAMES = """
for result in data["results"]:
    print("ANSWER:", result["name"])"""


def near(location, kind, label):
    return place("nearbysearch", f'"location": "{location}", "rankby": "distance", "type": "{kind}"', f"""
nearest = data["results"][0]
print("ANSWER: the nearest {kind} in {label} is", nearest["name"], nearest["vicinity"])""")


def pairs(p):
    searches(p)
    coordinates(p)
    filters(p)
    urls(p)
    details(p)
    geocoding(p)


def searches(p):
    p.demo("bookstores", "Find bookstores in Chicago.", place("textsearch", '"query": "bookstores in Chicago"', NAMES))
    p.replay("slot", "Find bookstores in Boston.", {"Chicago": "Boston"}, "The city is a part of the query's literal.")
    p.replay("several-slots", "Find bakeries in Lyon.", {"bookstores": "bakeries", "Chicago": "Lyon"}, "Category and city, both parts of the literal.")
    p.refuse("scope-changed", "Find bookstores near Chicago.", "Near is not in; the program's query says 'in'.")
    p.refuse("condition-added", "Find bookstores in Chicago with a parking lot.", "One more condition.")
    p.refuse("superlative-added", "Find the best bookstores in Chicago.", "A ranking was added.")
    p.refuse("negation", "Find shops in Chicago that are not bookstores.", "A negation.")

    p.demo("live-music", "Can you give me a list of bars in New Orleans that have live music?",
           place("textsearch", '"query": "live music bars in New Orleans"', NAMES))
    p.replay("slot+wording", "Please give me a list of bars in Memphis that have live music.", {"New Orleans": "Memphis"}, "Another city, an imperative for a polite question.")
    p.refuse("negation", "Can you give me a list of bars in New Orleans that don't have live music?", "A negation.")
    p.refuse("second-value", "Can you give me a list of bars in New Orleans or Baton Rouge that have live music?", "A second city.")
    p.refuse("question-word", "Can you give me the number of bars in New Orleans that have live music?", "A number for a list.")
    p.refuse("condition-added", "Can you give me a list of bars in New Orleans that have live music on Mondays?", "A day was added.")

    p.demo("gym", "I'm looking for a gym in Toronto that offers a free trial, can you help me find one?",
           place("textsearch", '"query": "gym with a free trial in Toronto"', 'print("ANSWER:", data["results"][0]["name"])'))
    p.replay("slot", "I'm looking for a gym in Ottawa that offers a free trial, can you help me find one?", {"Toronto": "Ottawa"}, "Only the city.")
    p.refuse("number-form", "I'm looking for gyms in Toronto that offer a free trial, can you help me find some?", "Several for the first one.")
    p.refuse("condition-dropped", "I'm looking for a gym in Toronto, can you help me find one?", "A condition was dropped that is worded otherwise in the program.")
    p.refuse("superlative-added", "I'm looking for the cheapest gym in Toronto that offers a free trial, can you help me find it?", "A superlative.")

    p.demo("two-steps", "Which is rated higher, the Prado or the Louvre?", """
import os

import requests


def rating(name):
    url = "https://maps.googleapis.com/maps/api/place/findplacefromtext/json"
    params = {"input": name, "inputtype": "textquery", "fields": "rating", "key": os.environ["GOOGLE_KEY"]}
    return requests.get(url, params=params).json()["candidates"][0]["rating"]


print("ANSWER:", max(["Prado", "Louvre"], key=rating))
""")
    p.replay("several-slots", "Which is rated higher, the Rijksmuseum or the Louvre?", {"Prado": "Rijksmuseum"}, "One of the two places.")
    p.replay("several-slots", "Which is rated higher, the Louvre or the Hermitage?", {"Prado": "Louvre", "Louvre": "Hermitage"},
             "The Louvre moved from the second place to the first; the exchanges must be made at once.")
    p.refuse("comparison-turned", "Which is rated lower, the Prado or the Louvre?", "Lower for higher.")
    p.refuse("other-quantity", "Which is reviewed more often, the Prado or the Louvre?", "Another field.")
    p.refuse("question-word", "How much higher is the Prado rated than the Louvre?", "A difference for a name.")


def coordinates(p):
    p.demo("nearest-pharmacy", "What is the address of the nearest pharmacy in San Diego, California?", near("32.715738,-117.161084", "pharmacy", "San Diego"))
    seattle = ("What is the address of the nearest pharmacy in Seattle, Washington?", near("47.606209,-122.332069", "pharmacy", "Seattle"))
    p.refuse("coordinates", "What is the address of the nearest pharmacy in Seattle, Washington?",
             "The city's name is only in the label; the request has San Diego's coordinates.")
    p.replay("known-mapping", "What is the address of the nearest pharmacy in Seattle, Washington?",
             {"32.715738,-117.161084": "47.606209,-122.332069", "San Diego": "Seattle"}, "A verified program has Seattle's coordinates.", known=[seattle])
    p.replay("slot", "What is the address of the nearest bank in San Diego, California?", {"pharmacy": "bank"}, "The category is a literal in the request and in the label.")
    p.refuse("number-form", "What are the addresses of the nearest pharmacies in San Diego, California?", "Several for one.")
    p.refuse("superlative-flipped", "What is the address of the farthest pharmacy in San Diego, California?", "Farthest for nearest.")
    p.refuse("other-quantity", "What is the phone number of the nearest pharmacy in San Diego, California?", "A phone number needs the details.")

    p.demo("galleries", "What are the art galleries within 3 km of the centre of London?",
           place("nearbysearch", '"location": "51.5074,-0.1278", "radius": 3000, "type": "art_gallery"', NAMES))
    p.refuse("coordinates", "What are the art galleries within 3 km of the centre of Leeds?", "The city is in the program as coordinates only.")
    p.refuse("derived-value", "What are the art galleries within 5 km of the centre of London?",
             "The radius, 3000, is in metres; the question's 3 is no literal of the program.")
    p.refuse("comparison-turned", "What are the art galleries more than 3 km from the centre of London?", "Outside for within.")
    p.refuse("unit-asked", "What are the art galleries within 3 miles of the centre of London?", "Another unit; the number stayed.")
    p.replay("wording", "Tell me what the art galleries within 3 km of the centre of London are.", {}, "An indirect question.")

    p.demo("met-park", "Is there a park near the Metropolitan Museum of Art in New York City?", """
import os

import requests

museum_lat = 40.7794
museum_lng = -73.9632
url = "https://maps.googleapis.com/maps/api/place/nearbysearch/json"
params = {"location": f"{museum_lat},{museum_lng}", "radius": 2000, "keyword": "park", "key": os.environ["GOOGLE_KEY"]}
results = requests.get(url, params=params).json()["results"]
print("ANSWER:", results[0]["name"] if results else "no")
""")
    p.refuse("coordinates", "Is there a park near the Empire State Building in New York City?", "The place is in the program as two numbers.")
    p.replay("slot", "Is there a cinema near the Metropolitan Museum of Art in New York City?", {"park": "cinema"}, "The keyword is the question's own word, once.")
    p.refuse("condition-added", "Is there a park with a lake near the Metropolitan Museum of Art in New York City?", "A condition was added.")
    p.refuse("question-word", "How far is the park near the Metropolitan Museum of Art in New York City?", "A distance.")


def filters(p):
    p.demo("open-now", "Which pharmacies in Lisbon are open now?", place("textsearch", '"query": "pharmacies in Lisbon", "opennow": "true"', NAMES))
    p.replay("several-slots", "Which bakeries in Porto are open now?", {"pharmacies": "bakeries", "Lisbon": "Porto"}, "Category and city.")
    p.refuse("condition-dropped", "Which pharmacies in Lisbon are there?", "The program asks for open ones only.")
    p.refuse("negation", "Which pharmacies in Lisbon are closed now?", "Closed for open.")
    p.refuse("condition-added", "Which pharmacies in Lisbon are open on Sunday?", "Another time than now.")

    p.demo("rated", "Which restaurants in Lyon are rated 4.5 or higher?", place("textsearch", '"query": "restaurants in Lyon"', """
good = [r["name"] for r in data["results"] if r.get("rating", 0) >= 4.5]
print("ANSWER:", ", ".join(good))"""))
    p.replay("several-slots", "Which hotels in Nice are rated 4.2 or higher?", {"restaurants": "hotels", "Lyon": "Nice", "4.5": "4.2"}, "Category, a city called Nice, number.")
    p.replay("slot+wording", "Can you tell me which restaurants in Lyon are rated 4 or higher?", {"4.5": "4"}, "Another limit, asked indirectly.")
    p.refuse("comparison-turned", "Which restaurants in Lyon are rated 4.5 or lower?", "Lower for higher.")
    p.refuse("comparison-turned", "Which restaurants in Lyon are rated higher than 4.5?", "4.5 itself no longer counts.")
    p.refuse("condition-added", "Which restaurants in Lyon are rated 4.5 or higher by at least 100 people?", "A second condition.")
    p.refuse("negation", "Which restaurants in Lyon aren't rated 4.5 or higher?", "A negation.")

    p.demo("best-five", "Show the 5 best-rated museums in Madrid.", place("textsearch", '"query": "museums in Madrid"', """
ranked = sorted(data["results"], key=lambda r: r.get("rating", 0), reverse=True)
for result in ranked[:5]:
    print("ANSWER:", result["name"], result["rating"])"""))
    p.replay("several-slots", "Show the 3 best-rated cafes in Seville.", {"museums": "cafes", "Madrid": "Seville", "5": "3"}, "Number, category and city.")
    p.refuse("superlative-flipped", "Show the 5 worst-rated museums in Madrid.", "Worst for best: the order is a keyword argument.")
    p.refuse("superlative-changed", "Show the 5 most-reviewed museums in Madrid.", "Another field.")
    p.refuse("condition-added", "Show the 5 best-rated museums in Madrid with free admission.", "A condition was added.")
    p.refuse("second-value", "Show the 5 best-rated museums in Madrid and Toledo.", "A second city.")
    p.replay("wording", "Could you show me the 5 best-rated museums in Madrid, please?", {}, "The same, politely.")

    p.demo("radius", "Are there cafes within 500 meters of the Brandenburg Gate?", """
import os

import requests

key = os.environ["GOOGLE_KEY"]
base = "https://maps.googleapis.com/maps/api"
found = requests.get(base + "/geocode/json", params={"address": "Brandenburg Gate", "key": key}).json()
spot = found["results"][0]["geometry"]["location"]
params = {"location": f"{spot['lat']},{spot['lng']}", "radius": 500, "keyword": "cafes", "key": key}
results = requests.get(base + "/place/nearbysearch/json", params=params).json()["results"]
print("ANSWER:", ", ".join(result["name"] for result in results) or "no")
""")
    p.replay("several-slots", "Are there bakeries within 800 meters of the Berlin Cathedral?",
             {"cafes": "bakeries", "500": "800", "Brandenburg Gate": "Berlin Cathedral"}, "Category, number and place.")
    p.replay("slot", "Are there cafes within 500 meters of the Victory Column?", {"Brandenburg Gate": "Victory Column"}, "The place is geocoded by its name.")
    p.refuse("unit-asked", "Are there cafes within 500 feet of the Brandenburg Gate?", "The radius is in metres.")
    p.refuse("comparison-turned", "Are there cafes more than 500 meters away from the Brandenburg Gate?", "Outside for within.")
    p.refuse("second-value", "Are there cafes within 500 meters of the Brandenburg Gate or the Victory Column?", "Two places.")
    p.refuse("including-excluding", "Are there cafes other than Starbucks within 500 meters of the Brandenburg Gate?", "An exclusion was added.")


def urls(p):
    p.demo("concatenated", "Find a Starbucks in London.", """
import os

import requests

url = "https://maps.googleapis.com/maps/api/place/textsearch/json?"
query = 'Starbucks in London'
data = requests.get(url + 'query=' + query + '&key=' + os.environ["GOOGLE_KEY"]).json()
print("ANSWER:", data["results"][0]["formatted_address"])
""")
    p.replay("slot", "Find a Costa in London.", {"Starbucks": "Costa"}, "A name without special characters, in a URL put together by hand.")
    p.replay("escaping", "Find a Nando's in London.", {"Starbucks": r"Nando\'s"}, "The apostrophe must be escaped in the single-quoted literal.")
    p.refuse("escaping", "Find a Marks & Spencer in London.", "The URL is put together by hand: '&' would end the query and begin another parameter.")
    p.refuse("escaping", "Find a Bar #1 in London.", "'#' would cut the rest of the URL off, the key with it.")
    p.refuse("number-form", "Find every Starbucks in London.", "All for one.")
    p.refuse("injection", "Find a Starbucks' + str(os.environ) + ' in London.", "Code in place of a name.")

    p.demo("mcdonalds", "Is there a McDonald's near the Eiffel Tower?",
           place("textsearch", '"query": "McDonald\'s near the Eiffel Tower"', 'print("ANSWER:", data["results"][0]["formatted_address"] if data["results"] else "no")'))
    p.replay("slot", "Is there a Burger King near the Eiffel Tower?", {"McDonald's": "Burger King"}, "The name, apostrophe and all, is exchanged.")
    p.replay("slot", "Is there a Ben & Jerry's near the Arc de Triomphe?", {"McDonald's": "Ben & Jerry's", "Eiffel Tower": "Arc de Triomphe"},
             "The parameters are encoded by the library, so that '&' is harmless here.")
    p.refuse("negation", "Is there no McDonald's near the Eiffel Tower?", "A negation.")
    p.refuse("superlative-added", "Is there a McDonald's nearer to the Eiffel Tower than any Burger King?", "A comparison.")


def details(p):
    p.demo("phone", "What is the phone number of the British Museum in London?", """
import os

import requests

base = "https://maps.googleapis.com/maps/api/place"
key = os.environ["GOOGLE_KEY"]
query = {"input": "British Museum in London", "inputtype": "textquery", "fields": "place_id", "key": key}
found = requests.get(base + "/findplacefromtext/json", params=query).json()["candidates"][0]
params = {"place_id": found["place_id"], "fields": "formatted_phone_number", "key": key}
print("ANSWER:", requests.get(base + "/details/json", params=params).json()["result"]["formatted_phone_number"])
""")
    p.replay("slot", "What is the phone number of the Tate Modern in London?", {"British Museum": "Tate Modern"}, "Only the place.")
    p.replay("several-slots", "What's the phone number of the Uffizi Gallery in Florence?", {"British Museum": "Uffizi Gallery", "London": "Florence"}, "Place and city, and a contraction.")
    p.refuse("other-quantity", "What is the address of the British Museum in London?", "Another field, in the request and in the response.")
    p.refuse("other-quantity", "What is the website of the British Museum in London?", "Another field.")
    p.refuse("other-function", "What are the opening hours of the British Museum in London?", "Another field, of another shape.")
    p.refuse("number-form", "What are the phone numbers of the museums in London?", "A kind of place, not one place.")

    p.demo("reviews", "How many reviews does the Eiffel Tower have?", place("findplacefromtext", '"input": "Eiffel Tower", "inputtype": "textquery", "fields": "user_ratings_total"',
                                                                       'print("ANSWER:", data["candidates"][0]["user_ratings_total"])'))
    p.replay("slot", "How many reviews does the Sagrada Família have?", {"Eiffel Tower": "Sagrada Família"}, "Another place, non-ASCII.")
    p.refuse("condition-added", "How many negative reviews does the Eiffel Tower have?", "Only some of the reviews.")
    p.refuse("other-quantity", "How many stars does the Eiffel Tower have?", "The rating is another field.")
    p.refuse("condition-added", "How many reviews does the Eiffel Tower have since 2025?", "A span of time.")

    p.demo("closing-time", "Until when is the Central Library in Houston open on Mondays?", """
import os

import requests

base = "https://maps.googleapis.com/maps/api/place"
key = os.environ["GOOGLE_KEY"]
found = requests.get(base + "/textsearch/json", params={"query": "Central Library in Houston", "key": key}).json()["results"][0]
params = {"place_id": found["place_id"], "fields": "opening_hours", "key": key}
hours = requests.get(base + "/details/json", params=params).json()["result"]["opening_hours"]["weekday_text"]
print("ANSWER:", hours[0].split("–")[-1].strip())
""")
    p.refuse("derived-value", "Until when is the Central Library in Houston open on Saturdays?", "Monday is the index 0, not a literal.")
    p.refuse("bound-flipped", "From when is the Central Library in Houston open on Mondays?", "The beginning for the end.")
    p.replay("several-slots", "Until when is the Heights Library in Houston open on Mondays?", {"Central Library": "Heights Library"}, "Only the place.")


def geocoding(p):
    p.demo("north", "Which is farther north, Oslo or Helsinki?", """
import os

import requests


def latitude(address):
    params = {"address": address, "key": os.environ["GOOGLE_KEY"]}
    data = requests.get("https://maps.googleapis.com/maps/api/geocode/json", params=params).json()
    return data["results"][0]["geometry"]["location"]["lat"]


print("ANSWER:", max("Oslo", "Helsinki", key=latitude))
""")
    p.replay("swap", "Which is farther north, Helsinki or Oslo?", {"Oslo": "Helsinki", "Helsinki": "Oslo"}, "Swapped; the answer is the same, and so is the question.")
    p.replay("several-slots", "Which is farther north, Bergen or Turku?", {"Oslo": "Bergen", "Helsinki": "Turku"}, "Both places.")
    p.refuse("comparison-turned", "Which is farther south, Oslo or Helsinki?", "South for north.")
    p.refuse("other-quantity", "Which is farther east, Oslo or Helsinki?", "Another coordinate.")
    p.refuse("question-word", "How much farther north is Oslo than Helsinki?", "A difference for a name.")

    p.demo("where", "What are the coordinates of Graz?", """
import os

import requests

params = {"address": "Graz", "key": os.environ["GOOGLE_KEY"]}
data = requests.get("https://maps.googleapis.com/maps/api/geocode/json", params=params).json()
location = data["results"][0]["geometry"]["location"]
print("ANSWER:", location["lat"], location["lng"])
""")
    p.replay("non-ascii", "What are the coordinates of Ürümqi?", {"Graz": "Ürümqi"}, "Another place, non-ASCII.")
    p.replay("slot+wording", "Tell me the coordinates of Trinidad and Tobago, please.", {"Graz": "Trinidad and Tobago"}, "One country, with an 'and' in its name.")
    p.refuse("second-value", "What are the coordinates of Graz and Linz?", "Two places.")
    p.refuse("condition-dropped", "What is the latitude of Graz?", "One of the two numbers.")
    p.refuse("direction", "What is at the coordinates of Graz?", "The other way round.")
