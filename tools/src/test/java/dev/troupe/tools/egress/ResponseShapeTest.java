package dev.troupe.tools.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResponseShapeTest {
    private static final int ROOM = 1_000;

    private static String shape(String body, int limit) {
        return ResponseShape.of(body.getBytes(StandardCharsets.UTF_8), limit);
    }

    private static String days(int count) {
        return IntStream.range(0, count)
                .mapToObj(day -> "\"2023-09-%02d\": {\"1. open\": \"17%d.89\", \"4. close\": \"175.10\"}"
                        .formatted(day + 1, day % 10))
                .collect(Collectors.joining(", ", "{\"Meta Data\": {\"2. Symbol\": \"AAPL\"}, \"Days\": {", "}}"));
    }

    @Test
    void small_isShownWhole() {
        assertThat(shape(
                        "{\"location\": {\"name\": \"Rome\", \"lat\": 41.9}, \"ok\": true, \"none\": null, \"days\": []}",
                        ROOM))
                .isEqualTo(
                        "{\"location\": {\"name\": \"Rome\", \"lat\": 41.9}, \"ok\": true, \"none\": null, \"days\": []}");
    }

    @Test
    void lists_showTheFirstAndHowManyMore() {
        assertThat(shape("[{\"a\": 1}, {\"a\": 2}, {\"a\": 3}]", ROOM)).isEqualTo("[{\"a\": 1}, … 2 more]");
    }

    @Test
    void fieldsWhoseNamesAreData_showTheFirst() {
        assertThat(shape(days(20), ROOM))
                .isEqualTo("{\"Meta Data\": {\"2. Symbol\": \"AAPL\"}, \"Days\": {\"2023-09-01\":"
                        + " {\"1. open\": \"170.89\", \"4. close\": \"175.10\"}, … 19 more}}");
    }

    @Test
    void fieldsOfDifferentShapes_areAllShown() {
        assertThat(shape("{\"day\": {\"uv\": 1}, \"astro\": {\"sunrise\": 2}, \"c\": 3, \"d\": 4}", ROOM))
                .contains("\"uv\": 1", "\"sunrise\": 2", "\"c\": 3", "\"d\": 4");
    }

    @Test
    void whatBreaksOff_isShownAsFarAsItCame() {
        String whole = days(20);
        assertThat(shape(whole.substring(0, whole.length() / 2), ROOM))
                .startsWith("{\"Meta Data\": {\"2. Symbol\": \"AAPL\"}, \"Days\": {\"2023-09-01\": {\"1. open\":");
    }

    @Test
    void whatBreaksOffWithinAText_isShownAsFarAsItCame() {
        assertThat(shape("{\"a\": {\"b\": 1}, \"c\": \"tex", ROOM)).isEqualTo("{\"a\": {\"b\": 1}}");
    }

    @Test
    void quotationMarksInTexts_areOthers() {
        assertThat(shape("{\"a\": \"<a href=\\\"x\\\">\"}", ROOM)).isEqualTo("{\"a\": \"<a href='x'>\"}");
    }

    @Test
    void tooLong_losesValuesFirstAndThenDepth() {
        String body =
                "{\"current\": {\"temp_c\": 20.3, \"condition\": {\"text\": \"Cloudy\"}}, \"hours\": [{\"time\": 1}]}";
        assertThat(shape(body, 80))
                .isEqualTo("{\"current\": {\"temp_c\", \"condition\": {\"text\"}}, \"hours\": [{\"time\"}]}");
        assertThat(shape(body, 55)).isEqualTo("{\"current\": {…}, \"hours\": [{…}]}");
        assertThat(shape(body, 10)).isEqualTo("{\"current…");
    }

    @Test
    void longTexts_areCut_soThatNobodySpeaksThroughThem() {
        assertThat(shape("{\"name\": \"" + "x".repeat(500) + "\"}", ROOM)).hasSizeLessThan(60);
        assertThat(shape("{\"" + "n".repeat(500) + "\": 1}", ROOM)).hasSizeLessThan(60);
    }

    @Test
    void whatIsNoJson_isShownAsItBegins() {
        assertThat(shape("<html>\n<body>Bad gateway</body></html>", 20)).isEqualTo("<html> <body>Bad ga…");
        assertThat(shape("", ROOM)).isEmpty();
    }

    @Test
    void veryDeep_endsSomewhere() {
        String body = "{\"a\":".repeat(900) + "1" + "}".repeat(900);
        assertThat(shape(body, ROOM)).hasSizeLessThan(100);
    }
}
