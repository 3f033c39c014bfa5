#!/usr/bin/env python3
"""Writes the tables of Fell & Ford, a made-up maker of outdoor equipment, into data/.

    python3 make_data.py            writes data/*.csv
    python3 make_data.py FOLDER     writes them elsewhere

The output is the same on every machine and every Python from 3.8 on: the only source of chance is
random.Random(SEED).random(), whose sequence Python guarantees, and the rest is plain IEEE arithmetic. The tables have
the traits that tables of real companies have: columns that are not called what one would guess, three ways to write a
date, units in a column's name, blank cells, one file with semicolons. data.md tells.
"""

import pathlib
import random
import sys
from datetime import date, timedelta

SEED = 20260117
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
YEARS = [2023, 2024, 2025]
AREAS = ["North", "South", "East", "West", "Central"]
# How well an area does in each year: the leader changes.
AREA_LEVEL = {
    "North": [1.32, 1.05, 0.93],
    "South": [0.81, 0.92, 1.22],
    "East": [0.97, 0.71, 0.86],
    "West": [1.12, 1.29, 1.42],
    "Central": [0.68, 0.84, 0.74],
}
# name, category, launch year, list price in EUR, units a month in an average area, level by year
PRODUCTS = [
    ("Ridge Tent", "Shelter", 2016, 389.0, 31, [1.00, 1.12, 0.95]),
    ("Solo Tarp", "Shelter", 2020, 94.5, 58, [0.84, 1.03, 1.21]),
    ("Down Jacket", "Clothing", 2015, 249.0, 47, [1.10, 0.96, 1.02]),
    ("Rain Shell", "Clothing", 2018, 179.0, 52, [0.92, 1.08, 1.16]),
    ("Wool Socks", "Clothing", 2014, 22.9, 340, [1.00, 1.04, 0.90]),
    ("Trail Boots", "Footwear", 2017, 168.0, 66, [0.95, 1.00, 1.24]),
    ("Camp Stove", "Cooking", 2019, 74.0, 83, [1.21, 0.94, 0.86]),
    ("Steel Mug", "Cooking", 2021, 17.5, 260, [0.78, 1.00, 1.12]),
]
WINTER = {"Down Jacket", "Wool Socks"}
SUMMER_SEASON = [0.62, 0.66, 0.85, 1.06, 1.28, 1.41, 1.37, 1.22, 0.98, 0.83, 0.74, 0.98]
WINTER_SEASON = [1.38, 1.19, 0.94, 0.76, 0.63, 0.58, 0.61, 0.72, 0.98, 1.22, 1.43, 1.56]
SEGMENTS = ["Retail", "Online", "Club", "School"]
DEPARTMENTS = [("Production", 46, 2850), ("Logistics", 27, 2700), ("Sales", 31, 3350), ("Engineering", 24, 4450),
               ("Finance", 11, 4100), ("Support", 19, 2950)]
SITES = ["Kendal", "Lyon", "Graz"]
WAREHOUSES = ["Dock A", "Dock B", "Hillside"]
FIRST = ["Ada", "Bruno", "Clara", "David", "Elif", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Karin", "Liam", "Mara",
         "Nils", "Olga", "Pavel", "Rosa", "Samir", "Tilda", "Victor"]
LAST = ["Abel", "Berger", "Costa", "Dahl", "Egger", "Fontaine", "Graf", "Hughes", "Ivanov", "Jansen", "Keller", "Lind",
        "Moreau", "Novak", "Okafor", "Pichler", "Rossi", "Sand", "Thorne", "Weiss"]
COMPANY = ["Alpine", "Basecamp", "Cairn", "Driftwood", "Ember", "Fjord", "Granite", "Heather", "Iceberg", "Juniper",
           "Kestrel", "Lantern", "Meadow", "Nomad", "Osprey", "Pinecone", "Quarry", "Raven", "Summit", "Tundra"]
TRADE = ["Outfitters", "Supply", "Trading", "Stores", "Gear", "Equipment", "Depot", "Market", "Partners", "Works"]
ITEM_KIND = [("Shelter", ["Tent Pole", "Ground Sheet", "Guy Line", "Peg Set"]),
             ("Clothing", ["Zip Pull", "Down Fill", "Membrane Roll", "Yarn Cone"]),
             ("Footwear", ["Boot Sole", "Lace Pair", "Insole", "Eyelet Box"]),
             ("Cooking", ["Burner Head", "Fuel Valve", "Mug Blank", "Pot Handle"])]
