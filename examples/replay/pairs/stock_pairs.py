"""Pairs on Alpha Vantage's prices and volumes."""

from builder import daily_program as daily
from builder import stock


def quote(symbol, field="05. price"):
    return stock("GLOBAL_QUOTE", f'"symbol": "{symbol}"', f'print("ANSWER:", data["Global Quote"]["{field}"])')


def high(symbol, date):
    return daily(symbol, f'print("ANSWER:", days["{date}"]["2. high"])')


def close(symbol, date):
    return daily(symbol, f'print("ANSWER:", days["{date}"]["4. close"])')


def pairs(p):
    one_day(p)
    companies(p)
    derived_dates(p)
    months_and_years(p)
    counting(p)
    quotes(p)


def one_day(p):
    p.demo("ibm-close", "What was the closing price of IBM on August 25, 2020?", close("IBM", "2020-08-25"))
    p.replay("date-wording", "What was the closing price of IBM on the 26th of August 2020?", {"2020-08-25": "2020-08-26"}, "The date in another wording.")
    p.replay("relative-date", "What was the closing price of IBM yesterday?", {"2020-08-25": "2026-03-11"},
             "Yesterday is a date by the clock (a Wednesday); the program reads any date.")
    p.replay("date-wording", "What was IBM's closing price on 25 August 2020?", {}, "The same date and company, worded differently.")
    p.refuse("other-quantity", "What was the opening price of IBM on August 25, 2020?", "Another field.")
    p.refuse("incomplete-value", "What was the closing price of IBM on August 26?", "The year is missing.")
    p.refuse("ticker-unknown", "What was the closing price of Intel on August 25, 2020?", "IBM is its own ticker; Intel's is not known.")

    p.demo("amzn-high", "Show me the highest stock price of Amazon on December 24, 2018.", high("AMZN", "2018-12-24"))
    tesla = ("Show me the highest stock price of Tesla on March 1, 2021.", high("TSLA", "2021-03-01"))
    p.replay("known-mapping", "Show me the highest stock price of Tesla on December 24, 2018.", {"AMZN": "TSLA"},
             "A verified demonstration has Tesla as TSLA in the same place.", known=[tesla])
    p.refuse("ticker-unknown", "Show me the highest stock price of Ferrari on December 24, 2018.", "Only Tesla is known.", known=[tesla])
    p.refuse("superlative-flipped", "Show me the lowest stock price of Amazon on December 24, 2018.", "Lowest for highest.")
    p.replay("slot+wording", "Please show me Amazon's highest stock price on December 27, 2018.", {"2018-12-24": "2018-12-27"},
             "The genitive is worded differently and the date changed.")
    p.refuse("bound-flipped", "Show me the highest stock price of Amazon since December 24, 2018.", "'Since' is a span of days.")
    p.refuse("second-value", "Show me the highest stock price of Amazon on December 24, 2018 and December 26, 2018.", "Two dates.")

    p.demo("date-label", "Please look up the close price of GOOGL on February 28, 2020.",
           daily("GOOGL", 'print(f"ANSWER: GOOGL closed at {days[\'2020-02-28\'][\'4. close\']} on February 28, 2020")'))
    p.replay("slot", "Please look up the close price of GOOGL on March 5, 2020.",
             {"2020-02-28": "2020-03-05", "February 28, 2020": "March 5, 2020"}, "The date occurs as a key and in the label.")
    p.replay("several-slots", "Please look up the close price of NFLX on February 14, 2020.",
             {"GOOGL": "NFLX", "2020-02-28": "2020-02-14", "February 28, 2020": "February 14, 2020"}, "Ticker and date, both in the label too.")
    p.refuse("invalid-value", "Please look up the close price of GOOGL on February 30, 2020.", "No such date.")
    p.refuse("invalid-value", "Please look up the close price of GOOGL on February 29, 2021.", "2021 was no leap year.")
    p.refuse("aggregate-added", "Please look up the average close price of GOOGL before February 28, 2020.", "An average over earlier days.")

    p.demo("open-close", "Can you retrieve the opening and closing price of TSLA on June 14, 2021?",
           daily("TSLA", 'day = days["2021-06-14"]\nprint("ANSWER:", day["1. open"], day["4. close"])'))
    p.refuse("condition-dropped", "Can you retrieve the opening price of TSLA on June 14, 2021?", "One of two quantities; printing both answers something else.")
    p.refuse("other-quantity", "Can you retrieve the opening and highest price of TSLA on June 14, 2021?", "Another field.")
    p.replay("several-slots", "Can you retrieve the opening and closing price of AAPL on 2021-06-15?", {"TSLA": "AAPL", "2021-06-14": "2021-06-15"},
             "Ticker and date, the date as the program has it.")
    p.replay("date-wording", "Retrieve the opening and closing price of TSLA on June 16th, 2021, please.", {"2021-06-14": "2021-06-16"},
             "An imperative for a polite question, and an ordinal.")

    p.demo("price-range", "What was the highest close of NVDA between January 4, 2021 and March 31, 2021?",
           daily("NVDA", """
closes = {date: float(day["4. close"]) for date, day in days.items() if "2021-01-04" <= date <= "2021-03-31"}
print("ANSWER:", max(closes.values()))"""))
    p.replay("several-slots", "What was the highest close of NVDA between April 1, 2021 and June 30, 2021?",
             {"2021-01-04": "2021-04-01", "2021-03-31": "2021-06-30"}, "Both ends of the span.")
    p.replay("wording", "Between January 4, 2021 and March 31, 2021, what was the highest close of NVDA?", {}, "The span moved to the front.")
    p.refuse("superlative-flipped", "What was the lowest close of NVDA between January 4, 2021 and March 31, 2021?", "Lowest for highest.")
    p.refuse("bound-flipped", "What was the highest close of NVDA outside January 4, 2021 to March 31, 2021?", "Outside for between.")
    p.refuse("other-quantity", "On what date was the highest close of NVDA between January 4, 2021 and March 31, 2021?", "A date is asked for, not a price.")
    p.refuse("bound-flipped", "What was the highest close of NVDA up to March 31, 2021?", "No lower end.")


