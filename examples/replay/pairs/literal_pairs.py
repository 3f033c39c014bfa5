"""Pairs in which the word that changed is a literal of the program and yet no slot: a quantity, an aggregate, an order."""

from builder import place, stock, weather


def pairs(p):
    fields(p)
    aggregates(p)
    orders(p)
    sums(p)
    filters(p)


def fields(p):
    p.demo("field-word", "Give me the humidity in Bari right now.", weather("current", '"q": "Bari"', 'print("ANSWER:", data["current"]["humidity"])'))
    p.refuse("other-quantity", "Give me the cloud in Bari right now.", "'cloud' is a field as well, but another quantity.")
    p.refuse("other-quantity", "Give me the uv in Bari right now.", "'uv' is a field as well, but another quantity.")
    p.refuse("other-quantity", "Give me the temperature in Bari right now.", "There is no field 'temperature'; the exchange would break the program.")
    p.replay("slot", "Give me the humidity in Taranto right now.", {"Bari": "Taranto"}, "Only the city.")

    p.demo("moon-word", "Tell me the moonrise in Split on 2026-03-18.",
           weather("astronomy", '"q": "Split", "dt": "2026-03-18"', 'print("ANSWER:", data["astronomy"]["astro"]["moonrise"])'))
    p.refuse("superlative-flipped", "Tell me the moonset in Split on 2026-03-18.", "The word is a field's name: another quantity.")
    p.refuse("other-quantity", "Tell me the sunrise in Split on 2026-03-18.", "The word is a field's name: another quantity.")
    p.replay("several-slots", "Tell me the moonrise in Zadar on March 19, 2026.", {"Split": "Zadar", "2026-03-18": "2026-03-19"}, "City and date.")
    p.refuse("other-quantity", "Tell me the moonrise and the moonset in Split on 2026-03-18.", "Two quantities.")

    p.demo("region-word", "What is the region of Bath?", weather("search", '"q": "Bath"', 'print("ANSWER:", data[0]["region"])'))
    p.refuse("other-quantity", "What is the country of Bath?", "'country' is a field as well, but another quantity.")
    p.refuse("other-quantity", "What is the name of Bath?", "'name' is a field as well.")
    p.replay("slot", "What is the region of Wells?", {"Bath": "Wells"}, "Only the town.")
    p.refuse("direction", "What is the region around Bath?", "Around is not of.")

    p.demo("sector-word", "Which Sector is MRK in?", stock("OVERVIEW", '"symbol": "MRK"', 'print("ANSWER:", data["Sector"])'))
    p.refuse("other-quantity", "Which Industry is MRK in?", "'Industry' is a field as well, but another quantity.")
    p.refuse("other-quantity", "Which Country is MRK in?", "'Country' is a field as well.")
    p.replay("slot+wording", "Please tell me which Sector LLY is in.", {"MRK": "LLY"}, "Another ticker, asked indirectly.")
    p.refuse("direction", "Which companies are in the Sector of MRK?", "The other way round.")

    p.demo("interval-word", "Show the monthly price of crude oil, type WTI.", stock("WTI", '"interval": "monthly"', 'print("ANSWER:", data["data"][0]["value"])'))
    p.refuse("rate-changed", "Show the weekly price of crude oil, type WTI.", "How often a price is given is no slot, though 'monthly' is a literal.")
    p.refuse("rate-changed", "Show the daily price of crude oil, type WTI.", "The same.")
    p.refuse("other-function", "Show the monthly price of natural gas.", "Another function of the API.")
    p.replay("wording", "Please show the monthly price of crude oil, type WTI.", {}, "A please.")


