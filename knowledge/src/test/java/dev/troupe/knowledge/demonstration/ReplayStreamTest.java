package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.knowledge.journal.Samples;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.knowledge.replay.Replay;
import dev.troupe.knowledge.replay.ReplayView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A day of a desk's questions, one after the other: what cannot be replayed is solved by its right program, which is
 * learned as verified; what is replayed must have the right program, character for character.
 */
class ReplayStreamTest extends DemonstrationFixture {
    /** Of the examples; another file can be named with {@code -Dreplay.stream}. */
    private static final Path STREAM =
            Path.of(System.getProperty("replay.stream", "../examples/replay/stream/stream.jsonl"));

    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, int[]> templates = new TreeMap<>();
    private int asked;
    private int replayed;
    private int exchanged;
    private long nanos;

    @Test
    void stream_isReplayedInThirtyOfAHundredCases_andNeverWrongly() throws IOException {
        assumeTrue(Files.exists(STREAM), "no stream of questions");
        ReplayView view = new ReplayView(library, journal);
        for (String line : Files.readAllLines(STREAM)) {
            ask(view, JSON.readTree(line));
        }
        String figures = figures();
        System.out.println(figures);
        assertThat(wrong).as(figures).isEmpty();
        assertThat(replayed).as(figures).isGreaterThanOrEqualTo(150).isGreaterThanOrEqualTo(asked * 3 / 10);
    }

    private void ask(ReplayView view, JsonNode row) {
        String question = row.path("question").asText();
        String right = row.path("code").asText();
        ZonedDateTime now = LocalDateTime.parse(row.path("clock").asText()).atZone(ZoneOffset.UTC);
        long start = System.nanoTime();
        Replay replay = view.find(TENANT, TEAM, question, now, List.of()).replay();
        nanos += System.nanoTime() - start;
        int[] counts = templates.computeIfAbsent(row.path("template").asText(), name -> new int[2]);
        counts[1]++;
        asked++;
        if (replay instanceof Replay.Ready ready) {
            counts[0]++;
            replayed++;
            exchanged += ready.swaps().isEmpty() ? 0 : 1;
            if (!ready.code().equals(right)) {
                wrong.add(row.path("id").asText() + ": " + question + " | " + ready.text());
            }
        } else {
            library.end(task(row.path("id").asText(), question, right, now), null, null);
        }
    }

    private static TaskRecord task(String id, String question, String code, ZonedDateTime started) {
        TaskRecord t = Samples.task(id, question, code, "answer of " + id, Judge.RULE);
        return new TaskRecord(
                t.task(),
                t.tenant(),
                t.team(),
                t.agent(),
                t.conversation(),
                t.question(),
                started.toInstant(),
                t.outcome(),
                t.answer(),
                t.verified(),
                t.exitCode(),
                t.rung(),
                t.model(),
                t.language(),
                t.code(),
                t.shown(),
                t.learned(),
                t.escalations(),
                t.receipt(),
                t.artifacts(),
                t.error());
    }

    private String figures() {
        StringBuilder text = new StringBuilder();
        templates.forEach((name, counts) -> text.append("%-24s %d of %d%n".formatted(name, counts[0], counts[1])));
        wrong.forEach(line -> text.append("WRONG ").append(line).append('\n'));
        return text.append(
                        "%d questions of %d templates, %d replayed (%.1f %%, %d of them with other values), %d wrong, %.2f ms each"
                                .formatted(
                                        asked,
                                        templates.size(),
                                        replayed,
                                        100.0 * replayed / asked,
                                        exchanged,
                                        wrong.size(),
                                        nanos / 1e6 / asked))
                .toString();
    }
}
