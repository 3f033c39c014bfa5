package dev.troupe.planner.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseHintsTest {
    private static final String MONTHS =
            "www.alphavantage.co/query answered 200: {\"Meta Data\": {\"2. Symbol\": \"MSFT\"}, \"Monthly Time Series\":"
                    + " {\"2023-09-13\": {\"1. open\": \"331.3000\", \"5. volume\": \"256474727\"}, … 286 more}}";

    @Test
    void namesThatNoResponseHas_areSaidWithTheClosest() {
        assertThat(ResponseHints.of("""
                        params = {"function": "X", "apikey": os.environ["STOCK_KEY"]}
                        days = requests.get(url, params=params).json()["Time Series (Monthly)"]
                        print(days["2023-09-01"]["5. volume"], days.get('volume', 0))
                        """, "", List.of(MONTHS)))
                .containsExactly(
                        "There is no \"Time Series (Monthly)\"; there is response[\"Monthly Time Series\"].",
                        "Names there are written as \"2023-09-13\".",
                        "There is no \"volume\"; there is response[\"Monthly Time Series\"][\"2023-09-13\"][\"5. volume\"].");
    }

    @Test
    void namesWithoutAnyLikeThem_andNamesThatAreThere_areLeftOut() {
        assertThat(ResponseHints.of("print(x['current']['5. volume'])", "", List.of(MONTHS)))
                .isEmpty();
        assertThat(ResponseHints.of(
                        "x['temperature']", "", List.of("a/b answered 200: {\"current\": {\"temp_c\", \"uv\"}}")))
                .containsExactly("There is no \"temperature\"; there is response[\"current\"][\"temp_c\"].");
    }

    private static final String FORECAST =
            "api.weatherapi.com/v1/forecast.json answered 200: {\"current\": {\"temp_c\","
                    + " \"pressure_mb\"}, \"forecast\": {\"forecastday\": [{\"date\", \"day\": {\"avgtemp_c\", \"uv\"}, \"hour\":"
                    + " [{\"time\", \"pressure_mb\"}, … 23 more]}, … 6 more]}}";

    @Test
    void namesThatStandElsewhere_areSaidWithWhere() {
        assertThat(ResponseHints.of("""
                        days = requests.get("http://api.weatherapi.com/v1/forecast.json").json()["forecast"]["forecastday"]
                        print(days[0]["day"]["pressure_mb"], days[0]["hour"][7]["pressure_mb"], days[0]["day"]["uv"])
                        """, "", List.of(FORECAST)))
                .containsExactly(
                        "[\"day\"] has no \"pressure_mb\"; beside [\"day\"] there is [\"hour\"][0][\"pressure_mb\"].");
    }

    @Test
    void aNameThatTheProgramFailedOver_isSaidWithWhere() {
        String program = "day = x[\"forecast\"][\"forecastday\"][0]\nprint(day[\"avgtemp_c\"])";
        assertThat(ResponseHints.of(program, "Traceback\nKeyError: 'avgtemp_c'\n", List.of(FORECAST)))
                .containsExactly("\"avgtemp_c\" is not where the program looks for it; there is"
                        + " response[\"forecast\"][\"forecastday\"][0][\"day\"][\"avgtemp_c\"].");
        assertThat(ResponseHints.of(program, "Traceback\nKeyError: 'date'\n", List.of(FORECAST)))
                .isEmpty();
    }

    @Test
    void aRequestThatFoundNothing_isToBeAskedInAnotherWay() {
        assertThat(ResponseHints.of(
                        "x", "", List.of("a/b answered 200: {\"results\": [], \"status\": \"ZERO_RESULTS\"}")))
                .singleElement()
                .asString()
                .startsWith("A request found nothing.");
        assertThat(ResponseHints.of("x", "", List.of("a/b answered 200: []"))).hasSize(1);
        assertThat(ResponseHints.of("x", "", List.of("a/b answered 200: {\"results\": [{\"name\": \"x\"}]}")))
                .isEmpty();
    }

    @Test
    void errorsThatAreHidden_areToBeSeen() {
        String program = "try:\n    x = y['a']\nexcept KeyError:\n    print('ANSWER: no data')";
        assertThat(ResponseHints.of(program, "", List.of("a/b answered 200: {\"a\": 1}")))
                .containsExactly("Leave out try and except: they hide the error that shows what is wrong.");
        assertThat(ResponseHints.of(program, "", List.of())).isEmpty();
    }
}
