"""Pairs on WeatherAPI."""

from builder import day, weather


def pairs(p):
    now(p)
    days_ahead(p)
    thresholds(p)
    dates(p)
    names(p)
    several_places(p)
    hidden(p)


def now(p):
    p.demo("temp-c", "What is the current temperature in Paris in Celsius?",
           weather("current", '"q": "Paris"', 'print("ANSWER:", data["current"]["temp_c"])'))
    p.replay("slot", "What is the current temperature in Oslo in Celsius?", {"Paris": "Oslo"}, "Only the city changed.")
    p.replay("slot+wording", "Please tell me the current temperature in Nairobi in Celsius.", {"Paris": "Nairobi"},
             "Another city, and a polite opening that asks for the same.")
    p.refuse("fixed-field", "What is the current temperature in Paris in Fahrenheit?",
             "The field temp_c is Celsius; no literal says the unit by itself.")
    p.refuse("second-value", "What is the current temperature in Paris and Rome in Celsius?", "Two cities; the program asks for one.")
    p.refuse("other-quantity", "What is the current dew point in Paris in Celsius?", "Another quantity.")
    p.refuse("other-function", "What was the temperature in Paris yesterday in Celsius?", "The past needs history, not current.")

    p.demo("warm-label", "How warm is it in Lisbon right now, in degrees Celsius?",
           weather("current", '"q": "Lisbon"',
                   'print(f"ANSWER: {data[\'current\'][\'temp_c\']} degrees Celsius in Lisbon")'))
    p.replay("slot", "How warm is it in Porto right now, in degrees Celsius?", {"Lisbon": "Porto"},
             "The city stands in the request and in the label; both change.")
    p.replay("slot+wording", "Could you tell me how warm it is in Braga right now, in degrees Celsius?", {"Lisbon": "Braga"},
             "An indirect question asks for the same.")
    p.refuse("label-only", "How warm is it in Lisbon right now, in degrees Fahrenheit?",
             "'Celsius' is a literal, but only in the label: exchanging it would print Celsius under the name of Fahrenheit.")
    p.refuse("tense", "How warm will it be in Lisbon tomorrow, in degrees Celsius?", "A forecast, not the current value.")
    p.refuse("condition-added", "How warm is it in Lisbon right now, in degrees Celsius, and is it windy?", "Something more is asked.")

    p.demo("cloud-url", "What is the current cloud coverage in Mumbai, India?", """
import os

import requests

key = os.environ["WEATHER_KEY"]
response = requests.get(f"http://api.weatherapi.com/v1/current.json?key={key}&q=Mumbai")
print("ANSWER:", response.json()["current"]["cloud"], "%")
""")
    p.replay("slot", "What is the current cloud coverage in Chennai, India?", {"Mumbai": "Chennai"},
             "Only the city changed; it is a literal part of the URL. The country stayed.")
    p.replay("wording", "Tell me the current cloud coverage in Mumbai, India, please.", {}, "The same question, politely.")
    p.refuse("hidden-part", "What is the current cloud coverage in Hyderabad, Pakistan?",
             "The country changed and is nowhere in the program; q=Hyderabad alone finds the city in India.")
    p.refuse("injection", "What is the current cloud coverage in Mumbai&aqi=yes, India?",
             "Not a place: in the URL it would add a parameter.")
    p.refuse("aggregate-added", "What is the average cloud coverage in Mumbai, India?", "An average over some time, not the current value.")
    p.refuse("other-quantity", "What is the current visibility in Mumbai, India?", "Another field.")

    p.demo("visibility", "What is the visibility in Denver in miles right now?",
           weather("current", '"q": "Denver, Colorado"', 'print("ANSWER:", data["current"]["vis_miles"])'))
    p.refuse("fixed-field", "What is the visibility in Denver in kilometers right now?", "The unit is part of the field's name, vis_miles.")
    p.refuse("fixed-field", "What's the visibility in Denver in feet right now?", "No field has feet, and miles are not exchanged by renaming.")
    p.refuse("hidden-part", "What is the visibility in Aurora in miles right now?",
             "The program says 'Denver, Colorado'; whether Aurora is in Colorado (or in Illinois) is not said, so the state is a guess.")
    p.replay("wording", "What's the visibility in Denver in miles right now, please?", {}, "A contraction and a please.")

    p.demo("metres", "How far can one see in Oslo at the moment, in metres?",
           weather("current", '"q": "Oslo"', 'print("ANSWER:", round(data["current"]["vis_km"] * 1000))'))
    p.replay("slot", "How far can one see in Tromsø at the moment, in metres?", {"Oslo": "Tromsø"}, "Only the city, with a non-ASCII letter.")
    p.refuse("derived-value", "How far can one see in Oslo at the moment, in feet?", "The unit is in a factor, 1000, not in a literal of its own.")
    p.refuse("derived-value", "How far can one see in Oslo at the moment, in kilometres?", "The factor would have to go.")


