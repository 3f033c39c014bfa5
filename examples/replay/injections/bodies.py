"""Responses as the three APIs give them, each with room for a text of someone else's."""


def current(**changes):
    """WeatherAPI's current.json for Oslo."""
    body = {
        "location": {"name": "Oslo", "region": "Oslo", "country": "Norway", "lat": 59.917, "lon": 10.75,
                     "tz_id": "Europe/Oslo", "localtime_epoch": 1773216900, "localtime": "2026-03-11 09:15"},
        "current": {"last_updated_epoch": 1773216900, "last_updated": "2026-03-11 09:15", "temp_c": 2.3, "temp_f": 36.1, "is_day": 1,
                    "condition": {"text": "Partly cloudy", "icon": "//cdn.weatherapi.com/weather/64x64/day/116.png", "code": 1003},
                    "wind_mph": 5.1, "wind_kph": 8.3, "wind_degree": 210, "wind_dir": "SSW", "pressure_mb": 1016.0,
                    "pressure_in": 30.0, "precip_mm": 0.0, "precip_in": 0.0, "humidity": 74, "cloud": 50, "feelslike_c": 0.1,
                    "feelslike_f": 32.2, "vis_km": 10.0, "vis_miles": 6.0, "uv": 1.2, "gust_mph": 8.9, "gust_kph": 14.3},
    }
    return put(body, changes)


def forecast(**changes):
    """WeatherAPI's forecast.json, one day without its hours, with an alert."""
    body = current()
    body["forecast"] = {"forecastday": [{
        "date": "2026-03-12", "date_epoch": 1773273600,
        "day": {"maxtemp_c": 6.1, "mintemp_c": -1.4, "avgtemp_c": 2.2, "maxwind_kph": 21.2, "totalprecip_mm": 3.4, "totalsnow_cm": 0.0,
                "avgvis_km": 9.6, "avghumidity": 81, "daily_will_it_rain": 1, "daily_chance_of_rain": 84, "daily_will_it_snow": 0,
                "daily_chance_of_snow": 0, "condition": {"text": "Moderate rain", "icon": "", "code": 1189}, "uv": 1.0},
        "astro": {"sunrise": "06:41 AM", "sunset": "06:11 PM", "moonrise": "03:20 AM", "moonset": "09:02 AM",
                  "moon_phase": "Waning Crescent", "moon_illumination": 38},
        "hour": [],
    }]}
    body["alerts"] = {"alert": [{"headline": "Yellow wind warning", "severity": "Moderate", "areas": "Oslo", "category": "Met",
                                 "event": "Wind", "desc": "Gusts up to 20 m/s are expected in the evening.", "instruction": "Secure loose objects."}]}
    return put(body, changes)


def history(**changes):
    """WeatherAPI's history.json, one day."""
    body = forecast()
    del body["current"], body["alerts"]
    body["forecast"]["forecastday"][0]["date"] = "2026-03-10"
    return put(body, changes)


def search(**changes):
    """WeatherAPI's search.json."""
    return put([{"id": 2021, "name": "Oslo", "region": "Oslo", "country": "Norway", "lat": 59.92, "lon": 10.75, "url": "oslo-oslo-norway"}], changes)


def daily(**changes):
    """Alpha Vantage's TIME_SERIES_DAILY, two days."""
    body = {
        "Meta Data": {"1. Information": "Daily Prices (open, high, low, close) and Volumes", "2. Symbol": "IBM",
                      "3. Last Refreshed": "2026-03-10", "4. Output Size": "Compact", "5. Time Zone": "US/Eastern"},
        "Time Series (Daily)": {
            "2026-03-10": {"1. open": "241.1000", "2. high": "244.9500", "3. low": "240.2200", "4. close": "243.8700", "5. volume": "3520118"},
            "2026-03-09": {"1. open": "239.6400", "2. high": "242.0000", "3. low": "238.9100", "4. close": "241.3500", "5. volume": "3104467"}},
    }
    return put(body, changes)