def companies(p):
    p.demo("pg-low", "Look up the lowest stock price of Procter & Gamble on July 8, 2020.",
           daily("PG", 'print("ANSWER: Procter & Gamble", days["2020-07-08"]["3. low"])'))
    lilly = ("Look up the lowest stock price of Eli Lilly on May 5, 2021.", daily("LLY", 'print("ANSWER: Eli Lilly", days["2021-05-05"]["3. low"])'))
    p.replay("slot", "Look up the lowest stock price of Procter & Gamble on July 9, 2020.", {"2020-07-08": "2020-07-09"}, "Only the date.")
    p.refuse("ticker-unknown", "Look up the lowest stock price of Eli Lilly on July 8, 2020.",
             "The name is a literal, but in the label; the ticker is not known.")
    p.replay("known-mapping", "Look up the lowest stock price of Eli Lilly on July 8, 2020.", {"PG": "LLY", "Procter & Gamble": "Eli Lilly"},
             "Ticker and label follow a verified demonstration.", known=[lilly])
    p.refuse("mapping-unclear", "Look up the lowest stock price of Lilly on July 8, 2020.", "Whether 'Lilly' is 'Eli Lilly' is a guess.", known=[lilly])
    p.refuse("granularity", "Look up the lowest stock price of Procter & Gamble in July 2020.", "A month for a day.")

    p.demo("volume-name", "Inquire about the exchange volume of Adobe on April 6, 2022.", daily("ADBE", 'print("ANSWER:", days["2022-04-06"]["5. volume"])'))
    two = ("Which had the larger volume on April 6, 2022, Ford or Stellantis?", """
import os

import requests


def volume(symbol):
    params = {"function": "TIME_SERIES_DAILY", "symbol": symbol, "outputsize": "full", "apikey": os.environ["ALPHAVANTAGE_KEY"]}
    data = requests.get("https://www.alphavantage.co/query", params=params).json()
    return int(data["Time Series (Daily)"]["2022-04-06"]["5. volume"])


print("ANSWER:", max(["STLA", "F"], key=volume))
""")
    p.refuse("mapping-unclear", "Inquire about the exchange volume of Ford on April 6, 2022.",
             "The only demonstration with Ford has two companies and two tickers, in another order; which is whose is a guess.", known=[two])
    conflict = [("Inquire about the exchange volume of Google on May 3, 2021.", daily("GOOG", 'print("ANSWER:", days["2021-05-03"]["5. volume"])')),
                ("Inquire about the exchange volume of Google on May 4, 2021.", daily("GOOGL", 'print("ANSWER:", days["2021-05-04"]["5. volume"])'))]
    p.refuse("mapping-unclear", "Inquire about the exchange volume of Google on April 6, 2022.", "Two verified programs disagree about the ticker.", known=conflict)
    other = ("What is the current price of Salesforce?", quote("CRM"))
    adobe = ("What is the current price of Adobe?", quote("ADBE"))
    p.replay("known-mapping", "Inquire about the exchange volume of Salesforce on April 7, 2022.", {"ADBE": "CRM", "2022-04-06": "2022-04-07"},
             "Two programs of another template, which differ in company and ticker only, give both mappings.", known=[adobe, other])
    p.refuse("ticker-unknown", "Inquire about the exchange volume of Sales on April 6, 2022.", "A part of a known name is another name.", known=[other])
    p.refuse("second-value", "Inquire about the exchange volume of Adobe and Salesforce on April 6, 2022.", "Two companies, even if both are known.", known=[adobe, other])

    p.demo("apposition", "What was the closing price of Tesla (TSLA) on March 3, 2022?",
           daily("TSLA", 'print("ANSWER: Tesla", days["2022-03-03"]["4. close"])'))
    p.replay("several-slots", "What was the closing price of Nvidia (NVDA) on March 3, 2022?", {"TSLA": "NVDA", "Tesla": "Nvidia"},
             "Name and ticker are both given in the question and both literals.")
    p.refuse("mapping-unclear", "What was the closing price of Tesla (NVDA) on March 3, 2022?",
             "Name and ticker contradict what the demonstration taught.")
    p.refuse("ticker-unknown", "What was the closing price of Lucid on March 3, 2022?", "No ticker is given now.")
    p.replay("slot", "What was the closing price of Tesla (TSLA) on 4 March 2022?", {"2022-03-03": "2022-03-04"}, "Only the date.")