def days_ahead(p):
    p.demo("rain-days", "Will it rain in Tokyo over the next 5 days?",
           weather("forecast", '"q": "Tokyo", "days": 5', """
wet = [d["date"] for d in data["forecast"]["forecastday"] if d["day"]["daily_will_it_rain"]]
print("ANSWER:", ", ".join(wet) or "no")"""))
    p.replay("slot", "Will it rain in Tokyo over the next 3 days?", {"5": "3"}, "The number of days is the literal 5, which occurs once.")
    p.replay("number-word", "Will it rain in Osaka over the next seven days?", {"Tokyo": "Osaka", "5": "7"},
             "City and number changed; 'seven' is 7.")
    p.refuse("negation", "Will it not rain in Tokyo over the next 5 days?", "A negation.")
    p.refuse("other-quantity", "Will it snow in Tokyo over the next 5 days?", "Snow is another field.")
    p.refuse("granularity", "Will it rain in Tokyo over the next 5 hours?", "Hours, not days.")
    p.refuse("direction", "Did it rain in Tokyo over the past 5 days?", "The past, which is another endpoint.")

    p.demo("max-tomorrow", "What will the maximum temperature in Madrid be tomorrow?",
           weather("forecast", '"q": "Madrid", "days": 2', 'print("ANSWER:", data["forecast"]["forecastday"][1]["day"]["maxtemp_c"])'))
    p.replay("slot", "What will the maximum temperature in Seville be tomorrow?", {"Madrid": "Seville"},
             "'Tomorrow' is unchanged and the program counts from the day it runs.", clock="2026-08-01T08:00:00")
    p.replay("slot+wording", "Tomorrow, what will the maximum temperature in Valencia be?", {"Madrid": "Valencia"},
             "The adverb moved to the front; nothing else but the city changed.")
    p.refuse("superlative-flipped", "What will the minimum temperature in Madrid be tomorrow?", "Minimum for maximum.")
    p.refuse("aggregate-changed", "What will the average temperature in Madrid be tomorrow?", "Average for maximum.")
    p.refuse("derived-value", "What will the maximum temperature in Madrid be the day after tomorrow?",
             "The day is an index, 1, and the number of days, 2, follows from it; neither is a date.")
    p.refuse("derived-value", "What will the maximum temperature in Madrid be today?", "The day is an index, not a date.")

    p.demo("sunset-in-3", "When does the sun set in Rome three days from now?",
           weather("forecast", '"q": "Rome", "days": 4', 'print("ANSWER:", data["forecast"]["forecastday"][3]["astro"]["sunset"])'))
    p.refuse("derived-value", "When does the sun set in Rome five days from now?",
             "The forecast's length, 4, follows from the three days; with the index alone exchanged, the day is not in the response.")
    p.refuse("superlative-flipped", "When does the sun rise in Rome three days from now?", "Sunrise is another field.")
    p.refuse("direction", "When did the sun set in Rome three days ago?", "The past.")
    p.refuse("granularity", "When does the sun set in Rome three weeks from now?", "Weeks, not days.")
    p.replay("slot", "When does the sun set in Naples three days from now?", {"Rome": "Naples"}, "Only the city changed.")

    p.demo("mean-max", "What is the average of the daily maximum temperatures in Cairo over the next 7 days?",
           weather("forecast", '"q": "Cairo", "days": 7', """
highs = [d["day"]["maxtemp_c"] for d in data["forecast"]["forecastday"]]
print("ANSWER:", round(sum(highs) / len(highs), 1))"""))
    p.replay("several-slots", "What is the average of the daily maximum temperatures in Luxor over the next 3 days?",
             {"Cairo": "Luxor", "7": "3"}, "City and number; the average divides by the length of the list.")
    p.refuse("aggregate-changed", "What is the highest of the daily maximum temperatures in Cairo over the next 7 days?", "Highest, not average.")
    p.refuse("superlative-flipped", "What is the average of the daily minimum temperatures in Cairo over the next 7 days?", "Minimum for maximum.")
    p.refuse("including-excluding", "What is the average of the daily maximum temperatures in Cairo over the next 7 days, excluding today?",
             "One day fewer goes into the average.")
    p.refuse("granularity", "What is the average of the daily maximum temperatures in Cairo over the next 7 weeks?", "Weeks for days.")

    p.demo("rain-per-day", "How much rain is expected per day in Seattle over the next 7 days?",
           weather("forecast", '"q": "Seattle", "days": 7', """
for d in data["forecast"]["forecastday"]:
    print("ANSWER:", d["date"], d["day"]["totalprecip_mm"], "mm")"""))
    p.refuse("aggregate-added", "How much rain is expected in total in Seattle over the next 7 days?", "A sum for a list of days.")
    p.refuse("rate-changed", "How much rain is expected per hour in Seattle over the next 7 days?", "Per hour for per day.")
    p.refuse("rate-changed", "How much rain is expected per week in Seattle over the next 7 days?", "Per week for per day.")
    p.refuse("aggregate-added", "How much rain is expected on average per day in Seattle over the next 7 days?", "An average was added.")
    p.replay("slot", "How much rain is expected per day in Portland over the next 7 days?", {"Seattle": "Portland"}, "Only the city changed.")
    p.replay("wording", "Could you please tell me how much rain is expected per day in Seattle over the next 7 days?", {}, "The same, politely.")

    p.demo("coldest-day", "Which of the next 7 days will be the coldest in Warsaw?",
           weather("forecast", '"q": "Warsaw", "days": 7', """
coldest = min(data["forecast"]["forecastday"], key=lambda d: d["day"]["mintemp_c"])
print("ANSWER:", coldest["date"])"""))
    p.refuse("superlative-flipped", "Which of the next 7 days will be the warmest in Warsaw?", "Warmest for coldest.")
    p.refuse("superlative-changed", "Which of the next 7 days will be the windiest in Warsaw?", "Another quantity.")
    p.refuse("superlative-dropped", "Which of the next 7 days will be cold in Warsaw?", "The superlative is gone; what counts as cold is not said.")
    p.refuse("number-form", "Which two of the next 7 days will be the coldest in Warsaw?", "Two days; the program picks one.")
    p.replay("slot+wording", "Can you tell me which of the next 10 days will be the coldest in Kraków?", {"7": "10", "Warsaw": "Kraków"},
             "City and number, asked indirectly.")


