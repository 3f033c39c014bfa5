#!/usr/bin/env python3
"""Writes cases.jsonl: questions about data/ with their right answers, computed here with the standard library alone.

    python3 make_cases.py            writes cases.jsonl
    python3 make_cases.py --check    exits 1 when cases.jsonl is not what this computes

Where a question asks for the highest or lowest of something, the script refuses a runner-up that is too close.
"""

import csv
import pathlib
import sys
from collections import defaultdict
from datetime import date, datetime

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from casefile import Cases, any_of, number, one_of, set_of  # noqa: E402


def table(name, separator=","):
    with open(HERE / "data" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]
SALES = table("sales.csv")
for row in SALES:
    when = datetime.strptime(row["period"], "%b %Y")
    row["year"], row["month"] = when.year, when.month
    row["quarter"] = (when.month + 2) // 3
    row["units"] = int(row["units"]) if row["units"] else None
    row["revenue"] = float(row["net_rev_eur"])
PRODUCTS = table("products.csv")
CATEGORY = {row["product"]: row["category"] for row in PRODUCTS}
CUSTOMERS = table("customers.csv")
for row in CUSTOMERS:
    row["since"] = datetime.strptime(row["customer_since"], "%d.%m.%Y").date()
    row["limit"] = float(row["credit_limit_keur"]) * 1000
EMPLOYEES = table("employees.csv")
for row in EMPLOYEES:
    row["start"] = date.fromisoformat(row["start_date"])
    row["end"] = date.fromisoformat(row["end_date"]) if row["end_date"] else None
    row["pay"] = float(row["monthly_pay_eur"])
INVENTORY = table("inventory.csv", ";")
for row in INVENTORY:
    row["on_hand"], row["reorder"], row["weight"] = int(row["on_hand"]), int(row["reorder_point"]), int(row["weight_g"])
    row["cost"] = float(row["unit_cost_eur"]) if row["unit_cost_eur"] else None

AREAS = sorted({row["sales_area"] for row in SALES})
NAMES = [row["product"] for row in PRODUCTS]
CATEGORIES = sorted(set(CATEGORY.values()))
YEARS = ["2023", "2024", "2025"]
SEGMENTS = sorted({row["segment"] for row in CUSTOMERS if row["segment"]})
DEPARTMENTS = sorted({row["dept"] for row in EMPLOYEES})
CURRENT = [row for row in EMPLOYEES if row["end"] is None]
COMPANIES = [row["company"] for row in CUSTOMERS]
PEOPLE = {row["name"]: row["emp_no"] for row in EMPLOYEES}
ITEMS = {row["item"]: row["sku"] for row in INVENTORY}


def sold(**wanted):
    return [row for row in SALES if all(row[key] == value for key, value in wanted.items())]


def total(rows, key):
    return sum(row[key] for row in rows if row[key] is not None)


def totals(rows, by, key):
    sums = defaultdict(float)
    for row in rows:
        sums[by(row)] += row[key] or 0
    return sums


def extreme(values, highest, margin=0.01):
    """The key with the highest (lowest) value; a runner-up within the margin is an error."""
    ranked = sorted(values.items(), key=lambda item: item[1], reverse=highest)
    gap = abs(ranked[0][1] - ranked[1][1])
    assert gap > margin * abs(ranked[0][1]), f"too close: {ranked[:2]}"
    return ranked[0][0]


def earliest(rows, key, latest=False):
    """The row with the earliest (latest) date, which no other row shares."""
    ranked = sorted(rows, key=lambda row: row[key], reverse=latest)
    assert ranked[0][key] != ranked[1][key]
    return ranked[0]


def money(value):
    return number(round(value, 2), 1.0)


def percent(value):
    return number(round(value, 2), 0.06)


def count(value):
    assert value > 1
    return number(value, 0)


def person(name):
    """A person, by name or number."""
    return any_of(one_of(name, PEOPLE), one_of(PEOPLE[name], PEOPLE.values()))


def item(name):
    """An item, by name or SKU."""
    return any_of(one_of(name, ITEMS), one_of(ITEMS[name], ITEMS.values()))


