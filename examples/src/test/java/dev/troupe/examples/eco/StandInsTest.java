package dev.troupe.examples.eco;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StandInsTest {
    private static final List<Function<Client, String>> QUESTIONS = List.of(
            client -> client.weather("forecast", "q", "Paris", "days", "14", "aqi", "yes")
                    .toString(),
            client -> client.weather("current", "q", "Smalltown, Ohio").toString(),
            client -> client.stock("TIME_SERIES_DAILY_ADJUSTED", "symbol", "TSLA", "outputsize", "full")
                    .toString(),
            client -> client.stock("TIME_SERIES_INTRADAY", "symbol", "KO", "interval", "60min")
                    .toString(),
            client -> client.stock("TOP_GAINERS_LOSERS").toString(),
            client -> client.stock("FX_DAILY", "from_symbol", "EUR", "to_symbol", "USD")
                    .toString(),
            client -> client.places("place/textsearch", "query", "cafes in Vienna")
                    .toString(),
            client -> client.places(
                            "place/nearbysearch", "location", "35.69,139.69", "radius", "5000", "keyword", "sushi")
                    .toString());

    private static StandInSettings settings(String clock, long seed) {
        return new StandInSettings(
                StandInSettings.clock(clock),
                seed,
                0,
                0,
                0,
                StandInSettings.DEFAULT_WEATHER_KEY,
                StandInSettings.DEFAULT_STOCK_KEY,
                StandInSettings.DEFAULT_PLACES_KEY);
    }

    private static List<String> answers(String clock, long seed) {
        try (StandIns standIns = StandIns.start(settings(clock, seed))) {
            Client client = new Client(standIns);
            return QUESTIONS.stream().map(question -> question.apply(client)).toList();
        }
    }

    @Test
    void answers_sameSeedAndClock_areTheSameBytes() {
        List<String> answers = answers("2023-09-14T13:45Z", 7);
        assertThat(answers("2023-09-14T13:45Z", 7)).isEqualTo(answers);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.length()).isGreaterThan(200));
        List<String> others = answers("2023-09-14T13:45Z", 8);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(others.get(i)).isNotEqualTo(answers.get(i));
        }
    }

    @Test
    void answers_laterClock_leaveThePastAsItWas() {
        try (StandIns earlier = StandIns.start(settings("2023-09-14T13:45Z", 7));
                StandIns later = StandIns.start(settings("2024-03-01T09:00Z", 7))) {
            JsonNode then = new Client(earlier)
                    .weather("history", "q", "Oslo", "dt", "2023-05-17")
                    .at("/forecast");
            JsonNode since = new Client(later)
                    .weather("history", "q", "Oslo", "dt", "2023-05-17")
                    .at("/forecast");
            assertThat(since.at("/forecastday/0/day")).isEqualTo(then.at("/forecastday/0/day"));
            String[] series = {"symbol", "NVO", "outputsize", "full"}; // splits between the two
            String day = "/Time Series (Daily)/2023-06-01";
            assertThat(new Client(later).stock("TIME_SERIES_DAILY", series).at(day))
                    .isEqualTo(new Client(earlier)
                            .stock("TIME_SERIES_DAILY", series)
                            .at(day))
                    .isNotEmpty();
        }
    }

    @Test
    void command_whenAllAnswer_saysWhereInOneLineAndAsConfiguration() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Serve.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new CountDownLatch(0),
                "--weather-port=0",
                "--stock-port=0",
                "--places-port=0",
                "--clock=2023-12-01T09:00Z");

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        JsonNode ready = new JsonMapper().readTree(out.toByteArray());
        assertThat(ready.get("ready").booleanValue()).isTrue();
        assertThat(ready.get("clock").textValue()).isEqualTo("2023-12-01T09:00:00Z");
        URI weather = URI.create(ready.at("/hosts/api.weatherapi.com").textValue());
        assertThat(weather.getHost()).isEqualTo("127.0.0.1");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("egress.hosts {\n  \"api.weatherapi.com\" = \"" + weather + "\"\n");
    }

    @Test
    void command_wrongClockOrTakenPort_saysWhatIsExpected() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
        assertThat(Serve.run(System.out, told, new CountDownLatch(0), "--clock=soon"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("clock: soon (expected: 2023-09-14T13:45Z, or now)");
        try (StandIns standIns = StandIns.start(settings("2023-09-14T13:45Z", 7))) {
            int port = standIns.hosts().get("api.weatherapi.com").getPort();
            err.reset();
            assertThat(Serve.run(System.out, told, new CountDownLatch(0), "--weather-port=" + port, "--stock-port=0"))
                    .isEqualTo(69);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("port: " + port + " (expected: one that is free)");
        }
    }
}
