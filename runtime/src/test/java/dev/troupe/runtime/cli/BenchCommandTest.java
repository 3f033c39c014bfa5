package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.runtime.bench.Asker;
import dev.troupe.runtime.bench.Configuration;
import dev.troupe.runtime.team.TeamFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
    private static final String TEAM = """
            team: sums
            models:
              small: { provider: local, model: qwen2.5-coder-1.5b-instruct }
            tools:
              python: {}
            agents:
              adder:
                kind: assistant
                instructions: Add.
                tools: [python]
                ladder:
                  - { name: quick, model: small }
                  - { name: slow, model: small }
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> opened = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Runnable meanwhile = () -> {};
    private boolean json;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("team.yaml"), TEAM);
        Files.writeString(folder.resolve("cases.jsonl"), line("a-1", "learn", 2) + line("b-1", "test", 3));
    }

    @Test
    void bench_severalConfigurations_eachMeasured() {
        run("--bare", "--ladder", "quick", "--ladder", "quick,slow");
        assertThat(opened).containsExactly("bare", "quick", "quick,slow");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("quick,slow  sums, fake", "right           1 of 1, 100.0 %")
                .contains("quick against bare: +0.0 points");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("[1/1] bare  right  b-1");
    }

    @Test
    void bench_nothingSaid_wholeLadderOnTheTestHalf() {
        run();
        assertThat(opened).containsExactly("quick,slow");
    }

    @Test
    void bench_json_oneObject() throws JsonProcessingException {
        json = true;
        run("--split", "all");
        JsonNode result = Json.MAPPER.readTree(out.toString(StandardCharsets.UTF_8));
        JsonNode first = result.get("configurations").get(0);
        assertThat(first.get("asked").asInt()).isEqualTo(2);
        assertThat(first.get("right").asInt()).isEqualTo(1);
        assertThat(first.get("right_by_split").get("test").asDouble()).isEqualTo(1);
        assertThat(first.get("right_share").get("low").isNumber()).isTrue();
    }

    @Test
    void bench_markdown_tables() {
        run("--markdown");
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("| team | model |");
    }

    @Test
    void bench_report_asksNothing() {
        run();
        opened.clear();
        run("--report");
        assertThat(opened).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 of 1");
    }

    @Test
    void bench_unknownRung_saysWhichThereAre() {
        assertThatThrownBy(() -> run("--ladder", "quick,fast"))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                .hasMessage("--ladder: fast (expected: of quick, slow)");
    }

    @Test
    void bench_slice_onlyItsQuestions() throws IOException {
        String tuned = line("c-1", "test", 4).replace("{\"id\"", "{\"slice\": \"tune\", \"id\"");
        Files.writeString(folder.resolve("cases.jsonl"), line("b-1", "test", 3) + tuned);
        run("--slice", "tune");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("[1/1]", "c-1");
        assertThatThrownBy(() -> run("--slice", "final")).hasMessage("--slice: final (expected: of [tune])");
    }

    @Test
    void bench_limitZero_refused() {
        assertThatThrownBy(() -> run("--limit", "0")).hasMessage("--limit: 0 (expected: 1 or more)");
    }

    @Test
    void bench_parallel_saidWithTheResults() throws JsonProcessingException {
        run("--parallel", "4", "--split", "all");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("in models), asked up to 4 at a time\n");
        out.reset();
        json = true;
        run("--report");
        JsonNode first = Json.MAPPER
                .readTree(out.toString(StandardCharsets.UTF_8))
                .get("configurations")
                .get(0);
        assertThat(first.get("parallel").asInt()).isEqualTo(4);
    }

    @Test
    void bench_parallelTooMany_refused() {
        assertThatThrownBy(() -> run("--parallel", "65")).hasMessage("--parallel: 65 (expected: 1 to 64)");
    }

    @Test
    void bench_configurationsOfAFile_comparedAndDrawn() throws IOException {
        Files.writeString(folder.resolve("configurations.yaml"), """
                first: { ladder: [quick] }
                second: { ladder: [slow], feedback: after, demonstrations: learn }
                """);
        Path plot = folder.resolve("plot.svg");
        run("--configuration", "second", "--configuration", "first", "--plot", plot.toString());
        assertThat(opened).containsExactly("second", "first");
        assertThat(plot).content().contains("<svg ", "second (sums, fake): 1 of 1");
        assertThatThrownBy(() -> run("--configuration", "first", "--ladder", "quick"))
                .hasMessageStartingWith("--configurations: with --ladder");
        assertThatThrownBy(() ->
                        run("--configurations", folder.resolve("none.yaml").toString()))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void bench_learningWithFeedback_onTheTestHalf_once() {
        run("--demonstrations", "learn", "--feedback", "gold");
        assertThat(opened).containsExactly("quick,slow +learn gold");
        assertThatThrownBy(() -> run("--demonstrations", "learn", "--feedback", "gold", "--repeat", "2"))
                .hasMessage("--repeat: 2 (expected: 1 with quick,slow +learn gold, which learns on the way)");
        assertThatThrownBy(() -> run("--feedback", "gold", "--judge", "small"))
                .hasMessage("--judge: small (expected: of small, with --feedback judge)");
    }

    @Test
    void bench_service_runsMeanwhileAndEndsWithIt() {
        Path file = folder.resolve("service");
        meanwhile = () -> assertThat(file).exists();
        run(
                "--service",
                "trap 'rm " + file + "; exit' TERM; touch " + file + "; echo ready; while :; do sleep 0.05; done");
        assertThat(file).doesNotExist();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 of 1");
    }

    @Test
    void bench_serviceThatEnds_stopsTheRun() {
        Path file = folder.resolve("service");
        meanwhile = () -> {
            try {
                Files.createFile(file);
                assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        assertThatThrownBy(
                        () -> run("--service", "echo ready; until [ -e " + file + " ]; do sleep 0.05; done; echo out"))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID))
                .hasMessageEndingWith("has ended (expected: to run until it is ended); it said: ready / out");
        meanwhile = () -> {};
        run("--report");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("No results so far.");
    }

    private void run(String... arguments) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream(),
                Map.of("HOME", folder.toString()),
                false,
                false,
                100);
        Invocation invocation = new Invocation(terminal, new Cancellation());
        if (json) {
            invocation.demandJson();
        }
        CommandLine line =
                new CommandLine(new BenchCommand(invocation, Threes::new)).setCaseInsensitiveEnumValuesAllowed(true);
        List<String> all =
                new ArrayList<>(List.of(folder.resolve("cases.jsonl").toString(), "--team", folder.toString()));
        all.addAll(List.of(arguments));
        line.parseArgs(all.toArray(String[]::new));
        BenchCommand command = line.getCommand();
        command.call();
    }

    private static String line(String id, String split, int answer) {
        return """
                {"id":"%s","template":"%s","skill":"s","split":"%s","question":"Which?","check":{"number":%d}}
                """.formatted(id, id, split, answer);
    }

    /** Answers 3, whatever is asked. */
    private final class Threes implements Asker.Factory, Asker {
        Threes(TeamFile team, @Nullable URI modelUrl, int parallel, Invocation invocation) {
            assertThat(team.team()).isEqualTo("sums");
        }

        @Override
        public String model() {
            return "fake";
        }

        @Override
        public Asker open(Configuration configuration, Path data) {
            opened.add(configuration.name());
            return this;
        }

        @Override
        public Asked ask(String question, Predicate<String> right, Cancellation cancellation) {
            cancellation.onCancel(stopped::countDown);
            meanwhile.run();
            Receipt receipt = new Receipt(
                    Money.ZERO,
                    new Receipt.Baseline("openai/gpt-5", Money.ZERO, Receipt.Basis.ESTIMATED),
                    Money.ZERO,
                    Usage.NONE,
                    1,
                    5,
                    List.of());
            TaskRecord record = new TaskRecord(
                    "t-1",
                    "local",
                    "sums",
                    "adder",
                    "c-1",
                    question,
                    Instant.EPOCH,
                    "solved",
                    "3",
                    Verdict.Judge.NONE,
                    0,
                    "quick",
                    "fake",
                    "python",
                    "print(3)",
                    null,
                    null,
                    0,
                    receipt,
                    List.of(),
                    null);
            return new Asked(record, 4);
        }

        @Override
        public void judge(String task, Verdict verdict) {}

        @Override
        public void close() {}
    }
}
