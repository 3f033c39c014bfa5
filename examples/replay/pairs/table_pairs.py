"""Pairs on tables: those of the analyst example, whose prelude has read them, and some that a program reads itself."""


def sales(tail):
    return tail.strip() + "\n"


def pairs(p):
    revenue(p)
    groups(p)
    differences(p)
    people(p)
    stock(p)
    periods(p)
    read_by_the_program(p)


def revenue(p):
    p.demo("region-year", "What was the revenue of the West region in 2025?", """
chosen = sales[(sales["year"] == 2025) & (sales["region"] == "West")]
print("ANSWER:", round(chosen["revenue_eur"].sum(), 2))""")
    p.replay("several-slots", "What was the revenue of the North region in 2024?", {"West": "North", "2025": "2024"}, "Category and year.")
    p.replay("slot+wording", "In 2023, what was the revenue of the East region?", {"West": "East", "2025": "2023"}, "The year moved to the front.")
    p.refuse("other-quantity", "How many units did the West region sell in 2025?", "Units for revenue.")
    p.refuse("case", "what was the revenue of the south region in 2025?", "The table's values are case-sensitive, and how 'south' is spelled there is not known.")
    p.refuse("negation", "What was the revenue outside the West region in 2025?", "The complement.")
    p.refuse("bound-flipped", "What was the revenue of the West region since 2025?", "A span of years.")

    p.demo("excluding", "What was the total revenue of 2024 excluding Clothing?", """
chosen = sales[(sales["year"] == 2024) & (sales["category"] != "Clothing")]
print("ANSWER:", round(chosen["revenue_eur"].sum(), 2))""")
    p.replay("several-slots", "What was the total revenue of 2025 excluding Cooking?", {"2024": "2025", "Clothing": "Cooking"}, "Year and category.")
    p.refuse("including-excluding", "What was the total revenue of 2024 including Clothing?", "Including for excluding.")
    p.refuse("including-excluding", "What was the total revenue of 2024 from Clothing only?", "Only for excluding.")
    p.refuse("second-value", "What was the total revenue of 2024 excluding Clothing and Footwear?", "Two categories.")
    p.refuse("aggregate-changed", "What was the average revenue per month of 2024 excluding Clothing?", "An average per month for a sum.")

    p.demo("column-word", "What is the average price of the items in Dock A?", """
import pandas as pd

items = pd.read_csv("data/items.csv")
chosen = items[items["warehouse"] == "Dock A"]
print("ANSWER:", round(chosen["price"].mean(), 2))""")
    p.refuse("other-quantity", "What is the average weight of the items in Dock A?",
             "'price' is a literal of the program, but it is a column: another quantity, in another unit.")
    p.refuse("aggregate-changed", "What is the total price of the items in Dock A?", "A sum for an average.")
    p.refuse("aggregate-changed", "What is the median price of the items in Dock A?", "A median for a mean.")
    p.replay("slot", "What is the average price of the items in Dock B?", {"Dock A": "Dock B"}, "Only the warehouse.")
    p.refuse("second-value", "What is the average price of the items in Dock A and Dock B?", "Two warehouses.")


def groups(p):
    p.demo("region-highest", "Which region had the highest revenue in 2025?", """
chosen = sales[sales["year"] == 2025]
print("ANSWER:", chosen.groupby("region")["revenue_eur"].sum().idxmax())""")
    p.replay("slot+wording", "Tell me which region had the highest revenue in 2024.", {"2025": "2024"}, "Another year, asked indirectly.")
    p.refuse("superlative-flipped", "Which region had the lowest revenue in 2025?", "Lowest for highest.")
    p.refuse("rate-changed", "Which region had the highest revenue per unit in 2025?", "Per unit.")
    p.refuse("other-quantity", "Which product had the highest revenue in 2025?", "'region' is a literal, but it is the column that groups.")
    p.refuse("number-form", "Which regions had the highest revenue in 2025?", "Several for one.")
    p.refuse("superlative-added", "Which region had the second highest revenue in 2025?", "The second, not the first.")

    p.demo("best-month", "In which month of 2024 were the most Rain Shells sold?", """
chosen = sales[(sales["year"] == 2024) & (sales["product"] == "Rain Shell")]
print("ANSWER:", chosen.groupby("month")["units"].sum().idxmax())""")
    p.refuse("superlative-flipped", "In which month of 2024 were the fewest Rain Shells sold?", "Fewest for most.")
    p.refuse("granularity", "In which quarter of 2024 were the most Rain Shells sold?", "A quarter for a month.")
    p.replay("slot", "In which month of 2023 were the most Rain Shells sold?", {"2024": "2023"}, "Only the year.")
    p.refuse("condition-added", "In which month of 2024 were the most Rain Shells sold in the North?", "A region was added.")

    p.demo("three-best", "Which 3 products sold best in 2024?", """
totals = sales[sales["year"] == 2024].groupby("product")["units"].sum().sort_values(ascending=False)
print("ANSWER:", totals.index[0], totals.index[1], totals.index[2])""")
    p.refuse("unrolled", "Which 4 products sold best in 2024?", "Three indexes are written out.")
    p.refuse("superlative-flipped", "Which 3 products sold worst in 2024?", "Worst for best.")
    p.refuse("unrolled", "Which product sold best in 2024?", "One for three.")
    p.replay("slot", "Which 3 products sold best in 2025?", {"2024": "2025"}, "The year is a literal; the 3 did not change.")


