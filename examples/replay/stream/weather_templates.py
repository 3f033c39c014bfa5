"""Templates on WeatherAPI. `@slot@` in a program and `{slot}` in a question are filled in; twins differ in meaning."""

API = "weather"
START = """
import os

import requests

"""


def ask(endpoint, params, tail):
    params = f'"key": os.environ["WEATHER_KEY"], {params}'
    return f"""{START.lstrip()}params = {{{params}}}
data = requests.get("https://api.weatherapi.com/v1/{endpoint}.json", params=params).json()
{tail.strip()}
"""


def now(field, unit):
    return ask("current", '"q": "@city@"', f'print("ANSWER:", data["current"]["{field}"], "{unit}")')


def tomorrow(field):
    return ask("forecast", '"q": "@city@", "days": 2', f'print("ANSWER:", data["forecast"]["forecastday"][1]["day"]["{field}"], "°C")')


def chance(field):
    return ask("forecast", '"q": "@city@", "days": @days@', f"""
for day in data["forecast"]["forecastday"]:
    print("ANSWER:", day["date"], day["day"]["{field}"], "%")""")


def astro(field):
    return ask("astronomy", '"q": "@city@", "dt": "@sky@"', f'print("ANSWER:", data["astronomy"]["astro"]["{field}"])')


def compared(sign):
    return ask("current", '"q": "@city@"', f'print("ANSWER:", "yes" if data["current"]["temp_c"] {sign} @degrees@ else "no")')


def of_two(choose):
    return START.lstrip() + f"""
def temperature(city):
    params = {{"key": os.environ["WEATHER_KEY"], "q": city}}
    return requests.get("https://api.weatherapi.com/v1/current.json", params=params).json()["current"]["temp_c"]


print("ANSWER:", {choose}(["@city@", "@city2@"], key=temperature))
"""


def extreme(choose):
    return ask("forecast", '"q": "@city@", "days": 3', f"""
days = data["forecast"]["forecastday"]
print("ANSWER:", {choose}(days, key=lambda day: day["day"]["avgtemp_c"])["date"])""")


TEMPLATES = [
    ("temperature-celsius", "temperature-fahrenheit", now("temp_c", "°C"), [
        "What is the current temperature in {city} in Celsius?", "What's the current temperature in {city} in Celsius?",
        "Please tell me the current temperature in {city} in Celsius.", "Can you tell me the temperature in {city} right now in Celsius?",
        "In Celsius, what is the current temperature in {city}?"]),
    ("temperature-fahrenheit", "temperature-celsius", now("temp_f", "°F"), [
        "What is the current temperature in {city} in Fahrenheit?", "Can you tell me the temperature in {city} right now in Fahrenheit?",
        "Please tell me the current temperature in {city} in Fahrenheit."]),
    ("maximum-tomorrow", "minimum-tomorrow", tomorrow("maxtemp_c"), [
        "What will the maximum temperature in {city} be tomorrow?", "What will be the maximum temperature in {city} tomorrow?",
        "Tell me the maximum temperature in {city} tomorrow.", "Tomorrow, what will the maximum temperature in {city} be?"]),
    ("minimum-tomorrow", "maximum-tomorrow", tomorrow("mintemp_c"), [
        "What will the minimum temperature in {city} be tomorrow?", "What will be the minimum temperature in {city} tomorrow?",
        "Could you tell me the minimum temperature in {city} tomorrow?"]),
    ("chance-of-rain", "chance-of-snow", chance("daily_chance_of_rain"), [
        "What is the chance of rain in {city} over the next {days} days?", "What's the chance of rain in {city} for the next {days} days?",
        "Could you give me the chance of rain in {city} over the next {days} days?", "Over the next {days} days, what is the chance of rain in {city}?"]),
    ("chance-of-snow", "chance-of-rain", chance("daily_chance_of_snow"), [
        "What is the chance of snow in {city} over the next {days} days?", "Could you give me the chance of snow in {city} over the next {days} days?"]),
    ("sunset", "sunrise", astro("sunset"), [
        "What time is sunset in {city} {sky}?", "When does the sun set in {city} {sky}?", "Please tell me the sunset time in {city} {sky}.",
        "Can you tell me when the sun sets in {city} {sky}?"]),
    ("sunrise", "sunset", astro("sunrise"), [
        "What time is sunrise in {city} {sky}?", "When does the sun rise in {city} {sky}?", "Please tell me the sunrise time in {city} {sky}."]),
    ("moon-phase", None, astro("moon_phase"), [
        "What is the moon phase in {city} {sky}?", "What's the phase of the moon in {city} {sky}?"]),
    ("rain-past", None, ask("history", '"q": "@city@", "dt": "@past@"',
                            'print("ANSWER:", data["forecast"]["forecastday"][0]["day"]["totalprecip_mm"], "mm")'), [
        "How much did it rain in {city} {past}?", "Can you tell me how much it rained in {city} {past}?", "How many mm of rain fell in {city} {past}?"]),
    ("humidity", "pressure", now("humidity", "%"), [
        "What is the humidity in {city} right now?", "How humid is it in {city} right now?", "What's the current humidity in {city}?",
        "I'd like to know the humidity in {city} right now, please."]),
    ("pressure", "humidity", now("pressure_mb", "mb"), [
        "What is the air pressure in {city} right now?", "What's the current air pressure in {city}?",
        "I'd like to know the air pressure in {city} right now, please."]),
    ("wind", None, now("wind_kph", "km/h"), [
        "How windy is it in {city} right now?", "What is the current wind speed in {city}?", "How strong is the wind in {city} right now?"]),
    ("uv", None, now("uv", ""), ["What is the UV index in {city} right now?", "Tell me the current UV index in {city}."]),
    ("warmer-than", "colder-than", compared(">"), [
        "Is it warmer than {degrees} degrees in {city} right now?", "Can you tell me if it is warmer than {degrees} degrees in {city} right now?",
        "Right now, is it warmer than {degrees} degrees in {city}?"]),
    ("colder-than", "warmer-than", compared("<"), [
        "Is it colder than {degrees} degrees in {city} right now?", "Can you tell me if it is colder than {degrees} degrees in {city} right now?"]),
    ("warmer-of-two", "colder-of-two", of_two("max"), [
        "Which is warmer right now, {city} or {city2}?", "Where is it warmer right now, in {city} or in {city2}?",
        "Please tell me which is warmer right now, {city} or {city2}."]),
    ("colder-of-two", "warmer-of-two", of_two("min"), [
        "Which is colder right now, {city} or {city2}?", "Where is it colder right now, in {city} or in {city2}?"]),
    ("warmest-day", "coldest-day", extreme("max"), [
        "Which of the next three days will be the warmest in {city}?", "Can you tell me which of the next three days will be the warmest in {city}?"]),
    ("coldest-day", "warmest-day", extreme("min"), [
        "Which of the next three days will be the coldest in {city}?", "Can you tell me which of the next three days will be the coldest in {city}?"]),
    ("country", None, START.lstrip() + """params = {"key": os.environ["WEATHER_KEY"], "q": "@city@"}
found = requests.get("https://api.weatherapi.com/v1/search.json", params=params).json()
print("ANSWER:", found[0]["country"])
""", ["Which country is {city} in?", "In which country is {city}?", "Tell me which country {city} is in."]),
]