def items(names):
    """Exactly these items, by name or SKU."""
    return any_of(set_of(names, ITEMS), set_of([ITEMS[name] for name in names], ITEMS.values()))


cases = Cases()


def best_of_group():
    for year, question in ((2025, "Which region had the highest revenue in 2025?"),
                           (2023, "Which region had the highest revenue in 2023?"),
                           (2024, "In 2024, which region brought in the most revenue?")):
        by_area = totals(sold(year=year), lambda row: row["sales_area"], "revenue")
        cases.add("best of group", "region-highest-year", "learn", question, one_of(extreme(by_area, True), AREAS))
    for year, question in ((2024, "Which region had the lowest revenue in 2024?"),
                           (2023, "Which region had the lowest revenue in 2023?"),
                           (2025, "Which region earned the least in 2025?")):
        by_area = totals(sold(year=year), lambda row: row["sales_area"], "revenue")
        cases.add("best of group", "region-lowest-year", "learn", question, one_of(extreme(by_area, False), AREAS))
    for year, question in ((2023, "Which product had the highest revenue in 2023?"),
                           (2024, "Which product had the highest revenue in 2024?"),
                           (2025, "What was our best-selling product by revenue in 2025?")):
        by_name = totals(sold(year=year), lambda row: row["product"], "revenue")
        cases.add("best of group", "product-highest-year", "test", question, one_of(extreme(by_name, True), NAMES))
    for year, quarter, question in ((2023, 4, "Which product had the lowest revenue in the fourth quarter of 2023?"),
                                    (2024, 1, "Which product had the lowest revenue in the first quarter of 2024?"),
                                    (2025, 2, "Which product earned the least in the second quarter of 2025?")):
        by_name = totals(sold(year=year, quarter=quarter), lambda row: row["product"], "revenue")
        cases.add("best of group", "product-lowest-quarter", "test", question, one_of(extreme(by_name, False), NAMES))


def filtered_sum():
    for name, year, question in (("Trail Boots", 2024, "What was the total revenue of Trail Boots in 2024, in EUR?"),
                                 ("Camp Stove", 2023, "What was the total revenue of the Camp Stove in 2023, in EUR?"),
                                 ("Rain Shell", 2025, "How many euros of revenue did the Rain Shell make in 2025?")):
        cases.add("filtered sum", "product-revenue-year", "learn", question,
                  money(total(sold(product=name, year=year), "revenue")))
    for area, year, question in (("North", 2023, "How many units were sold in the North region in 2023?"),
                                 ("East", 2025, "How many units were sold in the East region in 2025?"),
                                 ("Central", 2024, "Total units sold in Central in 2024?")):
        cases.add("filtered sum", "region-units-year", "learn", question,
                  count(total(sold(sales_area=area, year=year), "units")))
    for area, quarter, year, question in (
            ("West", 3, 2025, "What was the revenue of the West region in the third quarter of 2025, in EUR?"),
            ("South", 1, 2024, "What was the revenue of the South region in the first quarter of 2024, in EUR?"),
            ("North", 4, 2023, "How much revenue, in EUR, did North make in Q4 2023?")):
        cases.add("filtered sum", "region-revenue-quarter", "test", question,
                  money(total(sold(sales_area=area, year=year, quarter=quarter), "revenue")))
    for name, area, question in (
            ("Steel Mug", "South", "How many Steel Mugs were sold in the South region over all three years?"),
            ("Ridge Tent", "West", "How many Ridge Tents were sold in the West region over all three years?"),
            ("Solo Tarp", "North", "Over the whole period, how many units of the Solo Tarp did North sell?")):
        cases.add("filtered sum", "product-region-units", "test", question,
                  count(total(sold(product=name, sales_area=area), "units")))


