"""Gold programs for the questions of ecoassistant/weather.json, by their place in that file. The clock of the stand-ins
is Thursday, 2023-09-14, 13:45 UTC. "Next week" is said of the seven days from today or tomorrow and of the coming Monday
to Sunday; what all of these have in common, 18 to 20 September, is what an answer must have."""

from apis import current, forecast, future, history
from gold import any_of, all_of, case, no, text, values, yes

TODAY, TOMORROW, SATURDAY, SUNDAY = "2023-09-14", "2023-09-15", "2023-09-16", "2023-09-17"
NEXT_WEEK = ["2023-09-18", "2023-09-19", "2023-09-20"]
THUNDER = {1087, 1273, 1276, 1279, 1282}
NAMES = {"N": "north", "E": "east", "S": "south", "W": "west"}


def temperature(one):
    """A temperature in either unit, also rounded to a whole degree."""
    return {"any": [one["temp_c"], one["temp_f"]], "tolerance": 0.5}


def temperatures(day):
    """One of a day's three temperatures."""
    day = day["day"]
    return {"any": [day[f"{which}temp_{unit}"] for which in ("max", "avg", "min") for unit in "cf"], "tolerance": 0.5}


def highest(day):
    return {"any": [day["day"]["maxtemp_c"], day["day"]["maxtemp_f"]], "tolerance": 0.5}


def lowest(day):
    return {"any": [day["day"]["mintemp_c"], day["day"]["mintemp_f"]], "tolerance": 0.5}


def wind(*ones):
    return {"any": sorted({one[f"wind_{unit}"] for one in ones for unit in ("kph", "mph")}), "tolerance": 0.06}


def max_wind(day):
    return {"any": [day["day"]["maxwind_kph"], day["day"]["maxwind_mph"]], "tolerance": 0.06}


def visibility(*ones):
    return {"any": sorted({one[f"vis_{unit}"] for one in ones for unit in ("km", "miles")}), "tolerance": 0.06}


def exact(*numbers):
    return {"any": list(numbers), "tolerance": 0.06}


def chance_of_rain(day):
    return exact(day["day"]["daily_chance_of_rain"], day["day"]["totalprecip_mm"], day["day"]["totalprecip_in"])


def sky(*ones):
    return text(sorted({one["condition"]["text"].strip() for one in ones}))


def directions(hours):
    short = sorted({hour["wind_dir"] for hour in hours})
    spelled = ["-".join(NAMES[letter] for letter in one) for one in short]
    return any_of(text(short + [name.replace("-", "") for name in spelled] + [name.replace("-", " ") for name in spelled]),
                  values([{"any": sorted({hour["wind_degree"] for hour in hours}), "tolerance": 0.5}], 100))


def days(q, dates, figure, extra=120):
    by_date = forecast(q)
    return values([figure(by_date[date]) for date in dates], extra)


def thunder(hours):
    return any(hour["condition"]["code"] in THUNDER for hour in hours)


def hours(q, date, first=0, last=23):
    return forecast(q)[date]["hour"][first:last + 1]


@case(0, "forecast-of-days")
def rest_of_week():
    return days("Santa Monica", [TOMORROW, SATURDAY, SUNDAY], temperatures)


@case(1, "temperature-tomorrow")
def bangalore():
    return days("Bangalore", [TOMORROW], temperatures, 12)


@case(2, "forecast-tomorrow")
def new_york_arrival():
    day = forecast("New York")[TOMORROW]
    return all_of(sky(day["day"], *day["hour"]),
                  values([{"any": temperatures(day)["any"] + [h[f"temp_{u}"] for h in day["hour"] for u in "cf"],
                           "tolerance": 0.5}], 160))


@case(3, "current-value")
def cloud():
    return values([exact(current("Mumbai, India")["cloud"])], 2)


@case(4, "wind-tomorrow")
def san_francisco_wind():
    day = forecast("San Francisco")[TOMORROW]
    return values([{"any": max_wind(day)["any"] + wind(*day["hour"])["any"], "tolerance": 0.06}], 120)


