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
customers["since_year"] = customers["customer_since"].dt.year
customers["credit_limit_eur"] = customers["credit_limit_keur"] * 1000
people = pd.read_csv("data/employees.csv", parse_dates=["start_date", "end_date"])
people = people.rename(columns={"start_date": "joined", "end_date": "left"})
people["joined_year"] = people["joined"].dt.year
employees = people[people["left"].isna()].drop(columns="left")
former_employees = people[people["left"].notna()]
former_employees = former_employees.assign(left_year=former_employees["left"].dt.year)
inventory = pd.read_csv("data/inventory.csv", sep=";")
inventory["stock_value_eur"] = inventory["on_hand"] * inventory["unit_cost_eur"]
inventory["stock_weight_kg"] = inventory["on_hand"] * inventory["weight_g"] / 1000