def best_in_time():
    for year, question in ((2023, "In which month of 2023 was total revenue the highest?"),
                           (2024, "In which month of 2024 was total revenue the highest?"),
                           (2025, "Which month of 2025 brought the most revenue?")):
        best = extreme(totals(sold(year=year), lambda row: row["month"], "revenue"), True, 0.002)
        cases.add("best in time", "best-month-year", "learn", question, month(best, year))
    for name, question in (("Ridge Tent", "In which year did the Ridge Tent make the most revenue?"),
                           ("Steel Mug", "In which year did the Steel Mug make the most revenue?"),
                           ("Camp Stove", "What was the best year for the Camp Stove by revenue?")):
        best = extreme(totals(sold(product=name), lambda row: str(row["year"]), "revenue"), True)
        cases.add("best in time", "product-best-year", "learn", question, one_of(best, YEARS))
    for name, year, question in (
            ("Wool Socks", 2024, "In which month of 2024 did Wool Socks have the lowest revenue?"),
            ("Trail Boots", 2023, "In which month of 2023 did Trail Boots have the lowest revenue?"),
            ("Down Jacket", 2025, "Which month of 2025 was the worst for the Down Jacket by revenue?")):
        worst = extreme(totals(sold(product=name, year=year), lambda row: row["month"], "revenue"), False)
        cases.add("best in time", "product-worst-month", "test", question, month(worst, year))
    for area, question in (("East", "In which year did the East region have the lowest revenue?"),
                           ("North", "In which year did the North region have the lowest revenue?"),
                           ("South", "What was the weakest year for South by revenue?")):
        worst = extreme(totals(sold(sales_area=area), lambda row: str(row["year"]), "revenue"), False)
        cases.add("best in time", "region-worst-year", "test", question, one_of(worst, YEARS))


def month(which, year):
    """A month: by its name, its short name, written as a date, or as a number alone."""
    names = [name for number, name in enumerate(MONTHS, 1) if number != which]
    right = MONTHS[which - 1]
    wordings = list(dict.fromkeys([right, right[:3], f"{year}-{which:02d}"]))
    others = list(dict.fromkeys(names + [name[:3] for name in names]))
    return any_of({"text": wordings, "others": others}, number(which, 0))


def growth_and_share():
    for area, first, last, question in (
            ("South", 2024, 2025, "By what percentage did the revenue of the South region grow from 2024 to 2025?"),
            ("West", 2023, 2024, "By what percentage did the revenue of the West region grow from 2023 to 2024?"),
            ("Central", 2023, 2024, "How many percent more revenue did Central make in 2024 than in 2023?")):
        before, after = (total(sold(sales_area=area, year=year), "revenue") for year in (first, last))
        assert after > before
        cases.add("growth and share", "region-growth", "learn", question, percent((after / before - 1) * 100))
    for area, year, question in (
            ("West", 2025, "What percentage of the total revenue of 2025 came from the West region?"),
            ("North", 2024, "What percentage of the total revenue of 2024 came from the North region?"),
            ("East", 2023, "What was the share of East in the total revenue of 2023, in percent?")):
        cases.add("growth and share", "region-share-year", "learn", question,
                  percent(100 * total(sold(sales_area=area, year=year), "revenue")
                          / total(sold(year=year), "revenue")))
    for name, first, last, question in (
            ("Solo Tarp", 2023, 2025, "By what percentage did the revenue of the Solo Tarp grow from 2023 to 2025?"),
            ("Rain Shell", 2023, 2024, "By what percentage did the revenue of the Rain Shell grow from 2023 to 2024?"),
            ("Trail Boots", 2024, 2025, "How many percent more revenue did Trail Boots make in 2025 than in 2024?")):
        before, after = (total(sold(product=name, year=year), "revenue") for year in (first, last))
        assert after > before
        cases.add("growth and share", "product-growth", "test", question, percent((after / before - 1) * 100))
    for name, area, question in (
            ("Ridge Tent", "West", "What percentage of the Ridge Tent's total revenue came from the West region?"),
            ("Down Jacket", "North", "What percentage of the Down Jacket's total revenue came from the North region?"),
            ("Camp Stove", "South", "What is South's share, in percent, of all revenue of the Camp Stove?")):
        cases.add("growth and share", "product-region-share", "test", question,
                  percent(100 * total(sold(product=name, sales_area=area), "revenue")
                          / total(sold(product=name), "revenue")))