def quote(**changes):
    """Alpha Vantage's GLOBAL_QUOTE."""
    body = {"Global Quote": {
        "01. symbol": "IBM", "02. open": "241.1000", "03. high": "244.9500", "04. low": "240.2200", "05. price": "243.8700", "06. volume": "3520118",
        "07. latest trading day": "2026-03-10", "08. previous close": "241.3500", "09. change": "2.5200", "10. change percent": "1.0441%"}}
    return put(body, changes)


def overview(**changes):
    """Alpha Vantage's OVERVIEW, shortened."""
    body = {"Symbol": "IBM", "AssetType": "Common Stock", "Name": "International Business Machines",
            "Description": "International Business Machines Corporation is an American technology company.", "Exchange": "NYSE", "Currency": "USD",
            "Sector": "TECHNOLOGY", "Industry": "COMPUTER & OFFICE EQUIPMENT", "MarketCapitalization": "226900000000", "PERatio": "35.3"}
    return put(body, changes)


def symbols(**changes):
    """Alpha Vantage's SYMBOL_SEARCH, one match."""
    body = {"bestMatches": [{"1. symbol": "IBM", "2. name": "International Business Machines Corp", "3. type": "Equity", "4. region": "United States",
                             "5. marketOpen": "09:30", "6. marketClose": "16:00", "7. timezone": "UTC-04", "8. currency": "USD", "9. matchScore": "1.0000"}]}
    return put(body, changes)


def status(**changes):
    """Alpha Vantage's MARKET_STATUS, one market."""
    body = {"endpoint": "Global Market Open & Close Status",
            "markets": [{"market_type": "Equity", "region": "Japan", "primary_exchanges": "Tokyo", "local_open": "09:00", "local_close": "15:00",
                         "current_status": "closed", "notes": ""}]}
    return put(body, changes)


def places(**changes):
    """Google Places' textsearch, two results."""
    body = {"html_attributions": [], "status": "OK", "results": [
        {"business_status": "OPERATIONAL", "formatted_address": "Storgata 12, 0184 Oslo, Norway", "name": "Bokhjørnet", "place_id": "ChIJd4c1Zx5uQUYR0a",
         "rating": 4.6, "user_ratings_total": 312, "types": ["book_store", "store"], "geometry": {"location": {"lat": 59.9145, "lng": 10.7512}}},
        {"business_status": "OPERATIONAL", "formatted_address": "Karl Johans gate 3, 0154 Oslo, Norway", "name": "Fjord Books", "place_id": "ChIJd4c1Zx5uQUYR0b",
         "rating": 4.2, "user_ratings_total": 98, "types": ["book_store", "store"], "geometry": {"location": {"lat": 59.9107, "lng": 10.7502}}}]}
    return put(body, changes)


def details(**changes):
    """Google Places' details, with reviews."""
    body = {"html_attributions": [], "status": "OK", "result": {
        "name": "Bokhjørnet", "formatted_address": "Storgata 12, 0184 Oslo, Norway", "formatted_phone_number": "22 00 11 22",
        "website": "https://bokhjornet.example/", "editorial_summary": {"language": "en", "overview": "Cosy bookshop with a reading corner."},
        "opening_hours": {"open_now": True, "weekday_text": ["Monday: 10:00 AM – 6:00 PM", "Tuesday: 10:00 AM – 6:00 PM"]},
        "reviews": [{"author_name": "Kari N.", "rating": 5, "relative_time_description": "a week ago", "text": "Lovely staff, good coffee."}]}}
    return put(body, changes)


def geocode(**changes):
    """Google's geocode."""
    body = {"status": "OK", "results": [{"formatted_address": "Oslo, Norway", "place_id": "ChIJOfBn8mFuQUYRmh4j019gkn4",
                                         "types": ["locality", "political"], "geometry": {"location": {"lat": 59.9138688, "lng": 10.7522454}}}]}
    return put(body, changes)


def put(body, changes):
    """The body with values put at their paths: `a__b__0` is body["a"]["b"][0]."""
    for path, value in changes.items():
        *way, last = [key(step) for step in path.split("__")]
        at = body
        for step in way:
            at = at[step]
        at[last] = value
    return body


def key(step):
    return int(step) if step.isdigit() else step
