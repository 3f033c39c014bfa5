"""Gold programs for the questions of ecoassistant/stock.json, by their place in that file. On the clock of the stand-ins,
Thursday, 2023-09-14, 13:45 UTC, New York and London trade, and the last complete day is the 13th."""

from apis import daily, market, monthly, rate, regions, stock
from gold import any_of, case, regex, text, unanswerable, values

FIELDS = {"open": "1. open", "high": "2. high", "low": "3. low", "close": "4. close", "volume": "5. volume"}
NOT_A_TRADING_DAY = ["weekend", "Saturday", "Sunday", "holiday", "not traded", "no trading", "was closed", "were closed",
                     "market closed", "not a trading day", "New Year's Day"]


def price(number):
    """As told, or rounded to a cent."""
    return {"any": [float(number)], "tolerance": 0.006}


def shares(number):
    """As told, or in millions with a decimal."""
    number = int(number)
    return {"any": [number, round(number / 1e6, 3)], "tolerance": 0.06}


def on_day(field, date, *symbols, extra=2):
    told = [shares(daily(symbol)[date][FIELDS[field]]) if field == "volume" else price(daily(symbol)[date][FIELDS[field]])
            for symbol in symbols]
    return any_of(*[values([one], extra) for one in told])


def closed_on(symbol, date):
    assert date not in daily(symbol)
    return unanswerable(*NOT_A_TRADING_DAY)


for number, field, date, symbols in (
        (0, "close", "2020-02-28", ["GOOGL", "GOOG"]), (3, "close", "2020-08-25", ["IBM"]),
        (5, "close", "2021-12-30", ["TSLA"]), (9, "low", "2020-07-08", ["PG"]),
        (12, "volume", "2020-03-05", ["GOOGL", "GOOG"]), (13, "open", "2021-05-10", ["META"]),
        (14, "close", "2021-05-03", ["MSFT"]), (15, "high", "2018-12-24", ["AMZN"]),
        (18, "open", "2015-01-02", ["META"]), (19, "volume", "2021-09-01", ["AAPL"]),
        (21, "volume", "2022-04-06", ["ADBE"]), (22, "volume", "2020-11-27", ["AMZN"]),
        (23, "volume", "2018-06-01", ["KO"]), (24, "close", "2015-07-01", ["JNJ"]),
        (26, "volume", "2021-10-01", ["AMZN"]), (27, "open", "2019-07-01", ["KO"]),
        (29, "volume", "2018-10-23", ["GE"]), (31, "close", "2021-12-31", ["TSLA"]),
        (38, "volume", "2018-06-01", ["GM"]), (40, "volume", "2018-06-15", ["AMZN"]),
        (41, "open", "2020-08-24", ["GOOGL", "GOOG"]), (46, "low", "2021-06-30", ["MSFT"]),
        (49, "close", "2021-08-25", ["TSLA"]), (51, "open", "2021-02-01", ["BABA"]),
        (54, "open", "2019-11-04", ["META"]), (58, "close", "2021-10-05", ["MSFT"]),
        (59, "close", "2022-02-28", ["NFLX"])):
    def program(field=field, date=date, symbols=symbols):
        return on_day(field, date, *symbols)
    case(number, f"{field}-on-day")(program)

for number, symbols, date in (
        (16, ["GOOGL", "GOOG"], "2022-01-01"), (17, ["AMZN"], "2021-01-01"), (42, ["AMZN"], "2022-05-21"),
        (47, ["TSLA"], "2021-06-12"), (52, ["AMZN"], "2020-01-01")):
    def program(symbols=symbols, date=date):
        return [closed_on(symbol, date) for symbol in symbols][0]
    case(number, "day-without-trading")(program)


@case(1, "days-of-months")
def apple_first_days():
    days = daily("AAPL")
    firsts = [min(day for day in days if day.startswith(f"2021-{month:02}")) for month in range(1, 13)]
    # Any of the day's figures: the question says "details".
    return values([{"any": [float(days[day][field]) for field in FIELDS.values()], "tolerance": 0.006} for day in firsts],
                  80)


@case(2, "last-close")
def amazon_yesterday():
    return on_day("close", "2023-09-13", "AMZN")


