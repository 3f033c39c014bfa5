package dev.troupe.knowledge.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must hold for all values of slots, and for all edits that change the meaning. */
class ReplayPropertiesTest {
    private static final ZonedDateTime ASKED = ZonedDateTime.of(2026, 2, 2, 9, 0, 0, 0, ZoneOffset.UTC);
    private static final ZonedDateTime NOW = ASKED.plusDays(40);
    private static final List<String> CITIES = List.of(
            "Paris", "New York", "São Paulo", "Oslo", "Rio de Janeiro", "Kyoto", "Cape Town", "Zürich", "Lagos");
    private static final List<DateTimeFormatter> WORDINGS = List.of(
            DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.ENGLISH),
            DateTimeFormatter.ISO_LOCAL_DATE);

    private static String code(String city, LocalDate day, int top) {
        return """
                import requests
                data = requests.get("https://api.example.org/sales", params={"city": "%s", "dt": "%s"}).json()
                best = sorted(data["items"], key=lambda item: item["sold"])[-%d:]
                print("ANSWER:", [item["name"] for item in best])
                """.formatted(city, day, top);
    }

    private static String question(String city, String day, int top) {
        return "What were the top " + top + " products in " + city + " on " + day + "?";
    }

    @Test
    void slotsAtRandom_giveTheProgramOfThatQuestion_orNone() {
        int replayed = 0;
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            String[] cities = {city(random), city(random)};
            LocalDate[] days = {day(random), day(random)};
            int[] tops = {2 + random.nextInt(28), 2 + random.nextInt(28)};
            Solution source = new Solution(
                    "d-1",
                    question(cities[0], wording(random, days[0]), tops[0]),
                    "python",
                    // The minus is no part of the number that is asked for.
                    code(cities[0], days[0], tops[0]).replace("[-" + tops[0] + ":]", "[:" + tops[0] + "]"),
                    ASKED);
            String wanted = code(cities[1], days[1], tops[1]).replace("[-" + tops[1] + ":]", "[:" + tops[1] + "]");
            Replay replay =
                    Replays.of(source, question(cities[1], wording(random, days[1]), tops[1]), NOW, Lessons.NONE);
            if (replay instanceof Replay.Ready ready) {
                assertThat(ready.code()).as("seed %d", seed).isEqualTo(wanted);
                replayed++;
            }
        }
        assertThat(replayed).isGreaterThan(400);
    }

    private static String city(Random random) {
        return CITIES.get(random.nextInt(CITIES.size()));
    }

    private static LocalDate day(Random random) {
        return LocalDate.of(2015, 1, 1).plusDays(random.nextInt(4_000));
    }

    private static String wording(Random random, LocalDate day) {
        return WORDINGS.get(random.nextInt(WORDINGS.size())).format(day);
    }

    @Test
    void wordsThatMeanSomething_areNeverPassedOver() {
        String asked = "What was the closing price of Apple on May 3, 2021?";
        String code = """
                symbol = "AAPL"
                row = daily(symbol)["2021-05-03"]
                print("ANSWER:", row["4. close"])
                """;
        Solution source = new Solution("d-1", asked, "python", code, ASKED);
        assertThat(Replays.of(source, asked, NOW, Lessons.NONE)).isInstanceOf(Replay.Ready.class);
        List<String> added = List.of(
                "not",
                "never",
                "average",
                "highest",
                "lowest",
                "first",
                "last",
                "second",
                "previous",
                "adjusted",
                "only",
                "expected",
                "minimum",
                "total",
                "no",
                "half",
                "relative",
                "weekly",
                "after-hours",
                "median");
        for (String word : added) {
            for (int at = 0; at <= asked.split(" ", -1).length; at++) {
                List<String> words = new java.util.ArrayList<>(List.of(asked.split(" ", -1)));
                words.add(at, word);
                String edited = String.join(" ", words);
                assertThat(Replays.of(source, edited, NOW, Lessons.NONE))
                        .as(edited)
                        .isInstanceOf(Replay.Abstained.class);
            }
        }
    }

    @Test
    void oneWordForAnother_isNeverPassedOver() {
        String asked = "How many orders from Berlin were shipped in 2024?";
        String code = """
                rows = orders[(orders["city"] == "Berlin") & (orders["shipped"].dt.year == 2024)]
                print("ANSWER:", len(rows))
                """;
        Solution source = new Solution("d-1", asked, "python", code, ASKED);
        for (String[] edit : new String[][] {
            {"orders", "returns"},
            {"from", "to"},
            {"were shipped", "were not shipped"},
            {"shipped", "placed"},
            {"shipped", "paid and shipped"},
            {"in 2024", "before 2024"},
            {"in 2024", "since 2024"},
            {"in 2024", "in 2024 or 2025"},
            {"in 2024", "in 2024 by ship"},
            {"in 2024", "in March 2024"},
            {"in 2024", "per month in 2024"},
            {"from Berlin", "from Berlin and Paris"},
            {"from Berlin", "not from Berlin"},
            {"How many", "Which"},
            {"How many", "How few"},
            {"How many", "What share of"},
        }) {
            String edited = asked.replace(edit[0], edit[1]);
            assertThat(Replays.of(source, edited, NOW, Lessons.NONE)).as(edited).isInstanceOf(Replay.Abstained.class);
        }
    }

    @Test
    void twoSolutions_thatDifferInMore_showThatSomethingElseDepends() {
        String code = "q = {\"city\": \"Oslo\", \"limit\": 4}\nprint(\"ANSWER:\", ask(q))\n";
        Solution source = new Solution("d-1", "How many shops are in Oslo?", "python", code, ASKED);
        Solution other = new Solution(
                "d-2",
                "How many shops are in Rome?",
                "python",
                code.replace("Oslo", "Rome").replace("4", "9"),
                ASKED);
        String asked = "How many shops are in Lima?";
        assertThat(Replays.of(source, asked, NOW, Lessons.NONE)).isInstanceOf(Replay.Ready.class);
        assertThat(Replays.of(source, asked, NOW, Lessons.of(List.of(other)))).isInstanceOf(Replay.Abstained.class);
    }

    @Test
    void twoSolutions_thatDifferInTheSlotOnly_showThatNothingElseDepends() {
        String code = "q = {\"city\": \"Oslo\", \"zone\": \"Europe/Berlin\"}\nprint(\"ANSWER:\", ask(q))\n";
        Solution source = new Solution("d-1", "How many shops are in Oslo?", "python", code, ASKED);
        Solution other =
                new Solution("d-2", "How many shops are in Rome?", "python", code.replace("Oslo", "Rome"), ASKED);
        String asked = "How many shops are in Lima?";
        assertThat(Replays.of(source, asked, NOW, Lessons.NONE)).isInstanceOf(Replay.Abstained.class);
        assertThat(Replays.of(source, asked, NOW, Lessons.of(List.of(other)))).isInstanceOf(Replay.Ready.class);
    }

    @Test
    void aQuestion_takesLessThanTenMilliseconds() {
        Solution source = new Solution(
                "d-1", question("Oslo", "May 3, 2021", 5), "python", code("Oslo", LocalDate.of(2021, 5, 3), 5), ASKED);
        for (int i = 0; i < 300; i++) {
            Replays.of(source, question("Rome", "May 4, 2021", 7), NOW, Lessons.NONE);
        }
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            Replays.of(source, question("Rome", "May 4, 2021", 7), NOW, Lessons.NONE);
        }
        // Far less on a quiet machine; a busy one may be ten times slower.
        assertThat((System.nanoTime() - start) / 100).isLessThan(10_000_000);
    }
}