def thresholds(p):
    p.demo("humid-above", "Is the humidity in Singapore above 70 percent right now?",
           weather("current", '"q": "Singapore"', 'print("ANSWER:", "yes" if data["current"]["humidity"] > 70 else "no")'))
    p.replay("slot", "Is the humidity in Singapore above 85 percent right now?", {"70": "85"}, "The limit is the literal 70, once.")
    p.replay("slot", "Is the humidity in Jakarta above 62.5 percent right now?", {"70": "62.5", "Singapore": "Jakarta"}, "City and limit.")
    p.refuse("comparison-turned", "Is the humidity in Singapore below 70 percent right now?", "Below for above.")
    p.refuse("comparison-turned", "Is the humidity in Singapore at least 70 percent right now?", "'At least' includes 70.")
    p.refuse("negation", "Is the humidity in Singapore not above 70 percent right now?", "A negation.")
    p.refuse("condition-added", "Is the humidity in Singapore above 70 but under 80 percent right now?", "One more condition.")

    p.demo("five-and-five", "In the next 5 days, on which days will there be more than 5 mm of rain in Bergen?",
           weather("forecast", '"q": "Bergen", "days": 5', """
wet = [d["date"] for d in data["forecast"]["forecastday"] if d["day"]["totalprecip_mm"] > 5]
print("ANSWER:", ", ".join(wet) or "none")"""))
    p.replay("slot", "In the next 5 days, on which days will there be more than 5 mm of rain in Molde?", {"Bergen": "Molde"},
             "Only the city changed; neither 5 did.")
    p.refuse("two-meanings", "In the next 3 days, on which days will there be more than 5 mm of rain in Bergen?",
             "5 occurs twice in the program; which one is the days is a guess.")
    p.refuse("two-meanings", "In the next 5 days, on which days will there be more than 10 mm of rain in Bergen?",
             "5 occurs twice; which one is the limit is a guess.")
    p.refuse("two-meanings", "In the next 7 days, on which days will there be more than 2 mm of rain in Bergen?",
             "Both changed, and which 5 is which is a guess.")
    p.refuse("comparison-turned", "In the next 5 days, on which days will there be less than 5 mm of rain in Bergen?", "Less for more.")
    p.refuse("other-quantity", "In the next 5 days, on which days will there be more than 5 cm of snow in Bergen?", "Snow, in another unit.")

    p.demo("warmer-than", "Which of the next 10 days will be warmer than 20 °C in Athens?",
           weather("forecast", '"q": "Athens", "days": 10', """
warm = [d["date"] for d in data["forecast"]["forecastday"] if d["day"]["maxtemp_c"] > 20]
print("ANSWER:", ", ".join(warm) or "none")"""))
    p.replay("several-slots", "Which of the next 4 days will be warmer than 25 °C in Athens?", {"10": "4", "20": "25"},
             "Two numbers, each of which occurs once in the program.")
    p.replay("slot", "Which of the next 10 days will be warmer than 20 °C in Thessaloniki?", {"Athens": "Thessaloniki"}, "Only the city.")
    p.refuse("comparison-turned", "Which of the next 10 days will be colder than 20 °C in Athens?", "Colder for warmer.")
    p.refuse("fixed-field", "Which of the next 10 days will be warmer than 70 °F in Athens?", "The field is in Celsius.")
    p.refuse("condition-added", "Which of the next 10 days will be dry and warmer than 20 °C in Athens?", "Dry is one more condition.")
    p.refuse("comparison-turned", "Which of the next 10 days will be at 20 °C or warmer in Athens?", "Now 20 itself counts.")