@case(6, "thunderstorm")
def new_york_thunder():
    return (yes if thunder(hours("New York City, United States", TODAY, 9)) else no)()


@case(7, "current-conditions")
def london():
    now = current("London, England")
    return all_of(sky(now), values([temperature(now)], 14))


@case(8, "warning")
def typhoon():
    from apis import weather
    alerts = weather("forecast", "Tokyo, Japan", days=1, alerts="yes")["alerts"]["alert"]
    return (yes if any("typhoon" in alert["event"].lower() for alert in alerts) else no)()


@case(9, "current-value")
def surfing():
    return values([wind(current("Honolulu"), *hours("Honolulu", TODAY))], 12)


@case(10, "forecast-of-days")
def los_angeles_next_week():
    return days("Los Angeles", NEXT_WEEK, temperatures)


@case(12, "forecast-of-days")
def seoul():
    by_date = forecast("Seoul")
    return all_of(values([temperatures(by_date[date]) for date in NEXT_WEEK], 120),
                  values([exact(*{by_date[date]["day"]["daily_chance_of_snow"] for date in NEXT_WEEK})], 120))


@case(13, "current-value")
def honolulu():
    now = current("Honolulu, Hawaii")
    return values([wind(now), visibility(now)], 6)


@case(14, "forecast-today")
def cairo():
    day = forecast("Cairo, Egypt")[TODAY]
    return all_of(sky(day["day"], *day["hour"]), values([temperatures(day)], 120))


@case(15, "current-value")
def chicago_visibility():
    return values([visibility(current("Chicago"))], 2)


@case(16, "wind-and-rain-of-days")
def phuket():
    by_date = forecast("Phuket, Thailand")

    def weekend(*dates):
        return values([figure for date in dates for figure in (
            max_wind(by_date[date]), chance_of_rain(by_date[date]))], 60)
    return any_of(weekend(SATURDAY, SUNDAY), weekend("2023-09-23", "2023-09-24"))


@case(17, "current-value")
def hiking():
    now = current("Denver, Colorado")
    return values([temperature(now), visibility(now)], 10)


@case(18, "forecast-of-days")
def rio():
    by_date = forecast("Rio de Janeiro, Brazil")
    return values([figure for date in NEXT_WEEK for figure in (
        temperatures(by_date[date]), exact(by_date[date]["day"]["avghumidity"]))], 120)


@case(20, "forecast-today")
def beach_day():
    day = forecast("Miami, Florida")[TODAY]
    return any_of(sky(day["day"], current("Miami, Florida")), values([chance_of_rain(day)], 20))


@case(21, "current-value")
def beijing():
    now = current("Beijing, China")
    return values([{"any": [now["temp_c"]], "tolerance": 0.06}, {"any": [now["temp_f"]], "tolerance": 0.06}], 2)


@case(22, "current-value")
def tokyo_humidity():
    return values([exact(current("Tokyo")["humidity"], forecast("Tokyo")[TODAY]["day"]["avghumidity"])], 4)


@case(23, "current-value")
def las_vegas():
    evening = hours("Las Vegas", TODAY, 18, 23)
    day = forecast("Las Vegas")[TODAY]
    return values([{"any": temperature(current("Las Vegas"))["any"] + highest(day)["any"], "tolerance": 0.5},
                   {"any": [t for hour in evening for t in temperature(hour)["any"]] + lowest(day)["any"],
                    "tolerance": 0.5}], 10)


@case(24, "rain-of-days")
def rome_rain():
    return days("Rome", NEXT_WEEK, chance_of_rain, 40)


@case(25, "forecast-of-days")
def rocky_mountains():
    return days("Rocky Mountain National Park, Colorado", [SUNDAY, *NEXT_WEEK[:2]], temperatures)


@case(26, "current-value")
def bangkok():
    now = current("Bangkok")
    return values([temperature(now), exact(now["humidity"])], 6)


@case(27, "pressure")
def tokyo_pressure():
    told = hours("Tokyo", TOMORROW)
    mean = sum(hour["pressure_mb"] for hour in told) / len(told)
    return values([{"any": sorted({hour[f"pressure_{u}"] for hour in told for u in ("mb", "in")} | {round(mean, 2)}),
                    "tolerance": 0.06}], 60)


