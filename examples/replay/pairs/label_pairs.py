"""Pairs whose slot's value stands in the program, but not where the answer comes from."""

from builder import daily_program, place, quote_program, stock, weather


def pairs(p):
    answers_written_down(p)
    offsets(p)
    names_beside_numbers(p)
    special_cases(p)
    units_in_labels(p)


def answers_written_down(p):
    p.demo("capital", "What is the capital of France?", """
country = "France"
capital = "Paris"
print(f"ANSWER: the capital of {country} is {capital}")""")
    p.refuse("label-only", "What is the capital of Italy?", "The answer is written down in the program; 'France' is only a label.")
    p.refuse("label-only", "Tell me the capital of Peru, please.", "The same, politely.")
    p.refuse("direction", "Of which country is Paris the capital?", "The other way round.")
    p.replay("wording", "Can you tell me what the capital of France is?", {}, "The same question; what was verified still holds.")

    p.demo("offset", "What time is it in Tokyo now?", """
import datetime

now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=9)
print("ANSWER:", now.strftime("%H:%M"), "in Tokyo")""")
    p.refuse("label-only", "What time is it in Karachi now?", "The offset, nine hours, belongs to Tokyo; its name is only in the label.")
    p.refuse("label-only", "What time is it in New York City now?", "Only the label would change.")
    p.replay("wording", "Could you tell me what time it is in Tokyo now?", {}, "An indirect question.")
    p.refuse("other-quantity", "What date is it in Tokyo now?", "The date, not the time.")
    p.refuse("condition-added", "What time is it in Tokyo now, and is it summer time?", "Something more is asked.")


def offsets(p):
    p.demo("time-zone", "What time is it in Lisbon now?", """
import datetime
import zoneinfo

now = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Lisbon"))
print("ANSWER:", now.strftime("%H:%M"))""")
    p.refuse("hidden-part", "What time is it in Nairobi now?", "Nairobi is not in Europe; the continent is in the program and not in the question.")
    p.refuse("hidden-part", "What time is it in Lyon now?", "There is no zone Europe/Lyon: the city must be one that names a zone.")
    p.replay("wording", "Please tell me what time it is in Lisbon now.", {}, "An indirect question, politely.")
    p.refuse("condition-added", "What time is it in Lisbon when it is noon in Tokyo?", "Another time than now.")

    p.demo("rates", "How many dollars are 80 euros?", """
DOLLARS = {"euros": 1.08, "pounds": 1.27, "francs": 1.12}
print("ANSWER:", round(80 * DOLLARS["euros"], 2))""")
    p.refuse("two-meanings", "How many dollars are 80 pounds?", "'euros' is also the key of the euro's rate; exchanged there too, a pound would be worth a euro.")
    p.replay("slot", "How many dollars are 95.50 euros?", {"80": "95.50"}, "The amount is a literal, once.")
    p.replay("slot+wording", "Can you tell me how many dollars 120 euros are?", {"80": "120"}, "Another amount, asked indirectly.")
    p.refuse("direction", "How many euros are 80 dollars?", "The other way round.")
    p.refuse("negation", "How many dollars are 80 euros not worth?", "A negation.")