def derived_dates(p):
    p.demo("black-friday", "Give me the trading volume for Amazon on Black Friday in 2020.", daily("AMZN", 'print("ANSWER:", days["2020-11-27"]["5. volume"])'))
    p.refuse("derived-value", "Give me the trading volume for Amazon on Black Friday in 2021.",
             "The date was worked out from the holiday; with the year alone exchanged it is a Saturday.")
    p.refuse("derived-value", "Give me the trading volume for Amazon on Good Friday in 2020.", "Another holiday; no literal has its name.")
    p.replay("wording", "Please give me the trading volume for Amazon on Black Friday in 2020.", {}, "A please.")
    p.refuse("derived-value", "Give me the trading volume for Amazon on the Friday before Black Friday in 2020.", "Worked out anew.")

    p.demo("last-trading-day", "What was the closing price of Tesla's stock on the last trading day of 2021?", close("TSLA", "2021-12-31"))
    p.refuse("derived-value", "What was the closing price of Tesla's stock on the last trading day of 2022?",
             "December 31, 2022 was a Saturday; the demonstration's date was worked out.")
    p.refuse("superlative-flipped", "What was the closing price of Tesla's stock on the first trading day of 2021?", "First for last.")
    p.replay("wording", "What was Tesla's closing price on the last trading day of 2021?", {}, "The genitive worded differently, 'stock' left out: the same price.")

    p.demo("increase", "How much did AMZN's price increase on February 1, 2022?", daily("AMZN", """
after = float(days["2022-02-01"]["4. close"])
before = float(days["2022-01-31"]["4. close"])
print("ANSWER:", round(after - before, 2))"""))
    p.refuse("derived-value", "How much did AMZN's price increase on February 8, 2022?", "The day before is a literal too, worked out from the date and not in the question.")
    p.refuse("granularity", "How much did AMZN's price increase in February 2022?", "A month for a day.")
    p.refuse("other-quantity", "By what percentage did AMZN's price increase on February 1, 2022?", "A percentage for a difference.")
    p.replay("slot", "How much did NFLX's price increase on February 1, 2022?", {"AMZN": "NFLX"}, "The date stayed, and so did the day before.")
    p.replay("wording", "Can you tell me how much AMZN's price increased on February 1, 2022?", {}, "An indirect question: the verb's form follows, the meaning does not change.")
    p.refuse("superlative-flipped", "How much did AMZN's price decrease on February 1, 2022?", "The sign is turned.")

    p.demo("yesterday", "How much did AMZN close at yesterday?", close("AMZN", "2026-03-09"))
    p.replay("relative-date", "How much did AMZN close at yesterday?", {"2026-03-09": "2026-03-11"}, "Another yesterday, by the clock.")
    p.replay("identical", "How much did AMZN close at yesterday?", {}, "The same words on the same day.", clock="2026-03-10T18:00:00")
    p.replay("relative-date", "How much did MSFT close at three days ago?", {"AMZN": "MSFT", "2026-03-09": "2026-03-10"},
             "Three days before the clock's Friday.", clock="2026-03-13T11:00:00")
    p.refuse("granularity", "How much did AMZN close at last week?", "A week has five closes.")
    p.refuse("tense", "How much will AMZN close at tomorrow?", "The future is in no history.")

    p.demo("yesterday-was-sunday", "What did KO close at yesterday?", close("KO", "2026-03-06"), asked="2026-03-09T08:30:00")
    p.refuse("relative-date-fixed", "What did KO close at yesterday?",
             "Yesterday was Sunday the 8th; the program has the Friday before. What rule made it so is not known.", clock="2026-03-16T08:30:00")
    p.refuse("relative-date-fixed", "What did PEP close at yesterday?", "Another ticker, and the date's rule is still not known.", clock="2026-03-12T08:30:00")
    p.refuse("relative-date-fixed", "What did KO close at two days ago?", "The program's date is not what 'yesterday' was.", clock="2026-03-12T08:30:00")

    p.demo("computed-yesterday", "What was the trading volume of MSFT two days ago?", """
import datetime
import os

import requests

date = (datetime.date.today() - datetime.timedelta(days=2)).isoformat()
params = {"function": "TIME_SERIES_DAILY", "symbol": "MSFT", "apikey": os.environ["ALPHAVANTAGE_KEY"]}
data = requests.get("https://www.alphavantage.co/query", params=params).json()
print("ANSWER:", data["Time Series (Daily)"][date]["5. volume"])
""")
    p.replay("identical", "What was the trading volume of MSFT two days ago?", {}, "The program counts from the day it runs.", clock="2026-04-16T09:00:00")
    p.replay("number-word", "What was the trading volume of MSFT 3 days ago?", {"2": "3"}, "The number of days is a literal, once.")
    p.refuse("direction", "What will the trading volume of MSFT be in two days?", "The other direction.")
    p.refuse("granularity", "What was the trading volume of MSFT two weeks ago?", "Weeks for days.")
    p.refuse("derived-value", "What was the trading volume of MSFT on March 9, 2026?", "The program has no date to exchange.")


