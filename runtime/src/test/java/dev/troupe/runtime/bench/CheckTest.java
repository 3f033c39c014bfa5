package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
    private static final String REVENUE = "What was the revenue of West in the third quarter of 2025, in EUR?";
    private static final String REVENUE_CHECK = "{\"number\": 297975.85, \"tolerance\": 1.0}";
    private static final String WEATHER = "What will it be like in Oslo in 3 days?";
    private static final String WEATHER_CHECK = "{\"values\": [{\"any\": [26.9, 80.4], \"tolerance\": 0.5},"
            + " {\"any\": [77], \"tolerance\": 0.06}], \"extra\": 1}";
    private static final String UNANSWERABLE_CHECK = "{\"unanswerable\": true, \"others\": [\"is open\"]}";
    private static final String REGION_CHECK =
            "{\"text\": [\"West\"], \"others\": [\"North\", \"South\", \"East\", \"Central\"]}";
    private static final String ITEMS_CHECK =
            "{\"set\": [\"Insole Red\", \"Boot Sole Blue\"], \"others\": [\"Insole Sand\", \"Insole Blue\"]}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "297975.85",
                "297,975.85 EUR",
                "€297 975.85",
                "297'976",
                "The revenue of West in Q3 2025 was 297975.8500000001 EUR.",
                "np.float64(297975.85)",
                "2.9797585e+05",
                "297975.85EUR",
                "In 2025: 297\u202f975.85"
            })
    void number_rightHoweverWritten_accepted(String answer) {
        assertThat(check(REVENUE_CHECK).accepts(answer, REVENUE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025",
                "297,973.85",
                "-297975.85",
                "297.98",
                "297975.85 or 310000",
                "North 244742.15\nWest 297975.85",
                "1297975.85",
                "297975850",
                "E297975.85",
                "unknown"
            })
    void number_wrongOrOneOfSeveral_refused(String answer) {
        assertThat(check(REVENUE_CHECK).accepts(answer, REVENUE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "26.9 °C and 77 %",
                "Temperature: 80.4 F\nHumidity: 77%",
                "On 2023-09-15 at 07:00 it will be 27 degrees; humidity is 77 (wind 12.3).",
                "On September 15, 2023, at 7 pm: 26.9, 77",
                "15 September 2023: 26.9, 77, and 10/12/2023: the same"
            })
    void values_eachInOneOfItsUnits_accepted(String answer) {
        assertThat(check(WEATHER_CHECK).accepts(answer, WEATHER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "26.9 °C",
                "77 %",
                "25.9 °C and 77 %",
                "26.9 °C and 77 %, wind 12.3, gusts 18",
                "On 2026-09-26 at 77:00"
            })
    void values_oneMissingOrTooManyOthers_refused(String answer) {
        assertThat(check(WEATHER_CHECK).accepts(answer, WEATHER)).isFalse();
    }

    @Test
    void names_enoughOfThem_accepted() {
        Check check = check("{\"names\": [\"The Yates Arms\", \"Café Novak\", \"Spin Cycle\"], \"least\": 2,"
                + " \"others\": [\"Odeon\"]}");
        assertThat(check.accepts("1. The Yates Arms\n2. café novak (4.1)", "?")).isTrue();
        assertThat(check.accepts("The Yates Arms", "?")).isFalse();
        assertThat(check.accepts("The Yates Arms, Spin Cycle, Odeon", "?")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I cannot tell: the API does not cover Australia.",
                "Australia status not found",
                "There is no data for Australia.",
                "The API doesn't provide this.",
                "It can\u2019t be answered.",
                "Market data for Australia is not available"
            })
    void unanswerable_saidSo_accepted(String answer) {
        assertThat(check(UNANSWERABLE_CHECK).accepts(answer, "Is the Australian market open?"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "closed",
                "Yes, it is.",
                "I do not know",
                "Traceback (most recent call last): cannot read",
                "KeyError: 'Australia' not found",
                "The market is open, but data is not available."
            })
    void unanswerable_answeredOrBroken_refused(String answer) {
        assertThat(check(UNANSWERABLE_CHECK).accepts(answer, "Is the Australian market open?"))
                .isFalse();
    }

    @Test
    void all_eachOfThem_accepted() {
        Check check = check("{\"all\": [{\"text\": [\"Denver\"]}, {\"values\": [{\"any\": [7]}]}]}");
        assertThat(check.accepts("Denver: 7", "?")).isTrue();
        assertThat(check.accepts("Denver: 8", "?")).isFalse();
        assertThat(check.accepts("Las Vegas: 7", "?")).isFalse();
    }

    @Test
    void number_toleranceZero_exact() {
        Check check = check("{\"number\": 12, \"tolerance\": 0}");
        assertThat(check.accepts("There are 12 customers.", "How many?")).isTrue();
        assertThat(check.accepts("12.0", "How many?")).isTrue();
        assertThat(check.accepts("12.4", "How many?")).isFalse();
        assertThat(check.accepts("13", "How many?")).isFalse();
    }

    @Test
    void number_onTheEdgeOfTolerance_accepted() {
        // 0.1 + 0.2 is not 0.3 in binary: the edge must not depend on it.
        assertThat(check("{\"number\": 0.3, \"tolerance\": 0.1}").accepts("0.4", "?"))
                .isTrue();
        assertThat(check("{\"number\": 0.3, \"tolerance\": 0.1}").accepts("0.41", "?"))
                .isFalse();
    }

    @Test
    void number_alsoInQuestion_neededInAnswer() {
        Check check = check("{\"number\": 1024, \"tolerance\": 0}");
        assertThat(check.accepts("1024", "What is the period modulo 1024?")).isTrue();
        assertThat(check.accepts("256", "What is the period modulo 1024?")).isFalse();
        assertThat(check.accepts("The period modulo 1024 is 1024", "What is the period modulo 1024?"))
                .isTrue();
        assertThat(check.accepts("1024 and 256", "What is the period modulo 1024?"))
                .isFalse();
    }

    @Test
    void number_questionRepeated_noAnswer() {
        Check check = check("{\"number\": 10, \"tolerance\": 0}");
        String question = "How many triples of [4, 8, 1, 10] have the sum 13?";
        assertThat(check.accepts("10", question)).isTrue();
        assertThat(check.accepts(question, question)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"West", "west.", "The region with the highest revenue was **West**", "West: 1,234,567.80 EUR"})
    void text_rightHoweverWritten_accepted(String answer) {
        assertThat(check(REGION_CHECK).accepts(answer, "Which region?")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "North", "Western", "West or North", "North\nSouth\nEast\nWest\nCentral", "Midwest"})
    void text_wrongOrOneOfSeveral_refused(String answer) {
        assertThat(check(REGION_CHECK).accepts(answer, "Which region?")).isFalse();
    }

    @Test
    void text_dateWithPunctuation_wordsCount() {
        Check check = check("{\"text\": [\"2025-10-27\", \"October 27, 2025\"], \"others\": []}");
        assertThat(check.accepts("2025-10-27 00:00:00", "?")).isTrue();
        assertThat(check.accepts("October 27 2025", "?")).isTrue();
        assertThat(check.accepts("2025-10-28", "?")).isFalse();
        assertThat(check.accepts("12025-10-27", "?")).isFalse();
    }

    @Test
    void set_allInAnyOrder_accepted() {
        assertThat(check(ITEMS_CHECK).accepts("['Boot Sole Blue', 'Insole Red']", "?"))
                .isTrue();
        assertThat(check(ITEMS_CHECK).accepts("insole red and boot sole blue", "?"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Insole Red", "Boot Sole Blue, Insole Red, Insole Sand", "Boot Sole, Insole Red, Blue"})
    void set_missingOrTooMany_refused(String answer) {
        assertThat(check(ITEMS_CHECK).accepts(answer, "?")).isFalse();
    }

    @Test
    void regex_wholeAnswer_caseCounts() {
        Check check = check("{\"regex\": \"(.* )?MDCC\"}");
        assertThat(check.accepts(" MDCC\n", "?")).isTrue();
        assertThat(check.accepts("It is MDCC", "?")).isTrue();
        assertThat(check.accepts("mdcc", "?")).isFalse();
        assertThat(check.accepts("MDCCX", "?")).isFalse();
    }

    @Test
    void any_oneHolds_accepted() {
        Check check =
                check("{\"any\": [{\"text\": [\"July\"], \"others\": [\"June\"]}, {\"number\": 7, \"tolerance\": 0}]}");
        assertThat(check.accepts("July", "In which month of 2024?")).isTrue();
        assertThat(check.accepts("Month 7 of 2024", "In which month of 2024?")).isTrue();
        assertThat(check.accepts("6", "In which month of 2024?")).isFalse();
        assertThat(check.accepts("June", "In which month of 2024?")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"text\": []}",
                "{\"text\": [\"--\"], \"others\": []}",
                "{\"set\": [1]}",
                "{\"regex\": \"(\"}",
                "{\"any\": []}",
                "{\"number\": \"12\"}"
            })
    void check_unusable_refused(String json) {
        assertThatThrownBy(() -> check(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void numbers_asPeopleWriteThem_found() {
        assertThat(Numbers.in("1,234,567 and 1 234.5, 12,34 and -7 (2024-01-31), x50, 3."))
                .isEqualTo(List.of(1234567.0, 1234.5, 12.0, 34.0, -7.0, 2024.0, 1.0, 31.0, 3.0));
    }

    private static Check check(String json) {
        try {
            return CaseFile.check(new JsonMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
