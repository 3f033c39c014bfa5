"""Templates on Alpha Vantage."""

API = "alphavantage"
START = """import os

import requests

"""


def ask(function, params, tail):
    params = f'"function": "{function}", {params}"apikey": os.environ["ALPHAVANTAGE_KEY"]'
    return f"""{START}params = {{{params}}}
data = requests.get("https://www.alphavantage.co/query", params=params).json()
{tail.strip()}
"""


def daily(tail):
    return ask("TIME_SERIES_DAILY", '"symbol": "@company@", "outputsize": "full", ', 'days = data["Time Series (Daily)"]\n' + tail.strip())


def on_date(field):
    return daily(f'print("ANSWER:", days["@traded@"]["{field}"])')


def quote(field):
    return ask("GLOBAL_QUOTE", '"symbol": "@company@", ', f'print("ANSWER:", data["Global Quote"]["{field}"])')


def of_year(choose, field):
    return daily(f"""
prices = [float(day["{field}"]) for date, day in days.items() if date.startswith("@year@")]
print("ANSWER:", {choose}(prices))""")


def of_month(field):
    return ask("TIME_SERIES_MONTHLY", '"symbol": "@company@", ', f"""
for date, month in data["Monthly Time Series"].items():
    if date.startswith("@month@"):
        print("ANSWER:", month["{field}"])""")


def days_compared(sign):
    return daily(f"""
chosen = [date for date, day in days.items() if date.startswith("@year@") and float(day["4. close"]) {sign} @price@]
print("ANSWER:", len(chosen))""")


def movers(which):
    return ask("TOP_GAINERS_LOSERS", "", f"""
for stock in data["{which}"][:@count@]:
    print("ANSWER:", stock["ticker"], stock["change_percentage"])""")


def overview(field):
    return ask("OVERVIEW", '"symbol": "@company@", ', f'print("ANSWER:", data["{field}"])')


RATE = 'rate = data["Realtime Currency Exchange Rate"]["5. Exchange Rate"]\n'
PAIR = '"from_currency": "@currency@", "to_currency": "@currency2@", '