def months_and_years(p):
    p.demo("month-prefix", "List the opening prices of Microsoft for the month of January 2021.",
           daily("MSFT", """
for date, day in sorted(days.items()):
    if date.startswith("2021-01"):
        print("ANSWER:", date, day["1. open"])"""))
    p.replay("slot", "List the opening prices of Microsoft for the month of March 2021.", {"2021-01": "2021-03"}, "January 2021 is 2021-01 in the program.")
    p.replay("slot+wording", "Could you list the opening prices of Microsoft for the month of October 2019, please?", {"2021-01": "2019-10"},
             "Another month of another year, politely.")
    p.refuse("granularity", "List the opening prices of Microsoft for January 4, 2021.", "A day for a month: the plural and the loop would stay.")
    p.refuse("granularity", "List the opening prices of Microsoft for the year 2021.", "A year for a month.")
    p.refuse("number-form", "Give the opening price of Microsoft for the month of January 2021.",
             "One price for a list: the month's opening price is that of its first day.")
    p.refuse("incomplete-value", "List the opening prices of Microsoft for the month of February.", "No year.")

    p.demo("month-parts", "What were the high and low prices of AMZN in June 2021?",
           stock("TIME_SERIES_MONTHLY", '"symbol": "AMZN"', """
for date, month in data["Monthly Time Series"].items():
    if date.split("-")[:2] == ["2021", "06"]:
        print("ANSWER:", month["2. high"], month["3. low"])"""))
    p.replay("slot", "What were the high and low prices of AMZN in September 2021?", {'"06"': '"09"'}, "The month is a literal of its own, 06.")
    p.replay("slot", "What were the high and low prices of NFLX in June 2021?", {"AMZN": "NFLX"}, "Only the ticker.")
    p.refuse("granularity", "What were the high and low prices of AMZN on June 21, 2021?", "A day; the monthly series has none.")
    p.refuse("second-value", "What were the high and low prices of AMZN in June and July 2021?", "Two months.")
    p.refuse("other-quantity", "What were the opening and closing prices of AMZN in June 2021?", "Other fields.")

    p.demo("year-high", "Find the highest price of PYPL in 2021.", daily("PYPL", """
highs = [float(day["2. high"]) for date, day in days.items() if date.startswith("2021")]
print("ANSWER:", max(highs))"""))
    p.replay("slot", "Find the highest price of PYPL in 2020.", {"2021": "2020"}, "The year is a literal prefix.")
    p.refuse("superlative-flipped", "Find the lowest price of PYPL in 2021.", "Lowest for highest.")
    p.refuse("aggregate-changed", "Find the average price of PYPL in 2021.", "Average for highest.")
    p.refuse("bound-flipped", "Find the highest price of PYPL since 2021.", "An open end.")
    p.refuse("superlative-added", "Find the second highest price of PYPL in 2021.", "Second highest.")
    p.replay("slot+wording", "I'd like to know the highest price of SQ in 2021.", {"PYPL": "SQ"}, "Another ticker, asked for politely.")

    p.demo("weekly", "Show the weekly closing prices of MSFT for 2021.", stock("TIME_SERIES_WEEKLY", '"symbol": "MSFT"', """
for date, week in data["Weekly Time Series"].items():
    if date[:4] == "2021":
        print("ANSWER:", date, week["4. close"])"""))
    p.refuse("rate-changed", "Show the daily closing prices of MSFT for 2021.", "Daily is another function.")
    p.refuse("rate-changed", "Show the monthly closing prices of MSFT for 2021.", "Monthly is another function and key.")
    p.refuse("other-function", "Show the weekly adjusted closing prices of MSFT for 2021.", "Adjusted closes are another function.")
    p.replay("several-slots", "Show the weekly closing prices of AAPL for 2020.", {"MSFT": "AAPL", "2021": "2020"}, "Ticker and year.")
    p.refuse("aggregate-added", "Show the highest weekly closing price of MSFT for 2021.", "One value for a list.")

    p.demo("dates-literal-year", "What was the total volume of GE in 2022?", daily("GE", """
volumes = [int(day["5. volume"]) for date, day in days.items() if "2022-01-01" <= date < "2023-01-01"]
print("ANSWER:", sum(volumes))"""))
    p.refuse("derived-value", "What was the total volume of GE in 2021?",
             "2023 is the year after the asked one; with 2022 alone exchanged the span is two years.")
    p.refuse("rate-changed", "What was the total volume of GE per month in 2022?", "Per month.")
    p.replay("slot", "What was the total volume of BA in 2022?", {"GE": "BA"}, "Only the ticker.")
    p.refuse("aggregate-changed", "What was the average volume of GE in 2022?", "Average for total.")