def names_beside_numbers(p):
    p.demo("unused-name", "Will it rain in Vienna today?", """
import os

import requests

city = "Vienna"
position = "48.2082,16.3738"
params = {"key": os.environ["WEATHER_KEY"], "q": position, "days": 1}
data = requests.get("https://api.weatherapi.com/v1/forecast.json", params=params).json()
rain = data["forecast"]["forecastday"][0]["day"]["daily_will_it_rain"]
print("ANSWER:", city, "yes" if rain else "no")
""")
    p.refuse("coordinates", "Will it rain in Salzburg today?", "The city is a literal of its own, yet the request is made with the position.")
    p.refuse("coordinates", "Will it rain in Linz today, please?", "Only what is printed would change.")
    p.replay("wording", "Today, will it rain in Vienna?", {}, "The adverb moved; 'today' is the day the program runs.", clock="2026-06-01T07:00:00")
    p.refuse("other-quantity", "Will it snow in Vienna today?", "Snow is another field.")
    p.refuse("granularity", "Will it rain in Vienna this week?", "A week for a day.")

    p.demo("comment-name", "How humid is it in Prague right now?", """
import os

import requests

# Prague
latitude, longitude = 50.0755, 14.4378
params = {"key": os.environ["WEATHER_KEY"], "q": f"{latitude},{longitude}"}
data = requests.get("https://api.weatherapi.com/v1/current.json", params=params).json()
print("ANSWER:", data["current"]["humidity"], "%")
""")
    p.refuse("coordinates", "How humid is it in Brno right now?", "The name is in a comment only.")
    p.replay("wording", "Could you please tell me how humid it is in Prague right now?", {}, "An indirect question.")
    p.refuse("comparison-turned", "How dry is it in Prague right now?", "The opposite was asked; what number would say so is not certain.")
    p.refuse("superlative-added", "How humid is it in the most humid part of Prague right now?", "A superlative.")

    p.demo("dictionary", "What is the current temperature at Paris airport, in Celsius?", """
import os

import requests

AIRPORTS = {"Paris": "iata:CDG", "London": "iata:LHR", "Rome": "iata:FCO"}
params = {"key": os.environ["WEATHER_KEY"], "q": AIRPORTS["Paris"]}
data = requests.get("https://api.weatherapi.com/v1/current.json", params=params).json()
print("ANSWER:", data["current"]["temp_c"])
""")
    p.refuse("two-meanings", "What is the current temperature at London airport, in Celsius?",
             "'Paris' is also the key of its airport; exchanged there too, London would be at CDG.")
    p.refuse("two-meanings", "What is the current temperature at Madrid airport, in Celsius?", "Madrid has no entry; exchanged in both places, it would be at CDG.")
    p.refuse("fixed-field", "What is the current temperature at Paris airport, in Fahrenheit?", "The field is in Celsius.")
    p.replay("wording", "Tell me the current temperature at Paris airport, in Celsius.", {}, "An imperative for a question.")

    p.demo("ticker-label", "How many Apple shares were traded on March 8, 2022?",
           daily_program("AAPL", 'print("ANSWER: Apple", days["2022-03-08"]["5. volume"])'))
    p.refuse("ticker-unknown", "How many Disney shares were traded on March 8, 2022?", "'Apple' is a literal of the label; Disney's ticker is not known.")
    p.replay("slot", "How many Apple shares were traded on March 9, 2022?", {"2022-03-08": "2022-03-09"}, "Only the date.")
    p.refuse("second-value", "How many Apple shares were traded on March 8, 2022 and on March 9, 2022?", "Two dates.")
    p.refuse("unit-asked", "For how many dollars were Apple shares traded on March 8, 2022?", "Money for pieces.")
    p.replay("known-mapping", "How many Disney shares were traded on March 10, 2022?", {"AAPL": "DIS", "Apple": "Disney", "2022-03-08": "2022-03-10"},
             "A verified program of the same shape has Disney as DIS.",
             known=[("How many Disney shares were traded on April 1, 2022?", daily_program("DIS", 'print("ANSWER: Disney", days["2022-04-01"]["5. volume"])'))])


def special_cases(p):
    p.demo("file-name", "How many orders came from paris last year?", """
import pandas as pd

orders = pd.read_csv("data/orders_paris_2025.csv")
print("ANSWER:", len(orders))""")
    p.refuse("derived-value", "How many orders came from lyon last year?", "The name is inside a file's name; that there is such a file for Lyon is a guess.")
    p.refuse("derived-value", "How many orders came from paris two years ago?", "The year is inside a file's name and was worked out.")
    p.refuse("relative-date-fixed", "How many orders came from paris last year?", "The file is 2025's; a year later 'last year' is another one, inside a file's name.", clock="2027-02-01T09:00:00")
    p.replay("identical", "How many orders came from paris last year?", {}, "The same year still.", clock="2026-12-01T09:00:00")

    p.demo("branch", "What does shipping to Germany cost for 4 kg?", """
country = "Germany"
weight = 4
if country == "Germany":
    cost = 4.90 + 0.80 * weight
else:
    cost = 9.90 + 2.10 * weight
print("ANSWER:", round(cost, 2), "euros")""")
    p.refuse("two-meanings", "What does shipping to Spain cost for 4 kg?",
             "'Germany' is also what the branch compares with; exchanged there too, Spain would get Germany's price.")
    p.refuse("unit-asked", "What does shipping to Germany cost for 4 pounds?", "Another unit of weight.")
    p.refuse("direction", "What does shipping from Germany cost for 4 kg?", "From for to.")
    p.refuse("including-excluding", "What does shipping to Germany cost for 4 kg, without VAT?", "A tax taken off.")

    p.demo("cap", "How many of the 40 desks are free when 25 people come?", """
print("ANSWER:", 40 - 25)""")
    p.replay("several-slots", "How many of the 60 desks are free when 45 people come?", {"40": "60", "25": "45"}, "Two numbers, each once.")
    p.replay("slot", "How many of the 40 desks are free when 31 people come?", {"25": "31"}, "One number.")
    p.refuse("negation", "How many of the 40 desks are not free when 25 people come?", "A negation.")
    p.refuse("condition-added", "How many of the 40 desks are free when 25 people come and 5 leave?", "A third number.")
    p.refuse("other-quantity", "What share of the 40 desks is free when 25 people come?", "A share for a count.")