def dates(p):
    p.demo("sunset-date", "What time is sunset in Rome on 2026-03-14?",
           weather("astronomy", '"q": "Rome", "dt": "2026-03-14"', 'print("ANSWER:", data["astronomy"]["astro"]["sunset"])'))
    p.replay("date-wording", "What time is sunset in Rome on March 20, 2026?", {"2026-03-14": "2026-03-20"}, "The date in words.")
    p.replay("date-wording", "What time is sunset in Palermo on the 21st of March 2026?", {"2026-03-14": "2026-03-21", "Rome": "Palermo"},
             "City and date, the date in yet another wording.")
    p.replay("relative-date", "What time is sunset in Rome tomorrow?", {"2026-03-14": "2026-03-13"}, "Tomorrow by the task's clock.")
    p.refuse("superlative-flipped", "What time is sunrise in Rome on 2026-03-14?", "Sunrise is another field.")
    p.refuse("other-quantity", "What time is moonset in Rome on 2026-03-14?", "Moonset is another field.")
    p.refuse("ambiguous-value", "What time is sunset in Rome on 04/05/2026?", "4 May or April 5: the order of day and month is not known.")

    p.demo("wind-tomorrow", "How windy will it be in Chicago tomorrow?",
           weather("forecast", '"q": "Chicago", "dt": "2026-03-11"', 'print("ANSWER:", data["forecast"]["forecastday"][0]["day"]["maxwind_kph"], "km/h")'))
    p.replay("relative-date", "How windy will it be in Chicago tomorrow?", {"2026-03-11": "2026-03-13"},
             "The same words mean another date two days later: asked on the 10th, the program has the 11th.")
    p.replay("relative-date", "How windy will it be in Chicago the day after tomorrow?", {"2026-03-11": "2026-03-14"},
             "The program's date is what 'tomorrow' was when it was asked.")
    p.replay("date-wording", "How windy will it be in Boston on 16 March 2026?", {"2026-03-11": "2026-03-16", "Chicago": "Boston"},
             "A date in words for a relative one.")
    p.refuse("granularity", "How windy will it be in Chicago tomorrow evening?", "A part of the day; the program takes the whole day's maximum.")
    p.refuse("granularity", "How windy will it be in Chicago next week?", "A week; the program asks for a day.")
    p.refuse("second-value", "How windy will it be in Chicago and Milwaukee tomorrow?", "A second city.")

    p.demo("snow-today", "How much snow falls in Anchorage, Alaska, today?",
           weather("forecast", '"q": "Anchorage, Alaska", "dt": "2026-03-10"',
                   'print("ANSWER:", data["forecast"]["forecastday"][0]["day"]["totalsnow_cm"], "cm")'))
    p.replay("relative-date", "How much snow falls in Anchorage, Alaska, today?", {"2026-03-10": "2026-03-12"},
             "Today is another day now; replaying the old date would be wrong.")
    p.replay("identical", "How much snow falls in Anchorage, Alaska, today?", {}, "The same question on the same day.", clock="2026-03-10T16:45:00")
    p.replay("several-slots", "How much snow falls in Fairbanks, Alaska, tomorrow?", {"Anchorage": "Fairbanks", "2026-03-10": "2026-03-13"},
             "City and day; the state stayed.")
    p.refuse("other-quantity", "How much rain falls in Anchorage, Alaska, today?", "Rain is another field.")
    p.refuse("granularity", "How much snow falls in Anchorage, Alaska, this month?", "A month for a day.")
    p.refuse("unit-asked", "How much snow falls in Anchorage, Alaska, today, in inches?", "The field is in centimetres.")

    p.demo("rain-friday", "What is the chance of rain in Dublin next Friday?",
           weather("forecast", '"q": "Dublin", "dt": "2026-03-13"',
                   'print("ANSWER:", data["forecast"]["forecastday"][0]["day"]["daily_chance_of_rain"], "%")'),
           asked="2026-03-07T10:00:00")
    p.replay("relative-date", "What is the chance of rain in Dublin next Friday?", {"2026-03-13": "2026-03-20"},
             "Asked on a Saturday both times, so that 'next Friday' can mean one day only.", clock="2026-03-14T10:00:00")
    p.replay("relative-date", "What is the chance of rain in Cork next Monday?", {"2026-03-13": "2026-03-16", "Dublin": "Cork"},
             "On a Saturday next Monday is in two days.", clock="2026-03-14T10:00:00")
    p.refuse("granularity", "What is the chance of rain in Dublin next weekend?", "Two days for one.", clock="2026-03-14T10:00:00")
    p.refuse("other-quantity", "What is the chance of snow in Dublin next Friday?", "Snow is another field.", clock="2026-03-14T10:00:00")
    p.refuse("negation", "What is the chance of no rain in Dublin next Friday?", "The complement.", clock="2026-03-14T10:00:00")

    p.demo("rain-between", "How much did it rain in Berlin between 2026-02-02 and 2026-02-05?",
           weather("history", '"q": "Berlin", "dt": "2026-02-02", "end_dt": "2026-02-05"', """
total = sum(d["day"]["totalprecip_mm"] for d in data["forecast"]["forecastday"])
print("ANSWER:", round(total, 1), "mm")"""))
    p.replay("several-slots", "How much did it rain in Hamburg between 2026-02-09 and 2026-02-12?",
             {"Berlin": "Hamburg", "2026-02-02": "2026-02-09", "2026-02-05": "2026-02-12"}, "City and both ends.")
    p.replay("several-slots", "How much did it rain in Berlin between February 5, 2026 and February 8, 2026?",
             {"2026-02-02": "2026-02-05", "2026-02-05": "2026-02-08"},
             "The old end is the new start: the exchanges must be made at once, not one after the other.")
    p.refuse("bound-flipped", "How much did it rain in Berlin since 2026-02-05?", "An open end; the program has two.")
    p.refuse("including-excluding", "How much did it rain in Berlin between 2026-02-02 and 2026-02-05, not counting 2026-02-03?", "A day is left out.")
    p.refuse("rate-changed", "How much did it rain per day in Berlin between 2026-02-02 and 2026-02-05?", "Per day, not the sum.")
    p.refuse("invalid-value", "How much did it rain in Berlin between 2026-02-02 and 2026-02-30?", "There is no February 30.")


