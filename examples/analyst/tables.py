"""The tables of Fell & Ford, cleaned and named alike. Runs before every program of the analyst."""

import pandas as pd

products = pd.read_csv("data/products.csv")
sales = pd.read_csv("data/sales.csv").merge(products, on="product")
sales = sales.rename(columns={"sales_area": "region", "net_rev_eur": "revenue_eur"})
sales["date"] = pd.to_datetime(sales["period"], format="%b %Y")
sales["year"] = sales["date"].dt.year
sales["quarter"] = sales["date"].dt.quarter
sales["month"] = sales["date"].dt.month_name()
customers = pd.read_csv("data/customers.csv").rename(columns={"area": "region"})
customers["customer_since"] = pd.to_datetime(customers["customer_since"], format="%d.%m.%Y")
people = pd.read_csv("data/employees.csv", parse_dates=["start_date", "end_date"])
employees = people[people["end_date"].isna()]
former_employees = people[people["end_date"].notna()]
inventory = pd.read_csv("data/inventory.csv", sep=";")