def differences(p):
    p.demo("more-than", "By how many units did Steel Mug outsell Solo Tarp in 2024?", """
units = sales[sales["year"] == 2024].groupby("product")["units"].sum()
print("ANSWER:", units["Steel Mug"] - units["Solo Tarp"])""")
    p.replay("swap", "By how many units did Solo Tarp outsell Steel Mug in 2024?", {"Steel Mug": "Solo Tarp", "Solo Tarp": "Steel Mug"},
             "The order of the subtraction follows the question's.")
    p.replay("several-slots", "By how many units did Ridge Tent outsell Down Jacket in 2023?",
             {"Steel Mug": "Ridge Tent", "Solo Tarp": "Down Jacket", "2024": "2023"}, "Two products and the year.")
    p.refuse("other-quantity", "By how many euros did Steel Mug outsell Solo Tarp in 2024?", "Euros for units.")
    p.refuse("other-quantity", "By what percentage did Steel Mug outsell Solo Tarp in 2024?", "A percentage for a difference.")
    p.refuse("granularity", "By how many units did Steel Mug outsell Solo Tarp in the first half of 2024?", "Half a year.")

    p.demo("change", "By what percentage did the units of Footwear change from 2023 to 2024?", """
chosen = sales[sales["category"] == "Footwear"]
before = chosen[chosen["year"] == 2023]["units"].sum()
after = chosen[chosen["year"] == 2024]["units"].sum()
print("ANSWER:", round((after - before) / before * 100, 2))""")
    p.replay("several-slots", "By what percentage did the units of Footwear change from 2024 to 2025?", {"2023": "2024", "2024": "2025"},
             "2024 is the old end and the new start; exchanged one after the other, both would be 2025.")
    p.replay("slot", "By what percentage did the units of Shelter change from 2023 to 2024?", {"Footwear": "Shelter"}, "Only the category.")
    p.refuse("other-quantity", "By what percentage did the revenue of Footwear change from 2023 to 2024?", "Revenue for units.")
    p.refuse("other-quantity", "By how many did the units of Footwear change from 2023 to 2024?", "A difference for a percentage.")
    p.refuse("rate-changed", "By what percentage per month did the units of Footwear change from 2023 to 2024?", "Per month.")