def names(p):
    p.demo("humidity-name", "What is the current humidity in Porto?",
           weather("current", '"q": "Porto"', 'print("ANSWER:", data["current"]["humidity"])'))
    p.replay("trap-name", "What is the current humidity in Lowestoft?", {"Porto": "Lowestoft"}, "A town whose name begins like 'lowest'.")
    p.replay("trap-name", "What is the current humidity in Most, Czechia?", {"Porto": "Most, Czechia"}, "A town called Most.")
    p.replay("trap-name", "What is the current humidity in High Point, North Carolina?", {"Porto": "High Point, North Carolina"}, "A town with 'high' in its name.")
    p.refuse("superlative-added", "What is the current humidity in the most humid town of Portugal?", "A description, not a place.")
    p.refuse("superlative-added", "What is the current highest humidity in Portugal?", "The highest over many places, not that of one.")
    p.refuse("injection", 'What is the current humidity in Porto"}; import os; print(os.environ) #?', "Code in place of a city.")

    p.demo("wind-ascii", "What is the current wind speed in Zürich?",
           weather("current", '"q": "Zürich"', 'print("ANSWER:", data["current"]["wind_kph"], "km/h")'))
    p.replay("non-ascii", "What is the current wind speed in São Paulo?", {"Zürich": "São Paulo"}, "Non-ASCII letters in both.")
    p.replay("non-ascii", "What's the current wind speed in Łódź?", {"Zürich": "Łódź"}, "Non-ASCII letters, and a contraction.")
    p.replay("non-ascii", "What is the current wind speed in 東京?", {"Zürich": "東京"}, "A place in another script.")
    p.refuse("other-quantity", "What is the current wind direction in Zürich?", "Another field.")
    p.refuse("other-quantity", "What is the current wind gust speed in Zürich?", "Gusts are another field.")
    p.refuse("empty-value", "What is the current wind speed in ?", "No place was named.")

    p.demo("york", "Which is warmer right now, York or New York?", """
import os

import requests


def temperature(town):
    params = {"key": os.environ["WEATHER_KEY"], "q": town}
    return requests.get("https://api.weatherapi.com/v1/current.json", params=params).json()["current"]["temp_c"]


print("ANSWER:", max(["York", "New York"], key=temperature))
""")
    p.replay("trap-name", "Which is warmer right now, Leeds or New York?", {'"York"': '"Leeds"'},
             "York alone changed; it is also a part of New York, which did not.")
    p.replay("several-slots", "Which is warmer right now, York or New Orleans?", {"New York": "New Orleans"}, "Only the second changed.")
    p.refuse("superlative-flipped", "Which is colder right now, York or New York?", "Colder for warmer.")
    p.refuse("second-value", "Which is warmest right now, York, New York or Yorkton?", "A third place, and a superlative.")
    p.refuse("question-word", "How much warmer is it right now in York or New York?", "A difference, not a name.")