@case(28, "astronomy")
def rome_sunset():
    sunset = forecast("Rome, Italy")[SUNDAY]["astro"]["sunset"]
    return text([sunset, sunset.lstrip("0"), f"{int(sunset[:2]) + 12}:{sunset[3:5]}"])


@case(29, "wind-of-day")
def amsterdam():
    return days("Amsterdam, Netherlands", ["2023-09-17"], max_wind, 60)


@case(30, "wind-of-day")
def chicago_wednesday():
    day = forecast("Chicago, USA")["2023-09-20"]
    return all_of(values([max_wind(day)], 60), directions(day["hour"]))


@case(31, "rain-of-days")
def tokyo_rain():
    return days("Tokyo, Japan", [TOMORROW, SATURDAY, SUNDAY, "2023-09-18"], chance_of_rain, 60)


@case(32, "wind-tomorrow")
def toronto():
    return values([wind(*hours("Toronto, Canada", TOMORROW, 12, 18))], 20)


@case(33, "cloud-of-day")
def sunny():
    day = forecast("New York City")[SATURDAY]
    mean = sum(hour["cloud"] for hour in day["hour"]) / len(day["hour"])
    return any_of(sky(day["day"]), values([{"any": [round(mean, 2)], "tolerance": 0.6}], 12))


@case(34, "forecast-far-ahead")
def thanksgiving():
    return values([temperatures(future("Los Angeles", "2023-11-23"))], 60)


@case(35, "wind-and-uv-of-days")
def wind_and_uv():
    by_date = forecast("Los Angeles, California")
    return values([figure for date in (TOMORROW, SATURDAY) for figure in (
        max_wind(by_date[date]), exact(by_date[date]["day"]["uv"]))], 30)


@case(36, "hour-of-day")
def seven_in_the_morning():
    hour = hours("New York City, New York", TOMORROW)[7]
    return all_of(values([wind(hour)], 20), directions([hour]))


@case(37, "hour-of-day")
def beijing_evening():
    return values([visibility(hours("Beijing, China", TODAY)[19])], 3)


@case(38, "thunderstorm")
def new_delhi():
    return (yes if thunder(hours("New Delhi, India", TODAY, 17)) else no)()


@case(39, "snow-of-days")
def anchorage():
    by_date = forecast("Anchorage, Alaska")

    def total(*dates):
        return {"any": [round(sum(by_date[date]["day"]["totalsnow_cm"] for date in dates), 2)], "tolerance": 0.06}
    weeks = [[f"2023-09-{day}" for day in range(first, first + 7)] for first in (14, 15, 18)]
    return any_of(*[values([total(*week)], 30) for week in weeks],
                  values([exact(by_date[date]["day"]["totalsnow_cm"]) for date in NEXT_WEEK], 30))


@case(40, "rain-of-days")
def miami_rain():
    return days("Miami, Florida, USA", [TOMORROW], chance_of_rain, 4)


@case(41, "forecast-of-days")
def los_angeles_week():
    return days("Los Angeles, California", [TOMORROW, SATURDAY, SUNDAY, *NEXT_WEEK], temperatures)


@case(42, "forecast-far-ahead")
def berlin():
    day = future("Berlin, Germany", "2023-09-28")
    pressures = [hour["pressure_mb"] for hour in day["hour"]]
    mean = round(sum(pressures) / len(pressures), 2)
    inches = [hour["pressure_in"] for hour in day["hour"]]
    return values([temperatures(day), {"any": sorted({mean, *pressures, *inches}), "tolerance": 0.5}], 20)


@case(43, "forecast-of-days")
def sydney_week():
    return days("Sydney, Australia", NEXT_WEEK, temperatures)


@case(44, "snow-of-days")
def london_snow():
    day = forecast("London, UK")[SUNDAY]["day"]
    assert day["daily_chance_of_snow"] == 0 and day["totalsnow_cm"] == 0
    return any_of(values([exact(0)], 6), no())


