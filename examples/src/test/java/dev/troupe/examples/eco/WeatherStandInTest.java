package dev.troupe.examples.eco;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeatherStandInTest {
    private static final String HOST = "api.weatherapi.com";
    private static final String KEY = StandInSettings.DEFAULT_WEATHER_KEY;

    private static StandIns standIns;
    private static Client client;

    @BeforeAll
    static void start() {
        standIns = StandIns.start(StandInSettings.onFreePorts());
        client = new Client(standIns);
    }

    @AfterAll
    static void stop() {
        standIns.close();
    }

    @Test
    void current_ofACity_hasTheFieldsOfTheRealService() {
        JsonNode answer = client.weather("current", "q", "London", "aqi", "yes");

        assertThat(fields(answer)).containsExactly("location", "current");
        assertThat(fields(answer.get("location")))
                .containsExactly("name", "region", "country", "lat", "lon", "tz_id", "localtime_epoch", "localtime");
        assertThat(fields(answer.get("current")))
                .containsExactly(
                        "last_updated_epoch",
                        "last_updated",
                        "temp_c",
                        "temp_f",
                        "is_day",
                        "condition",
                        "wind_mph",
                        "wind_kph",
                        "wind_degree",
                        "wind_dir",
                        "pressure_mb",
                        "pressure_in",
                        "precip_mm",
                        "precip_in",
                        "humidity",
                        "cloud",
                        "feelslike_c",
                        "feelslike_f",
                        "vis_km",
                        "vis_miles",
                        "uv",
                        "gust_mph",
                        "gust_kph",
                        "air_quality");
        assertThat(fields(answer.at("/current/condition"))).containsExactly("text", "icon", "code");
        assertThat(answer.at("/location/localtime").textValue()).isEqualTo("2023-09-14 14:45");
        assertThat(answer.at("/location/tz_id").textValue()).isEqualTo("Europe/London");
        assertThat(client.weather("current", "q", "London")
                        .at("/current/air_quality")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void forecast_ofDays_hasTheFieldsOfTheRealServiceAndAgreesWithItsHours() {
        JsonNode answer = client.weather("forecast", "q", "Paris", "days", "3", "alerts", "yes");

        assertThat(fields(answer)).containsExactly("location", "current", "forecast", "alerts");
        JsonNode days = answer.at("/forecast/forecastday");
        assertThat(texts(days, "date")).containsExactly("2023-09-14", "2023-09-15", "2023-09-16");
        JsonNode day = days.get(1);
        assertThat(fields(day)).containsExactly("date", "date_epoch", "day", "astro", "hour");
        assertThat(fields(day.get("day")))
                .containsExactly(
                        "maxtemp_c",
                        "maxtemp_f",
                        "mintemp_c",
                        "mintemp_f",
                        "avgtemp_c",
                        "avgtemp_f",
                        "maxwind_mph",
                        "maxwind_kph",
                        "totalprecip_mm",
                        "totalprecip_in",
                        "totalsnow_cm",
                        "avgvis_km",
                        "avgvis_miles",
                        "avghumidity",
                        "daily_will_it_rain",
                        "daily_chance_of_rain",
                        "daily_will_it_snow",
                        "daily_chance_of_snow",
                        "condition",
                        "uv");
        assertThat(fields(day.get("astro")))
                .containsExactly(
                        "sunrise",
                        "sunset",
                        "moonrise",
                        "moonset",
                        "moon_phase",
                        "moon_illumination",
                        "is_moon_up",
                        "is_sun_up");
        assertThat(day.get("hour")).hasSize(24);
        assertThat(fields(day.at("/hour/0")))
                .contains(
                        "time_epoch",
                        "time",
                        "temp_c",
                        "windchill_c",
                        "heatindex_f",
                        "dewpoint_c",
                        "will_it_rain",
                        "chance_of_rain",
                        "will_it_snow",
                        "chance_of_snow",
                        "gust_kph",
                        "uv");
        assertThat(day.at("/hour/7/time").textValue()).isEqualTo("2023-09-15 07:00");
        double warmest = 0;
        for (JsonNode hour : day.get("hour")) {
            warmest = Math.max(warmest, hour.get("temp_c").doubleValue());
        }
        assertThat(day.at("/day/maxtemp_c").doubleValue()).isEqualTo(warmest);
    }

    @Test
    void history_ofADayThatWasForecast_isWhatWasForecast() {
        JsonNode forecast =
                client.weather("forecast", "q", "Rome", "dt", "2023-09-14").at("/forecast/forecastday/0/day");
        JsonNode history =
                client.weather("history", "q", "Rome", "dt", "2023-09-14").at("/forecast/forecastday/0/day");
        assertThat(history).isEqualTo(forecast);
        assertThat(client.weather("history", "q", "Rome", "dt", "2023-08-01", "end_dt", "2023-08-31")
                        .at("/forecast/forecastday"))
                .hasSize(31);
    }

    @Test
    void future_ofADayFarAhead_hasAnHourInThree() {
        JsonNode day =
                client.weather("future", "q", "Berlin", "dt", "2023-11-23").at("/forecast/forecastday/0");
        assertThat(day.get("date").textValue()).isEqualTo("2023-11-23");
        assertThat(day.get("hour")).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            current  | 1002 | 401 | q=Paris
            current  | 2006 | 401 | key=wrong q=Paris
            current  | 1003 | 400 | key=right
            current  | 1006 | 400 | key=right q=qzxvbnm
            nonsense | 1005 | 400 | key=right q=Paris
            forecast | 1005 | 400 | key=right q=Paris days=many
            history  | 1007 | 400 | key=right q=Paris
            history  | 1007 | 400 | key=right q=Paris dt=2024-01-01
            future   | 1007 | 400 | key=right q=Paris dt=2023-09-16
            """)
    void request_thatTheRealServiceRefuses_getsItsError(String path, int code, int status, String parameters) {
        List<String> given = new ArrayList<>();
        for (String pair : parameters.split(" ")) {
            String[] parts = pair.split("=");
            given.add(parts[0]);
            given.add(parts[1].equals("right") ? KEY : parts[1]);
        }
        Client.Told told = client.get(HOST, "/v1/" + path + ".json", given.toArray(String[]::new));

        assertThat(told.status()).isEqualTo(status);
        assertThat(fields(told.json())).containsExactly("error");
        assertThat(told.json().at("/error/code").intValue()).isEqualTo(code);
        assertThat(told.json().at("/error/message").textValue()).isNotBlank();
    }

    @Test
    void forecast_ofADateOutOfReach_isEmpty() {
        assertThat(client.weather("forecast", "q", "Paris", "dt", "2023-12-24").at("/forecast/forecastday"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Miami, FL                                  | Miami         | Florida
            Chicago,Illinois                           | Chicago       | Illinois
            san francisco bay area                     | San Francisco | California
            Portland, ME                               | Portland      | Maine
            Portland                                   | Portland      | Oregon
            São Paulo                                  | Sao Paulo     | Sao Paulo
            Rocky Mountains National Park, Colorado, USA | Estes Park  | Colorado
            48.85,2.35                                 | Paris         | Ile-de-France
            iata:HND                                   | Tokyo         | Tokyo
            10001                                      | New York      | New York
            Springfield, Ohio                          | Springfield   | Ohio
            Hong Kong, China                           | Hong Kong     | Hong Kong
            """)
    void location_inTheWordsOfPeople_isFound(String q, String name, String region) {
        JsonNode location = client.weather("timezone", "q", q).get("location");
        assertThat(location.get("name").textValue()).isEqualTo(name);
        assertThat(location.get("region").textValue()).isEqualTo(region);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xqzrtw, USA", "12345678", "Nowhereville", "zzz, France", ",", "91.0,200.0"})
    void location_thatIsNone_isNotFound(String q) {
        assertThat(client.weather("current", "q", q).at("/error/code").intValue())
                .isEqualTo(1006);
    }

    @Test
    void temperature_overSeasonsAndLatitudes_isPlausible() {
        assertThat(mean("Bangkok", "2022-07-01")).isBetween(26.0, 33.0);
        assertThat(mean("Anchorage", "2022-01-01")).isBetween(-16.0, -3.0);
        assertThat(mean("Sydney", "2022-01-01")).isGreaterThan(mean("Sydney", "2022-07-01") + 5);
        assertThat(mean("Chicago", "2022-07-01")).isGreaterThan(mean("Chicago", "2022-01-01") + 18);
        assertThat(mean("Miami", "2022-01-01")).isGreaterThan(mean("Boston", "2022-01-01") + 10);
    }

    private static double mean(String q, String first) {
        JsonNode days = client.weather("history", "q", q, "dt", first, "end_dt", first.substring(0, 8) + "28")
                .at("/forecast/forecastday");
        double sum = 0;
        for (JsonNode day : days) {
            sum += day.at("/day/avgtemp_c").doubleValue();
        }
        return sum / days.size();
    }

    /** True times of day, by the almanac, within three minutes. */
    @ParameterizedTest
    @CsvSource({
        "London,2023-06-21,04:43 AM,09:21 PM", // 51.5 north, summer solstice
        "Sydney,2023-12-22,05:41 AM,08:05 PM",
        "Quito,2023-03-20,06:17 AM,06:24 PM"
    })
    void sun_onADay_risesAndSetsWhenItDoes(String q, String date, String sunrise, String sunset) {
        JsonNode astro = client.weather("astronomy", "q", q, "dt", date).at("/astronomy/astro");
        assertThat(minutes(astro.get("sunrise").textValue())).isBetween(minutes(sunrise) - 3, minutes(sunrise) + 3);
        assertThat(minutes(astro.get("sunset").textValue())).isBetween(minutes(sunset) - 3, minutes(sunset) + 3);
    }

    @Test
    void moon_onADay_isInItsPhase() {
        assertThat(client.weather("astronomy", "q", "Rome", "dt", "2023-08-31")
                        .at("/astronomy/astro/moon_phase")
                        .textValue())
                .isEqualTo("Full Moon");
    }

    @Test
    void search_ofABeginning_listsCities() {
        JsonNode found = client.weather("search", "q", "San");
        assertThat(texts(found, "name")).contains("San Francisco", "San Diego", "Santiago");
        assertThat(fields(found.get(0))).containsExactly("id", "name", "region", "country", "lat", "lon", "url");
        String id = "id:" + found.get(0).get("id").asText();
        assertThat(client.weather("current", "q", id).at("/location/name"))
                .isEqualTo(found.get(0).get("name"));
    }

    private static int minutes(String time) {
        int hour = Integer.parseInt(time.substring(0, 2)) % 12 + (time.endsWith("PM") ? 12 : 0);
        return hour * 60 + Integer.parseInt(time.substring(3, 5));
    }

    private static List<String> fields(JsonNode node) {
        return node.propertyStream().map(java.util.Map.Entry::getKey).toList();
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.get(field).textValue()));
        return texts;
    }
}