TEMPLATES = [
    ("close-on-date", "open-on-date", on_date("4. close"), [
        "What was the closing price of {company} {traded}?", "What was {company}'s closing price {traded}?",
        "Please look up the closing price of {company}'s stock {traded}.", "Can you tell me the closing price of {company} {traded}?",
        "I need the closing price of {company} {traded}, please."]),
    ("open-on-date", "close-on-date", on_date("1. open"), [
        "What was the opening price of {company} {traded}?", "What was {company}'s opening price {traded}?",
        "Please look up the opening price of {company}'s stock {traded}.", "Can you tell me the opening price of {company} {traded}?"]),
    ("high-on-date", "low-on-date", on_date("2. high"), [
        "What was the highest price of {company} {traded}?", "Show me the highest stock price of {company} {traded}.",
        "What was {company}'s highest stock price {traded}?"]),
    ("low-on-date", "high-on-date", on_date("3. low"), [
        "What was the lowest price of {company} {traded}?", "Show me the lowest stock price of {company} {traded}.",
        "What was {company}'s lowest stock price {traded}?"]),
    ("volume-on-date", None, on_date("5. volume"), [
        "How much was the trading volume of {company} {traded}?", "What was the trading volume of {company} stock {traded}?",
        "Can you give me the trading volume of {company} stock {traded}?"]),
    ("price-now", "previous-close", quote("05. price"), [
        "What is the current stock price of {company}?", "What's {company}'s current stock price?", "Tell me the current stock price of {company}.",
        "Could you tell me the current stock price of {company}, please?"]),
    ("previous-close", "price-now", quote("08. previous close"), [
        "What is the previous closing price of {company}?", "What's {company}'s previous closing price?"]),
    ("high-of-year", "low-of-year", of_year("max", "2. high"), [
        "What was the highest price of {company} in {year}?", "Find the highest price of {company} in {year}.", "In {year}, what was the highest price of {company}?"]),
    ("low-of-year", "high-of-year", of_year("min", "3. low"), [
        "What was the lowest price of {company} in {year}?", "Find the lowest price of {company} in {year}."]),
    ("close-of-month", "volume-of-month", of_month("4. close"), [
        "What was the monthly closing price of {company} in {month}?", "Please give me the monthly closing price of {company} for {month}."]),
    ("volume-of-month", "close-of-month", of_month("5. volume"), [
        "What was the monthly trading volume of {company} in {month}?", "Please give me the monthly trading volume of {company} for {month}."]),
    ("exchange-rate", None, ask("CURRENCY_EXCHANGE_RATE", PAIR, RATE + 'print("ANSWER:", rate)'), [
        "What is the exchange rate from {currency} to {currency2}?", "What is the current exchange rate from {currency} to {currency2}?",
        "Can you give me the exchange rate from {currency} to {currency2}?", "What's the exchange rate from {currency} to {currency2} right now?"]),
    ("convert", None, ask("CURRENCY_EXCHANGE_RATE", PAIR, RATE + 'print("ANSWER:", round(@amount@ * float(rate), 2))'), [
        "Convert {amount} {currency} to {currency2}.", "Please convert {amount} {currency} to {currency2}.", "How much is {amount} {currency} in {currency2}?"]),
    ("market-status", None, ask("MARKET_STATUS", "", """
for market in data["markets"]:
    if market["market_type"] == "Equity" and market["region"] == "@region@":
        print("ANSWER:", market["current_status"])"""), [
        "Is the stock market in {region} open now?", "What is the status of the stock market in {region} right now?",
        "Can you tell me if the stock market in {region} is open now?"]),
    ("gainers", "losers", movers("top_gainers"), [
        "Show today's top {count} gainers.", "What are today's top {count} gainers?", "Please list today's top {count} gainers."]),
    ("losers", "gainers", movers("top_losers"), [
        "Show today's top {count} losers.", "What are today's top {count} losers?", "Please list today's top {count} losers."]),
    ("market-cap", "earnings-ratio", overview("MarketCapitalization"), [
        "What is the market capitalization of {company}?", "What's {company}'s market capitalization?", "Tell me the market capitalization of {company}."]),
    ("earnings-ratio", "market-cap", overview("PERatio"), ["What is the P/E ratio of {company}?", "What's {company}'s P/E ratio?"]),
    ("ticker", None, ask("SYMBOL_SEARCH", '"keywords": "@name@", ', 'print("ANSWER:", data["bestMatches"][0]["1. symbol"])'), [
        "What is the ticker symbol of {name}?", "Which ticker symbol does {name} have?"]),
    ("days-above", "days-below", days_compared(">"), [
        "On how many days in {year} did {company} close above {price} dollars?", "In {year}, on how many days did {company} close above {price} dollars?"]),
    ("days-below", "days-above", days_compared("<"), ["On how many days in {year} did {company} close below {price} dollars?"]),
    ("weekly-closes", None, ask("TIME_SERIES_WEEKLY", '"symbol": "@company@", ', """
for date, week in sorted(data["Weekly Time Series"].items()):
    if date.startswith("@month@"):
        print("ANSWER:", date, week["4. close"])"""), [
        "List the weekly closing prices of {company} in {month}.", "Can you list the weekly closing prices of {company} in {month}?"]),
    ("adjusted-close", None, ask("TIME_SERIES_DAILY_ADJUSTED", '"symbol": "@company@", "outputsize": "full", ',
                                 'print("ANSWER:", data["Time Series (Daily)"]["@traded@"]["5. adjusted close"])'), [
        "What was the adjusted closing price of {company} {traded}?", "What was {company}'s adjusted closing price {traded}?"]),
    ("intraday", None, ask("TIME_SERIES_INTRADAY", '"symbol": "@ticker@", "interval": "5min", ', """
series = data["Time Series (5min)"]
print("ANSWER:", series[max(series)]["4. close"])"""), [
        "Give me the latest 5-minute closing price of {ticker}.", "What is the latest 5-minute closing price of {ticker}?"]),
    ("price-difference", None, START + """
def price(symbol):
    params = {"function": "GLOBAL_QUOTE", "symbol": symbol, "apikey": os.environ["ALPHAVANTAGE_KEY"]}
    data = requests.get("https://www.alphavantage.co/query", params=params).json()
    return float(data["Global Quote"]["05. price"])


print("ANSWER:", round(price("@ticker@") - price("@ticker2@"), 2))
""", ["By how much is the price of {ticker} above that of {ticker2}?", "Tell me by how much the price of {ticker} is above that of {ticker2}."]),
]