COLOURS = ["Black", "Olive", "Sand", "Blue", "Red", "Grey"]

chance = random.Random(SEED)


def between(low, high):
    """An evenly spread float."""
    return low + (high - low) * chance.random()


def whole(low, high):
    """An evenly spread integer, both ends included."""
    return low + int(chance.random() * (high - low + 1))


def pick(options):
    return options[int(chance.random() * len(options))]


def near(middle, spread):
    """About normal around the middle: the mean of four even draws."""
    return middle + spread * (sum(chance.random() for _ in range(4)) - 2)


def day(first, last):
    return first + timedelta(days=whole(0, (last - first).days))


def sales():
    rows = []
    for y, year in enumerate(YEARS):
        for m, month in enumerate(MONTHS):
            for area in AREAS:
                for name, _, _, price, units, level in PRODUCTS:
                    season = (WINTER_SEASON if name in WINTER else SUMMER_SEASON)[m]
                    sold = max(1, int(near(units * season * level[y] * AREA_LEVEL[area][y], units * 0.35)))
                    revenue = round(sold * price * between(0.82, 0.97), 2)
                    counted = "" if chance.random() < 0.02 else sold  # the tills' count got lost, the money did not
                    rows.append([f"{month} {year}", area, name, counted, f"{revenue:.2f}"])
    return ["period", "sales_area", "product", "units", "net_rev_eur"], rows


def products():
    return (["product", "category", "launched", "list_price_eur"],
            [[name, category, launched, f"{price:.2f}"] for name, category, launched, price, _, _ in PRODUCTS])


def customers():
    names = [f"{first} {second}" for first in COMPANY for second in TRADE]
    rows = []
    for index in range(200):
        name = names.pop(int(chance.random() * len(names)))
        since = day(date(2012, 1, 9), date(2025, 11, 28))
        segment = "" if chance.random() < 0.05 else pick(SEGMENTS[:2] + SEGMENTS)  # shops are the most
        limit = round(near(38, 30) * 2) / 2
        rows.append([1001 + index, name, pick(AREAS), segment, since.strftime("%d.%m.%Y"), f"{max(limit, 2.5):.1f}"])
    return ["cust_no", "company", "area", "segment", "customer_since", "credit_limit_keur"], rows


def employees():
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    rows = []
    for dept, count, pay in DEPARTMENTS:
        for _ in range(count):
            start = day(date(2009, 2, 2), date(2025, 9, 15))
            gone = day(max(start + timedelta(days=120), date(2021, 1, 4)), date(2026, 3, 31))
            end = gone.isoformat() if chance.random() < 0.28 and gone <= date(2025, 12, 31) else ""
            monthly = round(near(pay, pay * 0.55) / 5) * 5
            hours = pick([38.5, 38.5, 38.5, 38.5, 30, 20])
            name = names.pop(int(chance.random() * len(names)))
            rows.append([name, dept, pick(SITES), start.isoformat(), end, monthly, hours])
    rows.sort(key=lambda row: (row[3], row[0]))
    return (["emp_no", "name", "dept", "site", "start_date", "end_date", "monthly_pay_eur", "weekly_hours"],
            [[f"E{100 + index}"] + row for index, row in enumerate(rows)])


def inventory():
    rows = []
    for category, kinds in ITEM_KIND:
        for kind in kinds:
            for colour in COLOURS:
                reorder = whole(4, 30) * 5
                on_hand = 0 if chance.random() < 0.09 else max(1, int(near(reorder * 1.6, reorder * 1.1)))
                cost = "" if chance.random() < 0.05 else f"{between(0.4, 36):.2f}"
                sku = f"{category[:2].upper()}-{len(rows) + 201}"
                rows.append([sku, f"{kind} {colour}", category, pick(WAREHOUSES), on_hand, reorder, cost,
                             whole(2, 240) * 5])
    return ["sku", "item", "category", "warehouse", "on_hand", "reorder_point", "unit_cost_eur", "weight_g"], rows


def write(path, table, separator=","):
    header, rows = table
    lines = [separator.join(str(cell) for cell in row) for row in [header] + rows]
    path.write_bytes(("\n".join(lines) + "\n").encode())


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "data"
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "sales.csv", sales())
    write(folder / "products.csv", products())
    write(folder / "customers.csv", customers())
    write(folder / "employees.csv", employees())
    write(folder / "inventory.csv", inventory(), separator=";")


if __name__ == "__main__":
    main()