def two_tables():
    for category, year, question in (
            ("Clothing", 2024, "What was the total revenue of the category Clothing in 2024, in EUR?"),
            ("Shelter", 2025, "What was the total revenue of the category Shelter in 2025, in EUR?"),
            ("Cooking", 2023, "How many euros of revenue did Cooking products make in 2023?")):
        rows = [row for row in sold(year=year) if CATEGORY[row["product"]] == category]
        cases.add("two tables", "category-revenue-year", "learn", question, money(total(rows, "revenue")))
    for area, question in (("North", "Which product category had the highest revenue in the North region?"),
                           ("East", "Which product category had the lowest revenue in the East region?"),
                           ("South", "In the South region, which product category sold the fewest units?")):
        sums = totals(sold(sales_area=area), lambda row: CATEGORY[row["product"]],
                      "units" if "units" in question else "revenue")
        cases.add("two tables", "best-category-region", "test", question,
                  one_of(extreme(sums, "highest" in question), CATEGORIES))


def counted_rows():
    for segment, area, question in (
            ("Retail", "North", "How many customers in the North region belong to the segment Retail?"),
            ("Online", "West", "How many customers in the West region belong to the segment Online?"),
            ("Club", "South", "How many Club customers do we have in the South region?")):
        cases.add("counted rows", "customers-segment-region", "learn", question,
                  count(sum(row["segment"] == segment and row["area"] == area for row in CUSTOMERS)))
    for year, question in ((2019, "How many of our customers became customers in 2019?"),
                           (2023, "How many of our customers became customers in 2023?"),
                           (2015, "How many customers did we win in 2015?")):
        cases.add("counted rows", "customers-since-year", "learn", question,
                  count(sum(row["since"].year == year for row in CUSTOMERS)))
    for limit, segment, question in (
            (40000, "Retail", "How many Retail customers have a credit limit above 40,000 EUR?"),
            (30000, "School", "How many School customers have a credit limit above 30,000 EUR?"),
            (50000, "Online", "How many customers of the segment Online may owe us more than 50,000 EUR?")):
        cases.add("counted rows", "customers-credit-above", "test", question,
                  count(sum(row["segment"] == segment and row["limit"] > limit for row in CUSTOMERS)))
    for year, question in ((2022, "How many employees left the company in 2022?"),
                           (2024, "How many employees left the company in 2024?"),
                           (2023, "How many people quit in 2023?")):
        cases.add("counted rows", "employees-left-year", "test", question,
                  count(sum(row["end"] is not None and row["end"].year == year for row in EMPLOYEES)))


def first_and_last():
    for area, question in (("East", "Which company in the East region has been our customer for the longest time?"),
                           ("South", "Which company in the South region has been our customer for the longest time?"),
                           ("West", "Who is our oldest customer in West?")):
        row = earliest([row for row in CUSTOMERS if row["area"] == area], "since")
        cases.add("first and last", "oldest-customer-region", "learn", question, one_of(row["company"], COMPANIES))
    for segment, question in (("School", "Which company is our most recent customer in the segment School?"),
                              ("Retail", "Which company is our most recent customer in the segment Retail?"),
                              ("Club", "Who is the newest Club customer?")):
        row = earliest([row for row in CUSTOMERS if row["segment"] == segment], "since", latest=True)
        cases.add("first and last", "newest-customer-segment", "test", question, one_of(row["company"], COMPANIES))
    for site, question in (("Graz", "Which current employee at the site Graz has been with us the longest?"),
                           ("Lyon", "Which current employee at the site Lyon has been with us the longest?"),
                           ("Kendal", "Who of the current staff in Kendal started first?")):
        row = earliest([row for row in CURRENT if row["site"] == site], "start")
        cases.add("first and last", "longest-serving-site", "test", question, person(row["name"]))


