package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.runtime.bench.ScriptedTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark that learns on the way, killed twice, comes to the same as one that nobody disturbed. */
class BenchKilledTest {
    private static final int QUESTIONS = 10;
    private static final Pattern ASKED = Pattern.compile("Question: What is (\\d+) plus");

    @TempDir
    private Path folder;

    private ScriptedTeam team;

    @BeforeEach
    void start() throws IOException {
        team = new ScriptedTeam(folder, BenchKilledTest::says);
        Files.write(
                folder.resolve("cases.jsonl"),
                IntStream.range(0, QUESTIONS).mapToObj(BenchKilledTest::line).toList());
        Files.writeString(folder.resolve("configurations.yaml"), """
                learning: { ladder: [quick, large], demonstrations: learn, feedback: gold }
                alone: { ladder: [large] }
                """);
    }

    @AfterEach
    void stop() {
        team.close();
    }

    private static String line(int number) {
        return """
                {"id":"c-%d","template":"t-%d","skill":"sums","split":"test","question":"What is %d plus 700?",\
                "check":{"number":%d}}""".formatted(number, number, 4000 + number, 4700 + number);
    }

    /** The weak model is wrong about every third number, so that some questions escalate. */
    private static String says(String model, String prompt) {
        Matcher asked = ASKED.matcher(prompt);
        int number = 0;
        while (asked.find()) {
            number = Integer.parseInt(asked.group(1));
        }
        return ScriptedTeam.program(number + (model.equals("weak") && number % 3 == 0 ? " - 700" : " + 700"));
    }

    private String[] arguments(String runs) {
        return new String[] {
            "bench",
            folder.resolve("cases.jsonl").toString(),
            "--team",
            folder.toString(),
            "--configuration",
            "learning",
            "--configuration",
            "alone",
            "--run-folder",
            folder.resolve(runs).toString()
        };
    }

    private void killedAtCall(int call) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        int before = team.prompts.size();
        BiFunction<String, String, String> script = (model, prompt) -> {
            if (team.prompts.size() == before + call) {
                reached.countDown();
                await(killed);
            }
            return says(model, prompt);
        };
        team.script(script);
        ProgramProcess process = ProgramProcess.start(folder, Map.of(), arguments("killed"));
        assertThat(reached.await(60, TimeUnit.SECONDS)).as(process.said()).isTrue();
        process.process().destroyForcibly().waitFor();
        killed.countDown();
        team.script(BenchKilledTest::says);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void bench_killedTwice_resumesToTheSameResults() throws Exception {
        CommandLineRun whole = CommandLineRun.in(folder).run(arguments("whole"));
        assertThat(whole.exitCode()).as(whole.err()).isZero();
        assertThat(whole.out()).contains("learning", "10 of 10, 100.0 %", "alone against learning");

        killedAtCall(4);
        killedAtCall(6);
        CommandLineRun resumed = CommandLineRun.in(folder).run(arguments("killed"));
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(results("killed")).isEqualTo(results("whole")).hasSize(2 * QUESTIONS);
    }

    @Test
    void bench_interrupted_endsInTimeWithItsService_andGoesOn() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        team.script((model, prompt) -> {
            if (team.prompts.size() == 3) {
                reached.countDown();
                await(over);
            }
            return says(model, prompt);
        });
        List<String> arguments = new ArrayList<>(List.of(arguments("interrupted")));
        Path service = folder.resolve("service");
        arguments.addAll(List.of("--service", "echo $$ > " + service + "; echo ready; sleep 300 & wait"));
        ProgramProcess process = ProgramProcess.start(folder, Map.of(), arguments.toArray(String[]::new));
        assertThat(reached.await(60, TimeUnit.SECONDS)).as(process.said()).isTrue();
        assertThat(runs(service)).isTrue();
        new ProcessBuilder("kill", "-INT", Long.toString(process.process().pid()))
                .start()
                .waitFor();
        assertThat(process.process().waitFor(10, TimeUnit.SECONDS))
                .as(process.said())
                .isTrue();
        assertThat(process.process().exitValue()).isEqualTo(130);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (runs(service)) {
            assertThat(System.nanoTime() - end).as("in time").isNegative();
            Thread.onSpinWait();
        }
        over.countDown();
        team.script(BenchKilledTest::says);
        CommandLineRun resumed = CommandLineRun.in(folder).run(arguments("interrupted"));
        assertThat(resumed.out()).as(resumed.err()).contains("10 of 10, 100.0 %");
        assertThat(results("interrupted")).hasSize(2 * QUESTIONS);
    }

    /** One that has ended and that nobody has asked for its exit code runs no more. */
    private static boolean runs(Path service) {
        try {
            String status =
                    Files.readString(Path.of("/proc", Files.readString(service).strip(), "stat"));
            return status.charAt(status.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> results(String runs) throws IOException {
        List<String> results = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(runs).resolve("runs.jsonl"))) {
            JsonNode result = Json.MAPPER.readTree(line);
            results.add(List.of(
                            "configuration",
                            "case",
                            "position",
                            "right",
                            "rung",
                            "escalations",
                            "shown",
                            "learned",
                            "input_tokens")
                    .stream()
                    .map(name -> result.path(name).asText())
                    .toList()
                    .toString());
        }
        return results;
    }
}