def counting(p):
    p.demo("days-above", "On how many days in 2021 did AAPL close above 150 dollars?", daily("AAPL", """
above = [date for date, day in days.items() if date.startswith("2021") and float(day["4. close"]) > 150]
print("ANSWER:", len(above))"""))
    p.replay("several-slots", "On how many days in 2022 did AAPL close above 140 dollars?", {"2021": "2022", "150": "140"}, "Year and limit.")
    p.replay("several-slots", "On how many days in 2020 did NVDA close above 75.5 dollars?", {"2021": "2020", "AAPL": "NVDA", "150": "75.5"}, "All three slots.")
    p.refuse("comparison-turned", "On how many days in 2021 did AAPL close below 150 dollars?", "Below for above.")
    p.refuse("comparison-turned", "On how many days in 2021 did AAPL close at or above 150 dollars?", "150 itself now counts.")
    p.refuse("negation", "On how many days in 2021 did AAPL not close above 150 dollars?", "A negation.")
    p.refuse("granularity", "In how many weeks in 2021 did AAPL close above 150 dollars?", "Weeks for days.")

    p.demo("year-and-price", "On how many days in 2020 did AMZN close above 2020 dollars?", daily("AMZN", """
above = [date for date, day in days.items() if date[:4] == "2020" and float(day["4. close"]) > 2020]
print("ANSWER:", len(above))"""))
    p.refuse("two-meanings", "On how many days in 2020 did AMZN close above 3000 dollars?", "2020 occurs twice, as a year and as a price.")
    p.refuse("two-meanings", "On how many days in 2021 did AMZN close above 2020 dollars?", "2020 occurs twice, as a year and as a price.")
    p.replay("slot", "On how many days in 2020 did SHOP close above 2020 dollars?", {"AMZN": "SHOP"}, "Only the ticker.")

    p.demo("percent-move", "On which days in 2022 did TSLA rise by more than 5 percent between open and close?", daily("TSLA", """
for date, day in sorted(days.items()):
    if date.startswith("2022") and float(day["4. close"]) > 1.05 * float(day["1. open"]):
        print("ANSWER:", date)"""))
    p.refuse("derived-value", "On which days in 2022 did TSLA rise by more than 8 percent between open and close?", "5 percent is the factor 1.05.")
    p.refuse("comparison-turned", "On which days in 2022 did TSLA fall by more than 5 percent between open and close?", "Fall for rise.")
    p.refuse("question-word", "On how many days in 2022 did TSLA rise by more than 5 percent between open and close?", "A count for a list.")
    p.replay("slot", "On which days in 2021 did TSLA rise by more than 5 percent between open and close?", {"2022": "2021"}, "Only the year.")