def aggregates(p):
    p.demo("agg-word", "What is the mean of the unit costs in Dock A?", """
chosen = inventory[inventory["warehouse"] == "Dock A"]
print("ANSWER:", round(chosen["unit_cost_eur"].agg("mean"), 2))""")
    p.refuse("aggregate-changed", "What is the median of the unit costs in Dock A?", "The aggregate is no slot, though 'mean' is a literal.")
    p.refuse("aggregate-changed", "What is the max of the unit costs in Dock A?", "The same.")
    p.refuse("aggregate-changed", "What is the sum of the unit costs in Dock A?", "The same.")
    p.replay("slot", "What is the mean of the unit costs in Hillside?", {"Dock A": "Hillside"}, "Only the warehouse.")

    p.demo("group-word", "Show the units sold per quarter of 2024.", """
for key, units in sales[sales["year"] == 2024].groupby("quarter")["units"].sum().items():
    print("ANSWER:", key, units)""")
    p.refuse("rate-changed", "Show the units sold per month of 2024.", "'quarter' is a literal and 'month' a column, yet what is grouped by is no slot.")
    p.refuse("rate-changed", "Show the units sold per region of 2024.", "Per region.")
    p.refuse("other-quantity", "Show the revenue_eur sold per quarter of 2024.", "A column's name in the question is another quantity.")
    p.replay("slot+wording", "Could you show the units sold per quarter of 2025?", {"2024": "2025"}, "Another year, politely.")

    p.demo("column-largest", "Which product has the largest list_price_eur?", """
print("ANSWER:", products.loc[products["list_price_eur"].idxmax(), "product"])""")
    p.refuse("superlative-changed", "Which product has the largest launched?", "Another column is another quantity, even where it is named as the table names it.")
    p.refuse("superlative-flipped", "Which product has the smallest list_price_eur?", "Smallest for largest.")
    p.refuse("other-quantity", "Which category has the largest list_price_eur?", "'product' is a literal, but what is asked for, not a slot.")
    p.replay("wording", "Tell me which product has the largest list_price_eur.", {}, "An indirect question.")


def orders(p):
    p.demo("order-word", 'Sort the words of "pear apple fig" in ascending order.', """
order = "ascending"
words = sorted("pear apple fig".split(), reverse=order == "descending")
print("ANSWER:", " ".join(words))""")
    p.refuse("superlative-flipped", 'Sort the words of "pear apple fig" in descending order.', "The order is no slot, though it is a literal.")
    p.replay("slot", 'Sort the words of "kiwi plum date" in ascending order.', {"pear apple fig": "kiwi plum date"}, "The quoted text; 'date' in it is a fruit.")
    p.refuse("other-quantity", 'Sort the letters of "pear apple fig" in ascending order.', "Letters for words.")
    p.refuse("condition-added", 'Sort the words of "pear apple fig" in ascending order of length.', "By another key.")

    p.demo("method-word", 'Write "annual report" in title case.', """
text = "annual report"
print("ANSWER:", getattr(text, "title")())""")
    p.refuse("other-function", 'Write "annual report" in upper case.', "'title' is a literal, but the method that is called.")
    p.refuse("other-function", 'Write "annual report" in swapcase case.', "Another method.")
    p.replay("slot", 'Write "minutes of the meeting" in title case.', {"annual report": "minutes of the meeting"}, "The quoted text.")
    p.replay("trap-name", 'Write "title" in title case.', {"annual report": "title"}, "The text is the word that also names the method.")

    p.demo("rank-word", "Which cafes around 52.5208,13.4094 come first, ranked by distance?",
           place("nearbysearch", '"location": "52.5208,13.4094", "rankby": "distance", "keyword": "cafes"', """
for result in data["results"]:
    print("ANSWER:", result["name"])"""))
    p.refuse("superlative-changed", "Which cafes around 52.5208,13.4094 come first, ranked by prominence?", "The order of the results is no slot.")
    p.replay("slot", "Which bakeries around 52.5208,13.4094 come first, ranked by distance?", {"cafes": "bakeries"}, "Only the category.")
    p.replay("slot", "Which cafes around 48.2082,16.3738 come first, ranked by distance?", {"52.5208,13.4094": "48.2082,16.3738"}, "The position is in the question.")
    p.refuse("coordinates", "Which cafes around Vienna come first, ranked by distance?", "A name for a position, which is not known.")
    p.refuse("superlative-flipped", "Which cafes around 52.5208,13.4094 come last, ranked by distance?", "Last for first.")