def people(p):
    p.demo("last-joined", "Who was the last to join the Sales department?", """
chosen = employees[employees["dept"] == "Sales"]
print("ANSWER:", chosen.loc[chosen["joined"].idxmax(), "name"])""")
    p.replay("slot+wording", "Can you tell me who was the last to join the Finance department?", {"Sales": "Finance"}, "Another department, asked indirectly.")
    p.refuse("superlative-flipped", "Who was the first to join the Sales department?", "First for last.")
    p.refuse("other-function", "Who was the last to leave the Sales department?", "Another table.")
    p.refuse("number-form", "Who were the last two to join the Sales department?", "Two for one.")
    p.refuse("question-word", "When did the last person join the Sales department?", "A date for a name.")
    p.refuse("negation", "Who was the last to join a department other than Sales?", "A negation.")

    p.demo("pay", "What is the average pay per month in Graz?", """
chosen = employees[employees["site"] == "Graz"]
print("ANSWER:", round(chosen["monthly_pay_eur"].mean(), 2))""")
    p.replay("slot", "What is the average pay per month in Lyon?", {"Graz": "Lyon"}, "Only the place.")
    p.refuse("rate-changed", "What is the average pay per week in Graz?", "Per week for per month.")
    p.refuse("rate-changed", "What is the average pay per hour in Graz?", "Per hour for per month.")
    p.refuse("superlative-changed", "What is the highest pay per month in Graz?", "Highest for average.")
    p.refuse("condition-added", "What is the average pay per month in Graz of those who joined since 2020?", "One more condition.")
    p.refuse("question-word", "Who earns the average pay per month in Graz?", "A name for a number.")

    p.demo("started-before", "How many employees joined before 2015-06-01?", """
chosen = employees[employees["joined"] < "2015-06-01"]
print("ANSWER:", len(chosen))""")
    p.replay("date-wording", "How many employees joined before March 1, 2018?", {"2015-06-01": "2018-03-01"}, "The date in words.")
    p.refuse("bound-flipped", "How many employees joined after 2015-06-01?", "After for before.")
    p.refuse("comparison-turned", "How many employees joined on or before 2015-06-01?", "The day itself now counts.")
    p.refuse("other-quantity", "How many employees left before 2015-06-01?", "Left for joined.")
    p.refuse("ambiguous-value", "How many employees joined before 03/04/2018?", "3 April or March 4.")
    p.refuse("question-word", "Which employees joined before 2015-06-01?", "Names for a number.")

    p.demo("customers-since", "How many customers have been with us since 2020 or earlier?", """
chosen = customers[customers["since_year"] <= 2020]
print("ANSWER:", len(chosen))""")
    p.replay("slot", "How many customers have been with us since 2018 or earlier?", {"2020": "2018"}, "Only the year.")
    p.refuse("bound-flipped", "How many customers have come to us since 2020?", "The other side of the year.")
    p.refuse("incomplete-value", "How many customers have been with us since June or earlier?", "A month without a year.")
    p.refuse("question-word", "Which customers have been with us since 2020 or earlier?", "Names for a number.")


def stock(p):
    p.demo("lowest-credit", "Which 2 School customers have the lowest credit limit?", """
chosen = customers[customers["segment"] == "School"]
print("ANSWER:", ", ".join(chosen.nsmallest(2, "credit_limit_eur")["company"]))""")
    p.replay("several-slots", "Which three Club customers have the lowest credit limit?", {"2": "3", "School": "Club"}, "Number, in words, and category.")
    p.refuse("superlative-flipped", "Which 2 School customers have the highest credit limit?", "Highest for lowest.")
    p.refuse("superlative-changed", "Which 2 School customers have been with us the longest?", "Another quantity.")
    p.refuse("superlative-changed", "Which School customer has the 2nd lowest credit limit?", "One by its rank, not the two lowest.")
    p.refuse("condition-added", "Which 2 School customers in the North have the lowest credit limit?", "A region was added.")

    p.demo("heavy", "Which items in Hillside weigh more than 2 kg?", """
chosen = inventory[(inventory["warehouse"] == "Hillside") & (inventory["weight_g"] > 2000)]
print("ANSWER:", ", ".join(chosen["item"]))""")
    p.refuse("derived-value", "Which items in Hillside weigh more than 3 kg?", "The limit is in grams, 2000; the question's 2 is no literal.")
    p.refuse("comparison-turned", "Which items in Hillside weigh less than 2 kg?", "Less for more.")
    p.refuse("comparison-turned", "Which items in Hillside weigh 2 kg or more?", "2 kg itself now counts.")
    p.replay("slot", "Which items in Dock B weigh more than 2 kg?", {"Hillside": "Dock B"}, "Only the warehouse.")
    p.refuse("question-word", "How many items in Hillside weigh more than 2 kg?", "A number for names.")

    p.demo("reorder", "Which items in Dock B are below their reorder point?", """
chosen = inventory[(inventory["warehouse"] == "Dock B") & (inventory["on_hand"] < inventory["reorder_point"])]
print("ANSWER:", ", ".join(chosen["item"]))""")
    p.replay("slot+wording", "Please tell me which items in Hillside are below their reorder point.", {"Dock B": "Hillside"}, "Another warehouse, politely.")
    p.refuse("comparison-turned", "Which items in Dock B are above their reorder point?", "Above for below.")
    p.refuse("comparison-turned", "Which items in Dock B are at or below their reorder point?", "Equality now counts.")
    p.refuse("superlative-added", "Which item in Dock B is furthest below its reorder point?", "A superlative, and one for all.")
    p.refuse("negation", "Which items not in Dock B are below their reorder point?", "A negation.")

    p.demo("price-between", "How many items cost between 10 and 25 euros?", """
chosen = inventory[inventory["unit_cost_eur"].between(10, 25)]
print("ANSWER:", len(chosen))""")
    p.replay("several-slots", "How many items cost between 25 and 40.50 euros?", {"10": "25", "25": "40.50"}, "The old upper end is the new lower one; exchanged at once.")
    p.refuse("bound-flipped", "How many items cost less than 10 or more than 25 euros?", "Outside for between.")
    p.refuse("unit-asked", "How many items cost between 10 and 25 dollars?", "The column is in euros; no literal says the currency.")
    p.refuse("unit-asked", "How many items cost between 10 and 25 cents?", "The column is in euros.")


