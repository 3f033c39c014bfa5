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
                        """, List.of(MONTHS)))
                .containsExactly(
                        "\"Time Series (Monthly)\" is not among the names above; \"Monthly Time Series\" is.",
                        "\"2023-09-01\" is not among the names above; \"2023-09-13\" is.",
                        "\"volume\" is not among the names above; \"5. volume\" is.");
    }

    @Test
    void namesWithoutAnyLikeThem_andNamesThatAreThere_areLeftOut() {
        assertThat(ResponseHints.of("print(x['current']['5. volume'])", List.of(MONTHS)))
                .isEmpty();
        assertThat(ResponseHints.of(
                        "x['temperature']", List.of("a/b answered 200: {\"current\": {\"temp_c\", \"uv\"}}")))
                .containsExactly("\"temperature\" is not among the names above; \"temp_c\" is.");
    }

    @Test
    void aRequestThatFoundNothing_isToBeAskedInAnotherWay() {
        assertThat(ResponseHints.of("x", List.of("a/b answered 200: {\"results\": [], \"status\": \"ZERO_RESULTS\"}")))
                .singleElement()
                .asString()
                .startsWith("A request found nothing.");
        assertThat(ResponseHints.of("x", List.of("a/b answered 200: []"))).hasSize(1);
        assertThat(ResponseHints.of("x", List.of("a/b answered 200: {\"results\": [{\"name\": \"x\"}]}")))
                .isEmpty();
    }

    @Test
    void errorsThatAreHidden_areToBeSeen() {
        String program = "try:\n    x = y['a']\nexcept KeyError:\n    print('ANSWER: no data')";
        assertThat(ResponseHints.of(program, List.of("a/b answered 200: {\"a\": 1}")))
                .containsExactly("Leave out try and except: they hide the error that shows what is wrong.");
        assertThat(ResponseHints.of(program, List.of())).isEmpty();
    }
}