def units_in_labels(p):
    p.demo("wind-label", "How strong is the wind in Galway in km/h?",
           weather("current", '"q": "Galway"', 'print("ANSWER:", data["current"]["wind_kph"], "km/h")'))
    p.refuse("label-only", "How strong is the wind in Galway in mph?", "'km/h' is a literal of the label; the field is wind_kph.")
    p.refuse("label-only", "How strong is the wind in Galway in knots?", "Only the label would change.")
    p.replay("slot+wording", "Please tell me how strong the wind in Limerick is in km/h.", {"Galway": "Limerick"}, "Another city, asked indirectly.")
    p.refuse("superlative-added", "How strong is the strongest wind in Galway today in km/h?", "A maximum over the day.")

    p.demo("pressure-label", "What's the air pressure in Bern right now in hPa?",
           weather("current", '"q": "Bern"', 'print(f"ANSWER: {data[\'current\'][\'pressure_mb\']} hPa in Bern")'))
    p.refuse("label-only", "What's the air pressure in Bern right now in inHg?", "'hPa' is in the label only.")
    p.replay("slot", "What's the air pressure in Basel right now in hPa?", {"Bern": "Basel"}, "The city in the request and in the label.")
    p.replay("slot+wording", "Right now, what is the air pressure in Thun in hPa?", {"Bern": "Thun"}, "The adverb moved, the contraction undone, another city.")
    p.refuse("number-form", "What's the air pressure in Swiss towns right now in hPa?", "A kind of place, not a place.")

    p.demo("money-label", "What is the price of one NKE share in dollars?", quote_program("NKE", 'print("ANSWER:", price, "dollars")'))
    p.refuse("label-only", "What is the price of one NKE share in euros?", "'dollars' is in the label only.")
    p.replay("slot", "What is the price of one UPS share in dollars?", {"NKE": "UPS"}, "Only the ticker.")
    p.refuse("number-form", "What is the price of two NKE shares in dollars?", "The program has no number of shares.")
    p.refuse("direction", "How many NKE shares do I get for one dollar?", "The other way round.")
    p.refuse("invalid-value", "What is the price of one NΚE share in dollars?", "The K is a Greek kappa: no ticker has one, and which was meant is a guess.")

    p.demo("highest-label", "What is today's highest price of SBUX?", stock("GLOBAL_QUOTE", '"symbol": "SBUX"', """
print("ANSWER: highest price of SBUX today:", data["Global Quote"]["03. high"])"""))
    p.refuse("superlative-flipped", "What is today's lowest price of SBUX?", "'highest' is a literal, in the label only; the field is '03. high'.")
    p.replay("slot", "What is today's highest price of MCD?", {"SBUX": "MCD"}, "The ticker in the request and in the label.")
    p.refuse("granularity", "What is this year's highest price of SBUX?", "A year for a day.")
    p.replay("wording", "Please tell me today's highest price of SBUX.", {}, "An imperative for a question.")

    p.demo("rain-label", "Is rain expected in Turku tomorrow?", weather("forecast", '"q": "Turku", "days": 2', """
day = data["forecast"]["forecastday"][1]["day"]
print("ANSWER:", "rain expected" if day["daily_will_it_rain"] else "no rain expected")"""))
    p.refuse("label-only", "Is snow expected in Turku tomorrow?", "'rain' is a literal of the label; the field asks for rain.")
    p.replay("slot", "Is rain expected in Vaasa tomorrow?", {"Turku": "Vaasa"}, "Only the city.")
    p.refuse("negation", "Is no rain expected in Turku tomorrow?", "A negation.")
    p.refuse("including-excluding", "Is rain expected in Turku tomorrow except in the morning?", "A part of the day is left out.")

    p.demo("type-label", "How many museums are there within 2000 meters of 52.5163,13.3777?",
           place("nearbysearch", '"location": "52.5163,13.3777", "radius": 2000, "type": "museum"', 'print("ANSWER:", len(data["results"]), "museums")'))
    p.replay("slot", "How many museums are there within 1200 meters of 52.5163,13.3777?", {"2000": "1200"}, "The radius is a literal, once.")
    p.replay("slot", "How many museums are there within 2000 meters of 48.1374,11.5755?", {"52.5163,13.3777": "48.1374,11.5755"}, "The position is in the question itself.")
    p.refuse("comparison-turned", "How many museums are there farther than 2000 meters from 52.5163,13.3777?", "Outside for within.")
    p.refuse("question-word", "Which museums are there within 2000 meters of 52.5163,13.3777?", "Names for a number.")
    p.refuse("superlative-added", "How far is the nearest museum from 52.5163,13.3777?", "A distance.")
