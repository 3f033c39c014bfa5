"""Pairs on Alpha Vantage's exchange rates, markets and lists."""

from builder import daily_program as daily
from builder import stock


def pairs(p):
    currencies(p)
    markets(p)
    lists(p)


def currencies(p):
    rate = 'rate = data["Realtime Currency Exchange Rate"]["5. Exchange Rate"]\n'
    exchange = "CURRENCY_EXCHANGE_RATE"
    p.demo("rate", "What is the current exchange rate from USD to EUR?",
           stock(exchange, '"from_currency": "USD", "to_currency": "EUR"', rate + 'print("ANSWER:", rate)'))
    p.replay("swap", "What is the current exchange rate from EUR to USD?", {"USD": "EUR", "EUR": "USD"}, "Each code has its own parameter; exchanged at once.")
    p.replay("several-slots", "What's the current exchange rate from GBP to JPY?", {"USD": "GBP", "EUR": "JPY"}, "Both codes, and a contraction.")
    p.refuse("second-value", "What is the current exchange rate from USD to EUR and GBP?", "Two targets.")
    p.refuse("other-quantity", "What is the current bid price from USD to EUR?", "Another field.")
    p.refuse("condition-added", "What was the exchange rate from USD to EUR on December 1, 2021?", "A past date; the function has none.")
    p.refuse("ambiguous-value", "What is the current exchange rate from pesos to EUR?", "Several countries have pesos.")

    p.demo("convert", "Convert 250 USD to EUR.",
           stock(exchange, '"from_currency": "USD", "to_currency": "EUR"', rate + 'print("ANSWER:", round(250 * float(rate), 2), "EUR")'))
    p.replay("several-slots", "Convert 1,200 CHF to SEK.", {"250": "1200", "USD": "CHF", "EUR": "SEK"}, "Amount and both codes, the target in the label too.")
    p.replay("swap", "Please convert 250 EUR to USD.", {"USD": "EUR", "EUR": "USD"}, "The codes swapped, the label's too.")
    p.refuse("condition-added", "Convert 250 USD to EUR and subtract 2 percent.", "One more step.")
    p.refuse("direction", "How many USD do I need to get 250 EUR?", "The amount is now the target's: a division, not a multiplication.")
    p.refuse("ambiguous-value", "Convert 250 crowns to EUR.", "Czech, Danish, Norwegian, Swedish or Icelandic.")
    p.refuse("other-function", "Convert 250 USD to ounces of gold.", "Gold is not a currency of this function's.")

    p.demo("names", "How many Chinese yuan do I get for one Japanese yen?",
           stock(exchange, '"from_currency": "JPY", "to_currency": "CNY"', rate + 'print("ANSWER:", rate)'))
    known = [("How many Thai baht do I get for one Japanese yen?", stock(exchange, '"from_currency": "JPY", "to_currency": "THB"', rate + 'print("ANSWER:", rate)')),
             ("How many Chinese yuan do I get for one Swiss franc?", stock(exchange, '"from_currency": "CHF", "to_currency": "CNY"', rate + 'print("ANSWER:", rate)'))]
    p.replay("known-mapping", "How many Thai baht do I get for one Swiss franc?", {"JPY": "CHF", "CNY": "THB"}, "Both names are known.", known=known)
    p.replay("swap", "How many Japanese yen do I get for one Chinese yuan?", {"JPY": "CNY", "CNY": "JPY"},
             "Two verified programs show which name is which code.", known=known)
    p.refuse("ambiguous-value", "How many Chinese yuan do I get for one dollar?", "Whose dollar is not said.", known=known)
    p.refuse("number-form", "How many Chinese yuan do I get for a hundred Japanese yen?", "The program has no amount.", known=known)
    p.refuse("comparison-turned", "Do I get fewer than 7 Chinese yuan for one Japanese yen?", "A comparison was added.", known=known)


