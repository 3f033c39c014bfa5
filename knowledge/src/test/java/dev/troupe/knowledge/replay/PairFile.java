package dev.troupe.knowledge.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of pairs, each a solved question and a new one, with what a careful person says of it: a JSON object a line with
 * {@code id}, {@code kind}, {@code clock}, {@code demonstration} ({@code question}, {@code code}, {@code language},
 * {@code asked_at}), {@code question}, {@code expect} ({@code replay} or {@code refuse}), {@code code} of the replay, and
 * {@code known} solutions.
 */
final class PairFile {
    private static final JsonMapper JSON = new JsonMapper();

    private PairFile() {}

    /**
     * What came of all pairs.
     *
     * @param right by kind, how many of how many
     * @param wrong replayed though they must not be, or with another program: a line each
     * @param missed not replayed though they could be: a line each
     */
    record Confusion(Map<String, int[]> right, List<String> wrong, List<String> missed, int replayable, long nanos) {
        String text() {
            StringBuilder text = new StringBuilder();
            right.forEach((kind, counts) -> text.append("%-24s %d of %d%n".formatted(kind, counts[0], counts[1])));
            wrong.forEach(line -> text.append("WRONG  ").append(line).append('\n'));
            missed.forEach(line -> text.append("missed ").append(line).append('\n'));
            int pairs = right.values().stream().mapToInt(counts -> counts[1]).sum();
            return text.append("%d pairs, %d wrong, %d of %d replayed, %.2f ms each"
                            .formatted(
                                    pairs,
                                    wrong.size(),
                                    replayable - missed.size(),
                                    replayable,
                                    nanos / 1e6 / Math.max(1, pairs)))
                    .toString();
        }
    }

    static Confusion run(Path file) throws IOException {
        Map<String, int[]> right = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        int replayable = 0;
        long nanos = 0;
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank()) {
                continue;
            }
            JsonNode pair = JSON.readTree(line);
            boolean expected = pair.path("expect").asText().equals("replay");
            replayable += expected ? 1 : 0;
            long start = System.nanoTime();
            Replay replay = replay(pair);
            nanos += System.nanoTime() - start;
            int[] counts =
                    right.computeIfAbsent(pair.path("kind").asText() + (expected ? " +" : " -"), kind -> new int[2]);
            counts[1]++;
            String said = pair.path("id").asText() + " (" + pair.path("kind").asText() + "): "
                    + pair.path("demonstration").path("question").asText() + " -> "
                    + pair.path("question").asText();
            if (replay instanceof Replay.Ready ready) {
                String code = pair.path("code").asText("");
                if (!expected) {
                    wrong.add(said + " | " + ready.text());
                } else if (!isSame(ready.code(), code)) {
                    wrong.add(said + " | another program: " + ready.text() + firstDifference(ready.code(), code));
                } else {
                    counts[0]++;
                }
            } else if (expected) {
                missed.add(said + " | " + ((Replay.Abstained) replay).reason());
            } else {
                counts[0]++;
            }
        }
        return new Confusion(right, wrong, missed, replayable, nanos);
    }

    private static Replay replay(JsonNode pair) {
        JsonNode demonstration = pair.path("demonstration");
        String language = demonstration.path("language").asText("python");
        List<Solution> known = new ArrayList<>();
        for (JsonNode solution : pair.path("known")) {
            known.add(new Solution(
                    "k-" + known.size(),
                    solution.path("question").asText(),
                    solution.path("language").asText(language),
                    solution.path("code").asText(),
                    time(solution.path("asked_at")
                            .asText(demonstration.path("asked_at").asText("")))));
        }
        Solution solution = new Solution(
                "d-1",
                demonstration.path("question").asText(),
                language,
                demonstration.path("code").asText(),
                time(demonstration.path("asked_at").asText("")));
        JsonNode clock = pair.path("clock");
        ZonedDateTime now = clock.isObject()
                ? Instant.parse(clock.path("instant").asText())
                        .atZone(ZoneId.of(clock.path("zone").asText("UTC")))
                : time(clock.asText());
        if (now == null) {
            throw new IllegalArgumentException("clock: " + pair.path("clock") + " (expected: a time)");
        }
        return Replays.of(solution, pair.path("question").asText(), now, Lessons.of(known));
    }

    /** {@code 2026-03-10T09:00:00Z}, with another offset, with a zone in brackets, or without: of UTC then. */
    static @Nullable ZonedDateTime time(String text) {
        if (text.isEmpty()) {
            return null;
        }
        TemporalAccessor read =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
        return read instanceof LocalDateTime local ? local.atZone(ZoneOffset.UTC) : (ZonedDateTime) read;
    }

    /** Comments are for people and are left as they are. */
    private static boolean isSame(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String code) {
        return code.lines()
                .map(line -> line.replaceAll("(?:^|\\s+)#.*$", "").stripTrailing())
                .filter(line -> !line.isEmpty())
                .reduce("", (text, line) -> text + line + "\n");
    }

    private static String firstDifference(String got, String wanted) {
        List<String> one = plain(got).lines().toList();
        List<String> other = plain(wanted).lines().toList();
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            if (!one.get(i).equals(other.get(i))) {
                return " | got: " + one.get(i).strip() + " | expected: "
                        + other.get(i).strip();
            }
        }
        return "";
    }

    /** Prints what comes of a file. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 1) {
            for (String question : arguments) {
                System.out.println(Wording.of(question, java.time.LocalDate.of(2026, 3, 10), java.util.Set.of())
                        .key());
            }
            return;
        }
        System.out.println(run(Path.of(arguments[0])).text());
    }
}
