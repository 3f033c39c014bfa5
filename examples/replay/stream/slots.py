"""The values of the slots of the stream's templates, most frequent first, and how dates are worded."""

import datetime

CITIES = [
    "Berlin", "London", "New York", "Tokyo", "Paris", "Madrid", "Zürich", "Oslo", "Chicago", "Singapore", "Rome", "Lisbon",
    "Vienna", "Toronto", "Sydney", "Dublin", "Warsaw", "São Paulo", "Mumbai", "Seoul", "Athens", "Cairo", "Denver", "Helsinki",
    "Nairobi", "Reykjavík", "Bangkok", "Lima",
]
COMPANIES = {
    "Apple": "AAPL", "Microsoft": "MSFT", "Amazon": "AMZN", "Tesla": "TSLA", "IBM": "IBM", "Nvidia": "NVDA", "Coca-Cola": "KO",
    "Netflix": "NFLX", "Adobe": "ADBE", "Procter & Gamble": "PG", "Johnson & Johnson": "JNJ", "General Motors": "GM",
    "PayPal": "PYPL", "General Electric": "GE", "Intel": "INTC", "Walmart": "WMT", "Boeing": "BA", "Nike": "NKE",
    "Starbucks": "SBUX", "Pfizer": "PFE",
}
# Days on which the New York Stock Exchange traded.
TRADING_DAYS = [
    "2021-03-03", "2021-05-03", "2020-08-25", "2021-06-15", "2021-10-01", "2020-02-28", "2021-12-30", "2020-07-08",
    "2021-06-30", "2019-11-04", "2019-07-01", "2018-12-24", "2020-03-05", "2021-02-01", "2018-10-23", "2022-02-01",
    "2018-06-01", "2020-11-27", "2021-08-25", "2022-04-06", "2019-03-12", "2022-03-03", "2021-09-01", "2020-06-18",
]
MONTHS = ["2021-06", "2020-10", "2021-01", "2021-05", "2019-12", "2020-03", "2021-11", "2018-06", "2022-02", "2019-08"]
YEARS = ["2021", "2020", "2019", "2018", "2022"]
CURRENCIES = ["USD", "EUR", "GBP", "JPY", "CHF", "CNY", "SEK", "AUD", "CAD", "INR", "PLN", "NOK"]
REGIONS = ["United States", "United Kingdom", "Japan", "Germany", "Canada", "Hong Kong", "India", "France", "Brazil"]
KINDS = [
    "pharmacies", "restaurants", "hotels", "museums", "cafes", "bookstores", "bakeries", "supermarkets", "gyms", "bars",
    "parks", "libraries",
]
PLACES = [
    "British Museum in London", "Eiffel Tower in Paris", "Rijksmuseum in Amsterdam", "Prado Museum in Madrid",
    "Sagrada Família in Barcelona", "Field Museum in Chicago", "Tate Modern in London", "Uffizi Gallery in Florence",
    "Griffith Observatory in Los Angeles", "Vienna State Opera in Vienna", "Central Library in Houston",
]
LANDMARKS = [
    "Times Square", "the Eiffel Tower", "the Brandenburg Gate", "the Statue of Liberty", "the Colosseum", "Tower Bridge",
    "the Griffith Observatory", "the Sydney Opera House",
]
DAYS = ["3", "5", "7", "2"]
COUNTS = ["3", "5", "10", "4"]
DEGREES = ["20", "15", "25", "10", "5", "30"]
PRICES = ["150", "100", "200", "120", "50", "300"]
RATINGS = ["4.5", "4", "4.2", "4.7"]
METERS = ["500", "1000", "800", "1500"]
AMOUNTS = ["100", "250", "1200", "50", "5000", "80"]
MONTH_NAMES = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
]
SIMPLE = {
    "city": CITIES, "region": REGIONS, "kind": KINDS, "place": PLACES, "landmark": LANDMARKS, "days": DAYS, "count": COUNTS,
    "degrees": DEGREES, "price": PRICES, "rating": RATINGS, "meters": METERS, "year": YEARS,
}


def ordinal(number):
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def worded(date, random):
    """A date in one of the wordings that people use, with the preposition."""
    day = datetime.date.fromisoformat(date)
    month = MONTH_NAMES[day.month - 1]
    return "on " + random.choice([
        f"{month} {day.day}, {day.year}", f"{month} {day.day}, {day.year}", f"{month} {ordinal(day.day)}, {day.year}",
        f"{day.day} {month} {day.year}", f"the {ordinal(day.day)} of {month} {day.year}", date,
    ])


def frequent(values, random):
    """One of the values; the one at rank r is drawn with a weight of 1/r."""
    values = list(values)
    return random.choices(values, [1 / rank for rank in range(1, len(values) + 1)])[0]


def day_near(clock, offsets, words, random):
    """A date that is so many days from the clock's, and its wording; one of `words` where its offset has one."""
    offset = random.choice(offsets)
    date = (clock.date() + datetime.timedelta(days=offset)).isoformat()
    if offset in words and random.random() < 0.7:
        return date, words[offset]
    return date, worded(date, random)


def draw(slot, clock, random):
    """The value of a slot as it goes into the program, and as it stands in the question."""
    name = slot.rstrip("2")
    if name in SIMPLE:
        value = frequent(SIMPLE[name], random)
        return value, value
    if name == "company":
        company = frequent(COMPANIES, random)
        return COMPANIES[company], company
    if name == "ticker":
        ticker = frequent(COMPANIES.values(), random)
        return ticker, ticker
    if name == "currency":
        currency = frequent(CURRENCIES, random)
        return currency, currency
    if name == "amount":
        amount = frequent(AMOUNTS, random)
        return amount, f"{int(amount):,}"
    if name == "month":
        month = frequent(MONTHS, random)
        return month, f"{MONTH_NAMES[int(month[5:]) - 1]} {month[:4]}"
    if name == "traded":
        date = frequent(TRADING_DAYS, random)
        return date, worded(date, random)
    if name == "past":
        return day_near(clock, [-1, -1, -2, -3, -4, -5, -6], {-1: "yesterday"}, random)
    if name == "sky":
        return day_near(clock, [0, 1, 1, 2, 3, 4, 5], {0: "today", 1: "tomorrow", 2: "the day after tomorrow"}, random)
    raise ValueError(f"slot: {slot} (expected: one that slots.py knows)")