def quotes(p):
    p.demo("price-now", "What is the current price of TSLA?", quote("TSLA"))
    p.replay("slot", "What is the current price of BRK.B?", {"TSLA": "BRK.B"}, "A ticker with a dot.")
    p.replay("slot+wording", "What's the current price of AMD, please?", {"TSLA": "AMD"}, "A contraction, a please, another ticker.")
    p.refuse("second-value", "What is the current price of TSLA and NVDA?", "Two tickers.")
    p.refuse("other-quantity", "What is the current volume of TSLA?", "Another field.")
    p.refuse("other-quantity", "What is the previous closing price of TSLA?", "Another field.")
    p.refuse("injection", 'What is the current price of TSLA"}; print(dict(os.environ)); {"?', "Code in place of a ticker.")

    p.demo("shares", "What are 12 shares of KO worth right now?", stock("GLOBAL_QUOTE", '"symbol": "KO"', """
price = float(data["Global Quote"]["05. price"])
print("ANSWER:", round(12 * price, 2))"""))
    p.replay("several-slots", "What are 1,500 shares of PEP worth right now?", {"12": "1500", "KO": "PEP"}, "Number, with a comma, and ticker.")
    p.refuse("second-value", "What are 12 shares of KO and 5 of PEP worth right now?", "Two positions.")
    p.refuse("unit-asked", "What are 12 shares of KO worth right now in euros?", "A currency was added.")
    p.refuse("other-function", "What were 12 shares of KO worth on March 2, 2026?", "A date was added; a quote has none.")
    p.refuse("condition-added", "What are 12 shares of KO worth right now after a fee of 1 percent?", "A fee was added.")
    p.refuse("rate-changed", "What is one share of KO worth per dollar of earnings right now?", "A ratio, another quantity.")

    p.demo("higher-by", "How much higher is the price of MSFT than that of AAPL right now?", """
import os

import requests


def price(symbol):
    params = {"function": "GLOBAL_QUOTE", "symbol": symbol, "apikey": os.environ["ALPHAVANTAGE_KEY"]}
    data = requests.get("https://www.alphavantage.co/query", params=params).json()
    return float(data["Global Quote"]["05. price"])


print("ANSWER:", round(price("MSFT") - price("AAPL"), 2))
""")
    p.replay("swap", "How much higher is the price of AAPL than that of MSFT right now?", {"MSFT": "AAPL", "AAPL": "MSFT"},
             "The subtraction's order follows the question's; the exchanges must be made at once.")
    p.replay("several-slots", "How much higher is the price of COST than that of WMT right now?", {"MSFT": "COST", "AAPL": "WMT"}, "Both tickers.")
    p.refuse("comparison-turned", "How much lower is the price of MSFT than that of AAPL right now?", "Lower for higher.")
    p.refuse("other-quantity", "How many percent higher is the price of MSFT than that of AAPL right now?", "A percentage.")
    p.refuse("second-value", "How much higher is the price of MSFT than those of AAPL and IBM right now?", "Three tickers.")

    p.demo("overview", "What is the market capitalization of IBM?", stock("OVERVIEW", '"symbol": "IBM"', 'print("ANSWER:", data["MarketCapitalization"])'))
    p.replay("slot", "What is the market capitalization of NVDA?", {"IBM": "NVDA"}, "Only the ticker.")
    p.refuse("other-quantity", "What is the P/E ratio of IBM?", "Another field.")
    p.refuse("unit-asked", "What is the market capitalization of IBM in billions?", "Another unit.")
    p.refuse("superlative-added", "Which is the largest market capitalization, IBM's or Oracle's?", "A comparison of two.")
    p.refuse("ticker-unknown", "What is the market capitalization of Oracle?", "The ticker is not known.")

    p.demo("intraday", "Give me the latest 5-minute closing price of IBM.", stock("TIME_SERIES_INTRADAY", '"symbol": "IBM", "interval": "5min"', """
series = data["Time Series (5min)"]
print("ANSWER:", series[max(series)]["4. close"])"""))
    p.refuse("granularity", "Give me the latest 5-day closing price of IBM.", "Days for minutes.")
    p.refuse("superlative-flipped", "Give me the earliest 5-minute closing price of IBM.", "Earliest for latest.")
    p.refuse("aggregate-changed", "Give me the highest 5-minute closing price of IBM.", "Highest for latest.")
    p.replay("slot+wording", "Could you give me the latest 5-minute closing price of ORCL?", {"IBM": "ORCL"}, "Another ticker, politely.")