@case(4, "market-on-day")
def sunday():
    return text(["closed", "not open"])


@case(7, "month")
def microsoft_january():
    day = min(day for day in daily("MSFT") if day.startswith("2021-01"))
    return on_day("open", day, "MSFT", extra=24)


@case(8, "exchange-rate")
def yen_to_yuan():
    return values([{"any": [rate("JPY", "CNY")], "tolerance": 0.0006}], 4)


@case(10, "change-on-day")
def amazon_rise():
    days = daily("AMZN")
    close, before, start = (float(days["2022-02-01"]["4. close"]), float(days["2022-01-31"]["4. close"]),
                            float(days["2022-02-01"]["1. open"]))
    changes = [close - before, close - start, 100 * (close / before - 1), 100 * (close / start - 1)]
    return values([{"any": [round(abs(change), 4) for change in changes] + [round(change, 4) for change in changes],
                    "tolerance": 0.006}], 4)


def status(region):
    """Open or closed, as the answer's only word or said of the market: some questions have the word themselves."""
    now = market(region)
    said, other = ([wording.format(word) for wording in ("is {}", "are {}", "currently {}", "status {}", "now {}")]
                   for word in (now, {"open": "closed", "closed": "open"}[now]))
    return any_of(regex(f"(?i){now}\\.?"), text(said, other))


for number, region in ((11, "United States"), (25, "United Kingdom"), (30, "United Kingdom"), (34, "United States"),
                       (35, "Mainland China"), (43, "United States"), (44, "United Kingdom")):
    def program(region=region):
        return status(region)
    case(number, "market-status")(program)


@case(20, "quote")
def apple_opening():
    return values([price(stock("GLOBAL_QUOTE", symbol="AAPL")["Global Quote"]["02. open"])], 2)


@case(28, "exchange-rate-on-day")
def yen_to_pound():
    series = stock("FX_DAILY", from_symbol="JPY", to_symbol="GBP", outputsize="full")["Time Series FX (Daily)"]
    day = {field: float(number) for field, number in series["2021-12-01"].items()}
    return values([{"any": sorted(set(day.values())), "tolerance": 0.00002}], 4)


@case(32, "quarter")
def alibaba_quarter():
    days = daily("BABA")

    def total(first, last):
        return {"any": [sum(int(row["5. volume"]) for day, row in days.items() if first <= day <= last)], "tolerance": 0.5}
    # The last quarter of the calendar, and the last three whole months.
    return any_of(values([total("2023-04-01", "2023-06-30")], 4), values([total("2023-06-01", "2023-08-31")], 4))


@case(33, "month")
def amazon_june():
    month = monthly("AMZN")["2021-06-30"]
    return values([price(month["2. high"]), price(month["3. low"])], 4)


@case(36, "exchange-rate")
def dollar_to_euro():
    return values([{"any": [rate("USD", "EUR")], "tolerance": 0.0006}], 4)


@case(37, "not-covered")
def australia():
    assert "Australia" not in regions()
    return unanswerable()


@case(39, "year")
def paypal_highest():
    return values([price(max(float(row["2. high"]) for day, row in daily("PYPL").items() if day.startswith("2021")))], 2)


@case(45, "last-close")
def alibaba_last_month():
    return on_day("close", "2023-08-31", "BABA")


@case(48, "exchange-rate")
def pound_to_australian():
    return values([{"any": [rate("GBP", "AUD")], "tolerance": 0.0006}], 4)


@case(50, "quote")
def amazon_now():
    quote = stock("GLOBAL_QUOTE", symbol="AMZN")["Global Quote"]
    return values([price(quote["05. price"]), shares(quote["06. volume"])], 8)


@case(53, "month")
def microsoft_volume():
    return values([shares(monthly("MSFT")["2023-09-13"]["5. volume"])], 2)


@case(55, "exchange-rate")
def dollar_to_euro_again():
    return values([{"any": [rate("USD", "EUR")], "tolerance": 0.0006}], 4)


@case(56, "month")
def microsoft_october():
    return values([shares(monthly("MSFT")["2020-10-30"]["5. volume"])], 2)


@case(57, "not-covered")
def nigeria():
    assert "Nigeria" not in regions()
    return unanswerable()