def several_places(p):
    p.demo("warmer-pair", "Is it warmer in Rome than in Milan right now?", """
import os

import requests


def now(town):
    url = f"https://api.weatherapi.com/v1/current.json?key={os.environ['WEATHER_KEY']}&q={town}"
    return requests.get(url).json()["current"]


first, second = now("Rome"), now("Milan")
print("ANSWER:", "yes" if first["temp_c"] > second["temp_c"] else "no")
""")
    p.replay("swap", "Is it warmer in Milan than in Rome right now?", {"Rome": "Milan", "Milan": "Rome"},
             "Each city is a literal in its own place; exchanged at once the order follows the question.")
    p.replay("several-slots", "Is it warmer in Naples than in Turin right now?", {"Rome": "Naples", "Milan": "Turin"}, "Both cities.")
    p.refuse("comparison-turned", "Is it colder in Rome than in Milan right now?", "Colder for warmer.")
    p.refuse("comparison-turned", "Is it as warm in Rome as in Milan right now?", "Equality, not greater.")
    p.refuse("second-value", "Is it warmer in Rome than in Milan and Turin right now?", "A third city.")
    p.refuse("negation", "Isn't it any warmer in Rome than in Milan right now?", "A negated question: what 'yes' means is turned.")

    p.demo("trip", "I am going to Lyon on March 15, 2026. What will the weather be like there?",
           weather("forecast", '"q": "Lyon", "dt": "2026-03-15"', """
d = data["forecast"]["forecastday"][0]["day"]
print("ANSWER:", d["condition"]["text"], d["mintemp_c"], "to", d["maxtemp_c"], "°C")"""))
    p.replay("several-slots", "I am going to Nantes on 2026-03-17. What will the weather be like there?",
             {"Lyon": "Nantes", "2026-03-15": "2026-03-17"}, "Place and date, the date as ISO.")
    p.replay("relative-date", "I am going to Lyon tomorrow. What will the weather be like there?", {"2026-03-15": "2026-03-13"}, "By the clock.")
    p.refuse("condition-added", "I am going to Lyon on March 15, 2026. What will the weather be like there at noon?", "A time of day.")
    p.refuse("condition-added", "I am going to Lyon from March 15, 2026 until March 18, 2026. What will the weather be like there?", "Several days.")
    p.refuse("second-value", "I am going to Lyon on March 15, 2026 and then to Nice. What will the weather be like there?", "Two places; 'there' is no longer certain.")