@case(45, "thunderstorm")
def miami_beach():
    told = hours("Miami Beach", TOMORROW)
    chance = forecast("Miami Beach")[TOMORROW]["day"]["daily_chance_of_rain"]
    return any_of((yes if thunder(told) else no)(), values([exact(chance)], 4))


@case(46, "route")
def las_vegas_to_denver():
    def there(q):
        return {"any": temperature(current(q))["any"] + temperatures(forecast(q)[TODAY])["any"], "tolerance": 0.5}
    return all_of(text(["Las Vegas"]), text(["Denver"]), values([there("Las Vegas"), there("Denver")], 120))


@case(47, "snow-of-days")
def quebec():
    by_date = forecast("Quebec City, Canada")
    assert all(by_date[date]["day"]["totalsnow_cm"] == 0 for date in (TODAY, TOMORROW, SATURDAY, SUNDAY))
    return any_of(values([exact(0)], 6), no())


@case(49, "wind-of-day")
def chicago_monday():
    day = forecast("Chicago")["2023-09-18"]
    strongest = max(hour["wind_kph"] for hour in day["hour"])
    return all_of(values([max_wind(day)], 60), directions([h for h in day["hour"] if h["wind_kph"] == strongest]))


@case(50, "forecast-hours")
def miami_hours():
    told = hours("Miami, Florida", TODAY, 9) + hours("Miami, Florida", TOMORROW, 0, 10)
    by_date = forecast("Miami, Florida")
    humidity = {hour["humidity"] for hour in told} | {by_date[d]["day"]["avghumidity"] for d in (TODAY, TOMORROW)}
    seen = visibility(*told)["any"] + [by_date[d]["day"][f"avgvis_{u}"] for d in (TODAY, TOMORROW) for u in ("km", "miles")]
    return values([{"any": sorted(humidity), "tolerance": 0.5}, {"any": sorted(set(seen)), "tolerance": 0.06}], 160)


@case(51, "route")
def san_francisco_to_los_angeles():
    def there(q):
        return temperatures(forecast(q)[SATURDAY])
    return all_of(text(["San Francisco"]), text(["Los Angeles"]),
                  values([there("San Francisco"), there("Los Angeles")], 120))


@case(52, "wind-of-day")
def barcelona():
    told = [current("Barcelona, Spain"), *hours("Barcelona, Spain", TODAY, 15)]
    return all_of(values([wind(*told, {"wind_kph": forecast("Barcelona, Spain")[TODAY]["day"]["maxwind_kph"],
                                       "wind_mph": forecast("Barcelona, Spain")[TODAY]["day"]["maxwind_mph"]})], 60),
                  directions(told))


@case(54, "history-or-far-ahead")
def fourth_of_july():
    return any_of(*[values([highest(day), lowest(day)], 20) for day in (
        history("New York City", "2023-07-04")[0], future("New York City", "2024-07-04"))])


@case(55, "forecast-of-days")
def las_vegas_weekend():
    by_date = forecast("Las Vegas")
    return values([figure for date in (SATURDAY, SUNDAY) for figure in (
        highest(by_date[date]), lowest(by_date[date]))], 20)


@case(56, "wind-and-rain-of-days")
def san_francisco_week():
    by_date = forecast("San Francisco")
    return values([figure for date in NEXT_WEEK for figure in (
        max_wind(by_date[date]), exact(by_date[date]["day"]["totalprecip_mm"], by_date[date]["day"]["totalprecip_in"]))],
        80)


@case(57, "current-value")
def sydney_wind():
    return values([wind(current("Sydney, Australia"))], 4)


@case(58, "history-month")
def cancun():
    told = history("Cancun, Mexico", "2023-08-01", "2023-08-31")
    celsius = sum(day["day"]["avgtemp_c"] for day in told) / len(told)
    uv = sum(day["day"]["uv"] for day in told) / len(told)
    return values([{"any": [round(celsius, 2), round(celsius * 1.8 + 32, 2)], "tolerance": 0.5},
                   {"any": [round(uv, 2)], "tolerance": 0.6}], 8)