def periods(p):
    p.demo("quarter", "How many units were sold in quarter 3 of 2024?", """
chosen = sales[(sales["year"] == 2024) & (sales["quarter"] == 3)]
print("ANSWER:", chosen["units"].sum())""")
    p.replay("several-slots", "How many units were sold in quarter 1 of 2023?", {"3": "1", "2024": "2023"}, "Two numbers, each once.")
    p.refuse("granularity", "How many units were sold in month 3 of 2024?", "A month for a quarter; the number stayed.")
    p.refuse("bound-flipped", "How many units were sold up to quarter 3 of 2024?", "A span for one quarter.")
    p.refuse("granularity", "How many units were sold in the first 3 quarters of 2024?", "Three quarters for the third.")
    p.refuse("rate-changed", "How many units were sold per month in quarter 3 of 2024?", "Per month.")

    p.demo("month", "How many units were sold in March 2024?", """
chosen = sales[(sales["year"] == 2024) & (sales["month"] == "March")]
print("ANSWER:", chosen["units"].sum())""")
    p.replay("several-slots", "How many units were sold in July 2023?", {"2024": "2023", "March": "July"}, "Month and year, each a literal.")
    p.replay("slot+wording", "I'd like to know how many units were sold in March 2025, please.", {"2024": "2025"}, "Another year, politely.")
    p.refuse("bound-flipped", "How many units were sold since March 2024?", "A span for a month.")
    p.refuse("second-value", "How many units were sold in March and April 2024?", "Two months.")
    p.refuse("granularity", "How many units were sold on March 20, 2024?", "A day; the table has months.")
    p.refuse("granularity", "How many units were sold in 2024?", "The month is gone, the program's filter is not.")

    p.demo("number-and-date", "How many orders of more than 12 pieces arrived on 12 May 2025?", """
import pandas as pd

orders = pd.read_csv("data/orders.csv")
chosen = orders[(orders["pieces"] > 12) & (orders["arrived"] == "2025-05-12")]
print("ANSWER:", len(chosen))""")
    p.replay("slot", "How many orders of more than 12 pieces arrived on 14 May 2025?", {"2025-05-12": "2025-05-14"},
             "The date as a whole is a literal; the number 12 did not change.")
    p.refuse("comparison-turned", "How many orders of fewer than 12 pieces arrived on 12 May 2025?", "Fewer for more.")
    p.refuse("other-quantity", "How many pieces arrived on 12 May 2025 in orders of more than 12 pieces?", "Pieces for orders.")
    p.refuse("incomplete-value", "How many orders of more than 12 pieces arrived on 13 May?", "No year.")
    p.refuse("ambiguous-value", "How many orders of more than 12 pieces arrived on 5/6/2025?", "5 June or May 6.")

    p.demo("three-threes", "Which were the 3 largest orders of 3 March 2025?", """
import datetime

import pandas as pd

orders = pd.read_csv("data/orders.csv", parse_dates=["arrived"])
chosen = orders[orders["arrived"].dt.date == datetime.date(2025, 3, 3)]
print("ANSWER:", ", ".join(chosen.nlargest(3, "pieces")["number"]))""")
    p.refuse("ambiguous-span", "Which were the 5 largest orders of 3 March 2025?", "3 stands three times in the program; which one is the count is a guess.")
    p.refuse("ambiguous-span", "Which were the 3 largest orders of 3 April 2025?", "Which 3 is the month is a guess.")
    p.refuse("ambiguous-span", "Which were the 3 largest orders of 4 March 2025?", "Which 3 is the day is a guess.")
    p.refuse("superlative-flipped", "Which were the 3 smallest orders of 3 March 2025?", "Smallest for largest.")


