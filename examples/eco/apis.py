"""The three stand-ins as the gold programs ask them: the standard library, and nothing that a team could not do."""

import json
import os
import urllib.parse
import urllib.request

HOSTS = {
    "weather": os.environ.get("ECO_WEATHER", "http://127.0.0.1:18080"),
    "stock": os.environ.get("ECO_STOCK", "http://127.0.0.1:18081"),
    "places": os.environ.get("ECO_PLACES", "http://127.0.0.1:18082"),
}
KEYS = {
    "weather": os.environ.get("WEATHER_KEY", "standin-weather-5e1f09b3c7"),
    "stock": os.environ.get("STOCK_KEY", "standin-stock-8d42a6f017"),
    "places": os.environ.get("PLACES_KEY", "standin-places-b90c37e2d4"),
}
_answers = {}


def _get(api, path, **parameters):
    url = f"{HOSTS[api]}{path}?{urllib.parse.urlencode(parameters)}"
    if url not in _answers:
        with urllib.request.urlopen(url, timeout=30) as response:
            _answers[url] = json.load(response)
    return _answers[url]


# WeatherAPI

def weather(path, q, **parameters):
    return _get("weather", f"/v1/{path}.json", key=KEYS["weather"], q=q, **parameters)


def current(q):
    return weather("current", q)["current"]


def forecast(q):
    """All days of the forecast by date."""
    return {day["date"]: day for day in weather("forecast", q, days=14)["forecast"]["forecastday"]}


def future(q, date):
    return weather("future", q, dt=date)["forecast"]["forecastday"][0]


def history(q, first, last=None):
    last = last or first
    return weather("history", q, dt=first, end_dt=last)["forecast"]["forecastday"]


# Alpha Vantage

def stock(function, **parameters):
    answer = _get("stock", "/query", function=function, apikey=KEYS["stock"], **parameters)
    assert "Error Message" not in answer and "Information" not in answer, (function, parameters, answer)
    return answer


def daily(symbol):
    return stock("TIME_SERIES_DAILY", symbol=symbol, outputsize="full")["Time Series (Daily)"]


def monthly(symbol):
    return stock("TIME_SERIES_MONTHLY", symbol=symbol)["Monthly Time Series"]


def rate(source, target):
    answer = stock("CURRENCY_EXCHANGE_RATE", from_currency=source, to_currency=target)
    return float(answer["Realtime Currency Exchange Rate"]["5. Exchange Rate"])


def market(region):
    return next(one for one in stock("MARKET_STATUS")["markets"] if one["region"] == region)["current_status"]


def regions():
    return [one["region"] for one in stock("MARKET_STATUS")["markets"]]


# Google Places

def _places(path, **parameters):
    answer = _get("places", f"/maps/api/{path}/json", key=KEYS["places"], **parameters)
    assert answer["status"] in ("OK", "ZERO_RESULTS"), (path, parameters, answer)
    return answer


def text_search(query):
    return _places("place/textsearch", query=query)["results"]


def nearby(location, **parameters):
    return _places("place/nearbysearch", location=location, **parameters)["results"]


def details(place_id):
    return _places("place/details", place_id=place_id)["result"]


def geocode(address):
    point = _places("geocode", address=address)["results"][0]["geometry"]["location"]
    return f"{point['lat']},{point['lng']}"