def markets(p):
    region = """
for market in data["markets"]:
    if market["region"] == "{}":
        print("ANSWER:", market["current_status"])
        break"""
    p.demo("lse", "Can you tell me the open status for the London Stock Exchange today?", stock("MARKET_STATUS", "", region.format("United Kingdom")))
    p.refuse("hidden-part", "Can you tell me the open status for the Tokyo Stock Exchange today?", "The program has the exchange's region, and Tokyo's is not known.")
    p.replay("wording", "Please tell me the open status for the London Stock Exchange today.", {}, "The same, politely.")
    p.refuse("other-quantity", "Can you tell me the opening time for the London Stock Exchange today?", "A time, not a status.")
    p.refuse("other-function", "Can you tell me the open status for the London Stock Exchange on Christmas Day?", "The status is today's only.")

    p.demo("market-region", "Is the stock market in Japan open now?", stock("MARKET_STATUS", "", region.format("Japan")))
    p.replay("slot", "Is the stock market in Canada open now?", {"Japan": "Canada"}, "The region is a literal and the question's own word.")
    p.replay("slot+wording", "Can you tell me whether the stock market in Germany is open now?", {"Japan": "Germany"}, "An indirect question, another region.")
    p.refuse("second-value", "Are the stock markets in Japan and Canada open now?", "Two regions.")
    p.refuse("other-quantity", "When does the stock market in Japan open?", "A time, not a status.")
    p.refuse("superlative-added", "Which stock market in Japan is open the longest now?", "Another question.")


def lists(p):
    p.demo("top-gainer", "Which stock gained the most today?", stock("TOP_GAINERS_LOSERS", "", 'print("ANSWER:", data["top_gainers"][0]["ticker"])'))
    p.refuse("superlative-flipped", "Which stock lost the most today?", "Lost for gained.")
    p.refuse("superlative-flipped", "Which stock gained the least today?", "Least for most.")
    p.refuse("number-form", "Which stocks gained the most today?", "Several for one.")
    p.refuse("granularity", "Which stock gained the most this week?", "A week for a day.")
    p.replay("wording", "Please tell me which stock gained the most today.", {}, "The same, politely.")
    p.refuse("other-quantity", "Which stock was traded the most today?", "Another list.")

    p.demo("unrolled", "Show the top 3 gainers of today.", stock("TOP_GAINERS_LOSERS", "", """
gainers = data["top_gainers"]
print("ANSWER:", gainers[0]["ticker"], gainers[1]["ticker"], gainers[2]["ticker"])"""))
    p.refuse("unrolled", "Show the top 5 gainers of today.", "Three indexes are written out; no literal is the 3.")
    p.refuse("unrolled", "Show the top 2 gainers of today.", "2 is an index of the program's and not its count.")
    p.refuse("unrolled", "Show the top gainer of today.", "One for three.")
    p.replay("wording", "Can you show me the top 3 gainers of today?", {}, "The same, politely.")

    p.demo("slice", "List today's top 3 losers.", stock("TOP_GAINERS_LOSERS", "", """
for stock in data["top_losers"][:3]:
    print("ANSWER:", stock["ticker"], stock["change_percentage"])"""))
    p.replay("slot", "List today's top 5 losers.", {"3": "5"}, "The slice's end is the literal 3, once.")
    p.replay("number-word", "Please list today's top ten losers.", {"3": "10"}, "A number in words.")
    p.refuse("superlative-flipped", "List today's top 3 gainers.", "Gainers for losers.")
    p.refuse("condition-added", "List today's top 3 losers that cost more than 5 dollars.", "A filter was added.")
    p.refuse("including-excluding", "List today's losers except the top 3.", "The rest of the list.")

    p.demo("short-ticker", "What was the volume of T on May 3, 2022?", daily("T", 'print("ANSWER:", days["2022-05-03"]["5. volume"])'))
    p.replay("trap-name", "What was the volume of F on May 3, 2022?", {'"T"': '"F"'}, "A ticker of one letter stands in the program by itself only once.")
    p.replay("trap-name", "What was the volume of CAT on May 4, 2022?", {'"T"': '"CAT"', "2022-05-03": "2022-05-04"}, "A ticker that is a word.")
    p.refuse("superlative-added", "What was the highest volume of T in May 2022?", "A highest over a month.")
    p.refuse("empty-value", "What was the volume of on May 3, 2022?", "No ticker.")