def read_by_the_program(p):
    p.demo("sql", "How many orders did the customer Smith place?", """
import sqlite3

with sqlite3.connect("data/shop.db") as database:
    count = database.execute("SELECT COUNT(*) FROM orders WHERE customer = 'Smith'").fetchone()[0]
print("ANSWER:", count)""")
    p.replay("slot", "How many orders did the customer Jones place?", {"Smith": "Jones"}, "A name without special characters, a part of the SQL's literal.")
    p.refuse("escaping", "How many orders did the customer O'Brien place?", "The apostrophe would end the SQL's own string inside the literal.")
    p.refuse("injection", "How many orders did the customer Smith' OR '1'='1 place?", "SQL in place of a name.")
    p.refuse("other-quantity", "How many orders did the customer Smith cancel?", "Cancelled, not placed.")
    p.refuse("condition-added", "How many orders did the customer Smith place before 2025?", "A condition was added.")

    p.demo("convert-units", "How many kilometers are 5 miles?", """
import pandas as pd

metres = pd.read_csv("data/units.csv", index_col="unit")["metres"]
print("ANSWER:", round(5 * metres["miles"] / metres["kilometers"], 4))""")
    p.replay("several-slots", "How many meters are 12 feet?", {"kilometers": "meters", "5": "12", "miles": "feet"}, "Both units are keys of a table of units, and the number occurs once.")
    p.replay("swap", "How many miles are 5 kilometers?", {"kilometers": "miles", "miles": "kilometers"}, "The units swapped, at once.")
    p.refuse("unit-asked", "How many square kilometers are 5 square miles?", "Areas: the factor is squared.")
    p.refuse("rate-changed", "How many kilometers per hour are 5 meters per second?", "A speed has a time in it too.")
    p.refuse("second-value", "How many kilometers are 5 miles and 300 yards?", "Two quantities.")

    p.demo("unit-table", "How many kilograms are 8 pounds?", """
KILOGRAMS = {"pounds": 0.45359237, "ounces": 0.028349523, "stone": 6.35029318}
print("ANSWER:", round(8 * KILOGRAMS["pounds"], 4))""")
    p.refuse("two-meanings", "How many kilograms are 8 ounces?", "'pounds' is also the key of the table's entry; exchanged there too, ounces would weigh a pound.")
    p.refuse("unit-asked", "How many grams are 8 pounds?", "The unit asked for is in the table's numbers.")
    p.replay("slot", "How many kilograms are 15 pounds?", {"8": "15"}, "The number is a literal, once.")
    p.refuse("direction", "How many pounds are 8 kilograms?", "The division the other way round.")

    p.demo("minutes", "Which calls took longer than 60 minutes?", """
import pandas as pd

calls = pd.read_csv("data/calls.csv")
print("ANSWER:", ", ".join(calls[calls["seconds"] / 60 > 60]["caller"]))""")
    p.refuse("two-meanings", "Which calls took longer than 45 minutes?", "One 60 is the seconds in a minute.")
    p.refuse("granularity", "Which calls took longer than 60 seconds?", "Seconds for minutes.")
    p.refuse("superlative-added", "Which call took the longest of those longer than 60 minutes?", "A superlative.")
    p.refuse("comparison-turned", "Which calls took no longer than 60 minutes?", "A negation of the comparison.")

    p.demo("interest", "What are 1000 euros worth after 5 years at 5 percent a year?", """
print("ANSWER:", round(1000 * 1.05 ** 5, 2))""")
    p.replay("slot", "What are 2500 euros worth after 5 years at 5 percent a year?", {"1000": "2500"}, "The amount is a literal, once.")
    p.refuse("derived-value", "What are 1000 euros worth after 5 years at 4 percent a year?", "The rate is in the factor 1.05; the literal 5 is the years.")
    p.refuse("two-meanings", "What are 1000 euros worth after 8 years at 8 percent a year?", "The years are a literal, the rate is not.")
    p.refuse("rate-changed", "What are 1000 euros worth after 5 years at 5 percent a month?", "Per month for per year.")