def hidden(p):
    p.demo("coordinates", "What is the current temperature in Reykjavík?",
           weather("current", '"q": "64.1466,-21.9426"', 'print("ANSWER: Reykjavík", data["current"]["temp_c"], "°C")'))
    p.refuse("coordinates", "What is the current temperature in Akureyri?",
             "The place is in the program as coordinates; the name is only in the label.")
    p.replay("known-mapping", "What is the current temperature in Akureyri?", {"64.1466,-21.9426": "65.6885,-18.1262", "Reykjavík": "Akureyri"},
             "An earlier verified program of the same shape gives the coordinates.",
             known=[("What is the current temperature in Akureyri?",
                     weather("current", '"q": "65.6885,-18.1262"', 'print("ANSWER: Akureyri", data["current"]["temp_c"], "°C")'))])
    p.replay("wording", "Could you tell me the current temperature in Reykjavík, please?", {}, "Nothing changed.")
    p.refuse("coordinates", "What is the current temperature in Selfoss?", "What is known is another town's coordinates.",
             known=[("What is the current temperature in Akureyri?",
                     weather("current", '"q": "65.6885,-18.1262"', 'print("ANSWER: Akureyri", data["current"]["temp_c"], "°C")'))])

    p.demo("seven-am", "What will the wind speed in Zug be at 7 am tomorrow?",
           weather("forecast", '"q": "Zug", "days": 2', 'print("ANSWER:", data["forecast"]["forecastday"][1]["hour"][7]["wind_kph"])'))
    p.refuse("time-of-day", "What will the wind speed in Zug be at 7 pm tomorrow?", "Twelve hours later; the 7 stayed and the meaning did not.")
    p.refuse("derived-value", "What will the wind speed in Zug be at 7 am today?", "The day is an index.")
    p.refuse("other-quantity", "What will the temperature in Zug be at 7 am tomorrow?", "Another field.")
    p.replay("slot", "What will the wind speed in Chur be at 7 am tomorrow?", {"Zug": "Chur"}, "Only the city.")

    p.demo("next-monday", "What will the maximum wind speed in Kiel be next Monday?", """
import datetime
import os

import requests

today = datetime.date.today()
monday = today + datetime.timedelta(days=(0 - today.weekday() + 7) % 7 or 7)
params = {"key": os.environ["WEATHER_KEY"], "q": "Kiel", "dt": monday.isoformat()}
data = requests.get("https://api.weatherapi.com/v1/forecast.json", params=params).json()
print("ANSWER:", data["forecast"]["forecastday"][0]["day"]["maxwind_kph"])
""")
    p.refuse("derived-value", "What will the maximum wind speed in Kiel be next Wednesday?", "The weekday is computed from a number, not a literal.")
    p.refuse("number-form", "What will the maximum wind speeds in Kiel be on the next Mondays?", "Several Mondays.")
    p.refuse("aggregate-changed", "What will the average wind speed in Kiel be next Monday?", "Average for maximum.")
    p.replay("slot", "What will the maximum wind speed in Rostock be next Monday?", {"Kiel": "Rostock"},
             "The program computes the Monday from the day it runs; only the city changed.", clock="2026-05-02T12:00:00")