def grouped_people():
    for dept, question in (("Engineering", "How many people currently work in the Engineering department?"),
                           ("Logistics", "How many people currently work in the Logistics department?"),
                           ("Support", "What is the current headcount of Support?")):
        cases.add("people", "headcount-department", "learn", question,
                  count(sum(row["dept"] == dept for row in CURRENT)))
    for dept, question in (
            ("Finance", "What is the average monthly pay, in EUR, of the current employees in Finance?"),
            ("Sales", "What is the average monthly pay, in EUR, of the current employees in Sales?"),
            ("Production", "How much does a current Production employee earn per month on average, in EUR?")):
        pays = [row["pay"] for row in CURRENT if row["dept"] == dept]
        cases.add("people", "average-pay-department", "learn", question, money(sum(pays) / len(pays)))
    for site, question in (("Graz", "What is the total monthly pay, in EUR, of all current employees at the site "
                                    "Graz?"),
                           ("Lyon", "What is the total monthly pay, in EUR, of all current employees at the site "
                                    "Lyon?"),
                           ("Kendal", "What do we pay the current employees in Kendal per month altogether, in EUR?")):
        cases.add("people", "total-pay-site", "test", question,
                  money(total([row for row in CURRENT if row["site"] == site], "pay")))
    for dept, question in (("Sales", "Which current employee in the Sales department has the highest monthly pay?"),
                           ("Engineering", "Which current employee in Engineering has the highest monthly pay?"),
                           ("Support", "Who earns the least among the current employees in Support?")):
        pays = {row["name"]: row["pay"] for row in CURRENT if row["dept"] == dept}
        cases.add("people", "highest-paid-department", "test", question,
                  person(extreme(pays, "least" not in question, 0.0)))


def stock():
    for place, question in (("Dock A", "What is the total value of the stock in the warehouse Dock A, in EUR?"),
                            ("Dock B", "What is the total value of the stock in the warehouse Dock B, in EUR?"),
                            ("Hillside", "How much is the stock in Hillside worth at unit cost, in EUR?")):
        value = sum(row["on_hand"] * row["cost"] for row in INVENTORY if row["warehouse"] == place and row["cost"])
        cases.add("stock", "stock-value-warehouse", "learn", question, money(value))
    for place, question in (("Dock A", "How many items in the warehouse Dock A are below their reorder point?"),
                            ("Hillside", "How many items in the warehouse Hillside are below their reorder point?"),
                            ("Dock B", "How many items in Dock B need to be reordered because stock is below the "
                                       "reorder point?")):
        cases.add("stock", "below-reorder-warehouse", "learn", question,
                  count(sum(row["warehouse"] == place and row["on_hand"] < row["reorder"] for row in INVENTORY)))
    for category, question in (("Cooking", "Which Cooking items in the inventory are out of stock?"),
                               ("Footwear", "Which Footwear items in the inventory are out of stock?")):
        names = [row["item"] for row in INVENTORY if row["category"] == category and row["on_hand"] == 0]
        assert names
        cases.add("stock", "out-of-stock-category", "learn", question, items(names))
    for category, question in (("Cooking", "What is the total weight of all Cooking items in stock, in kilograms?"),
                               ("Shelter", "What is the total weight of all Shelter items in stock, in kilograms?"),
                               ("Footwear", "How many kilograms does our whole Footwear stock weigh?")):
        kilograms = sum(row["on_hand"] * row["weight"] for row in INVENTORY if row["category"] == category) / 1000
        cases.add("stock", "stock-weight-category", "test", question, number(round(kilograms, 3), 0.5))
    for place, highest, question in (
            ("Dock A", True, "Which item in the warehouse Dock A has the highest unit cost?"),
            ("Hillside", True, "Which item in the warehouse Hillside has the highest unit cost?"),
            ("Dock B", False, "What is the cheapest item in Dock B by unit cost?")):
        costs = {row["item"]: row["cost"] for row in INVENTORY if row["warehouse"] == place and row["cost"]}
        cases.add("stock", "dearest-item-warehouse", "test", question, item(extreme(costs, highest, 0.0)))
    for place, question in (("Hillside", "Which items are out of stock in the warehouse Hillside?"),
                            ("Dock A", "Which items are out of stock in the warehouse Dock A?")):
        names = [row["item"] for row in INVENTORY if row["warehouse"] == place and row["on_hand"] == 0]
        assert names
        cases.add("stock", "out-of-stock-warehouse", "test", question, items(names))


for section in (best_of_group, filtered_sum, best_in_time, growth_and_share, two_tables, counted_rows, first_and_last,
                grouped_people, stock):
    section()
cases.finish(__file__)