def sums(p):
    p.demo("maximum-of", "What is the maximum of 3, 8 and 5?", """
print("ANSWER:", max(3, 8, 5))""")
    p.replay("several-slots", "What is the maximum of 8, 5 and 12?", {"3": "8", "8": "5", "5": "12"}, "Each number takes the place of the one that stood there; at once.")
    p.refuse("superlative-flipped", "What is the minimum of 3, 8 and 5?", "Minimum for maximum.")
    p.refuse("second-value", "What is the maximum of 3, 8, 5 and 9?", "A fourth number.")
    p.refuse("condition-dropped", "What is the maximum of 3 and 8?", "A number fewer.")

    p.demo("percent-of", "What is 20 percent of 350?", """
print("ANSWER:", 350 * 20 / 100)""")
    p.replay("several-slots", "What is 15 percent of 80?", {"20": "15", "350": "80"}, "Two numbers, each once.")
    p.refuse("direction", "What percent of 350 is 20?", "The same numbers, another question.")
    p.refuse("direction", "What is 20 percent more than 350?", "Added to, not of.")
    p.refuse("direction", "What is 350 minus 20 percent?", "Taken off.")
    p.refuse("direction", "What is 20 per mille of 350?", "The hundred would be a thousand.")

    p.demo("fahrenheit", "How much is 86 °F in °C, to 2 decimals?", """
print("ANSWER:", round((86 - 32) * 5 / 9, 2))""")
    p.replay("several-slots", "How much is 104.5 °F in °C, to 1 decimal?", {"86": "104.5", "2": "1"}, "The temperature and the number of decimals, each once.")
    p.refuse("direction", "How much is 86 °C in °F, to 2 decimals?", "The other way round.")
    p.refuse("unit-asked", "How much is 86 °F in K, to 2 decimals?", "Another unit.")
    p.refuse("unit-asked", "By how much °C does it get warmer when it gets warmer by 86 °F, to 2 decimals?", "A difference has no 32.")

    p.demo("less-tax", "What do 240 euros come to without the 20 percent tax in them?", """
print("ANSWER:", round(240 / 1.2, 2))""")
    p.refuse("derived-value", "What do 240 euros come to without the 7 percent tax in them?", "The rate is in the factor 1.2.")
    p.replay("slot", "What do 96 euros come to without the 20 percent tax in them?", {"240": "96"}, "The amount is a literal, once.")
    p.refuse("including-excluding", "What do 240 euros come to with the 20 percent tax on top?", "With for without.")
    p.refuse("other-quantity", "How much tax is in 240 euros, at 20 percent?", "The tax, not the rest.")


def filters(p):
    p.demo("table-word", "How many orders are above 500 euros?", """
import pandas as pd

table = pd.read_csv("data/orders.csv")
print("ANSWER:", len(table.query("amount > 500")))""")
    p.replay("slot", "How many orders are above 750 euros?", {"500": "750"}, "The limit is a number inside a literal, once.")
    p.refuse("other-function", "How many returns are above 500 euros?", "'orders' is a part of a literal, but it names the table.")
    p.refuse("comparison-turned", "How many orders are below 500 euros?", "Below for above.")
    p.refuse("comparison-turned", "How many orders are not above 500 euros?", "At most.")
    p.refuse("including-excluding", "How many orders are above 500 euros with shipping?", "Another amount.")

    p.demo("year-column", "How many people lived in Graz in 2020?", """
import pandas as pd

people = pd.read_csv("data/population.csv", index_col="town")
print("ANSWER:", people.loc["Graz", "2020"])""")
    p.replay("several-slots", "How many people lived in Linz in 2021?", {"Graz": "Linz", "2020": "2021"}, "Town and year; the year is the name of a column.")
    p.refuse("bound-flipped", "How many people lived in Graz since 2020?", "An open span.")
    p.refuse("second-value", "How many people lived in Graz in 2020 and 2021?", "Two years.")
    p.refuse("other-quantity", "How many households were in Graz in 2020?", "Households for people.")

    p.demo("meetings", "Which meetings in room Blue start after 14:00?", """
import pandas as pd

meetings = pd.read_csv("data/meetings.csv", dtype=str)
chosen = meetings[(meetings["room"] == "Blue") & (meetings["start"] > "14:00")]
print("ANSWER:", ", ".join(chosen["title"]))""")
    p.replay("slot", "Which meetings in room Green start after 14:00?", {"Blue": "Green"}, "Only the room.")
    p.refuse("bound-flipped", "Which meetings in room Blue start before 14:00?", "Before for after.")
    p.refuse("other-quantity", "Which meetings in room Blue end after 14:00?", "End for start.")
    p.refuse("comparison-turned", "Which meetings in room Blue start at 14:00 or later?", "14:00 itself now counts.")
    p.refuse("granularity", "Which meetings in room Blue start 14 minutes after the hour?", "Another meaning of the 14.")

    p.demo("language", "Describe the weather in Kyoto right now in German.",
           weather("current", '"q": "Kyoto", "lang": "de"', 'print("ANSWER:", data["current"]["condition"]["text"])'))
    p.replay("slot", "Describe the weather in Nara right now in German.", {"Kyoto": "Nara"}, "Only the city.")
    p.refuse("hidden-part", "Describe the weather in Kyoto right now in Turkish.", "The language is in a code that is not in the question.")
    p.refuse("condition-dropped", "Describe the weather in Kyoto right now.", "The language was dropped; the program still asks for German.")
    p.refuse("condition-added", "Describe the weather in Kyoto right now in German prose.", "More than the condition is asked for.")
