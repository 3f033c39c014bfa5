package dev.troupe.runtime.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Money;
import dev.troupe.models.store.ModelCatalogue;
import dev.troupe.models.store.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be taken, from the command line on: a message, an exit code, and what was stored before is still there. */
class BadInputTest {
    private static final String TEAM = TinyEndpoint.TEAM.replace("URL", "http://127.0.0.1:9/v1");
    private static final byte[] NOT_UTF8 = {'a', (byte) 0xc3, (byte) 0x28};

    @TempDir
    Path folder;

    @BeforeEach
    void aTaskOfYesterday() {
        try (Journal journal = Journal.open(folder.resolve(".local/share/troupe"))) {
            journal.append(new Entry.TaskEnded(SampleTasks.solved(Judge.NONE, Money.ZERO, null)));
        }
    }

    @AfterEach
    void itIsStillThere_andNothingElseIs() {
        try (Journal journal = Journal.open(folder.resolve(".local/share/troupe"))) {
            assertThat(journal.verify()).isEmpty();
            assertThat(journal.lastSequence()).isEqualTo(1);
        }
        assertThat(run("receipts", "last", "--json").json().get("task").asText())
                .isEqualTo(SampleTasks.ID);
    }

    static Stream<Arguments> teams() {
        return Stream.of(
                arguments("", "team.yaml:1:1  empty (expected: keys and values)"),
                arguments("# nothing yet\n", "team.yaml:1:1  empty (expected: keys and values)"),
                arguments(
                        TEAM.replace("  small:", "\tsmall:"),
                        "3:1  a tab (expected: spaces: YAML takes no tabs for indentation)"),
                arguments(TEAM + "team: u\n", "duplicate key \"team\", first on line 1 (expected: each key once)"),
                arguments(TEAM.replace("model: small", "model: smal"), "unknown model \"smal\" (did you mean small?"),
                arguments(
                        TEAM.replace(
                                "openai, model: gpt-5-mini, url: \"http://127.0.0.1:9/v1\"",
                                "local, model: smolm2-135m"),
                        "models.small.model: \"smolm2-135m\" (did you mean smollm2-135m?"),
                arguments(
                        TEAM.replace("python: {}", "python: { files: [/etc/passwd] }"),
                        "tools.python.files[0]: \"/etc/passwd\" (expected: a path inside the team's folder, relative to it)"),
                arguments(
                        TEAM + "budget: { task: -1 USD }\n",
                        "budget.task: \"-1 USD\" (expected: 0 USD or more, such as 0.05 USD)"),
                arguments(
                        TEAM.replace("url: \"http://127.0.0.1:9/v1\"", "key: \"${NOT_SET_HERE}\""),
                        "models.small.key: NOT_SET_HERE is not set (expected: an environment variable with the secret)"));
    }

    @ParameterizedTest
    @MethodSource("teams")
    void teamFile_withAProblem_isShownIt_andNothingIsBegun(String team, String message) throws IOException {
        Files.writeString(folder.resolve("team.yaml"), team);
        assertRefused(3, "TEAM_INVALID", message, "run", folder.toString(), "How many?");
        assertThat(run("validate", folder.toString()).exitCode()).isEqualTo(3);
    }

    @Test
    void teamFile_missing() {
        assertRefused(
                3, "TEAM_INVALID", "the folder has no team.yaml (expected: ", "run", folder.toString(), "How many?");
        assertRefused(
                3, "TEAM_INVALID", "no such file (expected: a team file", "run", folder + "/none.yaml", "How many?");
    }

    @Test
    void teamFile_inAnotherEncoding() throws IOException {
        Files.write(folder.resolve("team.yaml"), ("# Köln\n" + TEAM).getBytes(ISO_8859_1));
        assertRefused(
                3,
                "TEAM_INVALID",
                "1:4  byte 0xf6, which is no UTF-8 (expected: a file in UTF-8)",
                "run",
                folder.toString(),
                "How many?");
    }

    @Test
    void question_ofTenMegabytes() throws IOException {
        Files.writeString(folder.resolve("team.yaml"), TEAM);
        byte[] large = new byte[10_000_000];
        Arrays.fill(large, (byte) 'x');
        Path file = Files.write(folder.resolve("question.txt"), large);
        String message = "question: more than 1048576 bytes (expected: at most 1048576)";
        assertRefused(4, "INPUT_INVALID", message, "run", folder.toString(), "--question-file", file.toString());
        CommandLineRun piped = CommandLineRun.in(folder).input(large).run("run", folder.toString(), "-");
        assertThat(piped.exitCode()).isEqualTo(4);
        assertThat(piped.err()).startsWith("error: " + message + "\nhint: put long data into a file");
    }

    @Test
    void question_thatIsNoUtf8() throws IOException {
        Files.writeString(folder.resolve("team.yaml"), TEAM);
        Path file = Files.write(folder.resolve("question.txt"), NOT_UTF8);
        String message = "question: not valid UTF-8 (expected: text in UTF-8)";
        assertRefused(4, "INPUT_INVALID", message, "run", folder.toString(), "--question-file", file.toString());
        assertRefused(4, "INPUT_INVALID", message, "run", folder.toString(), "a\ufffd(");
    }

    @Test
    void modelFile_truncated_isFound_andWhereItCannotBeMendedSaysSo() throws IOException {
        Files.writeString(
                folder.resolve("team.yaml"),
                TEAM.replaceAll("small: .*", "small: { provider: local, model: smollm2-135m }"));
        Path cache = folder.resolve("cache");
        Path file = ModelStore.open(cache, ModelCatalogue.builtIn(), Map.of())
                .look("smollm2-135m")
                .path();
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[1_000]);

        CommandLineRun verified = offline(cache, "models", "verify", "smollm2-135m");
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out()).isEqualTo("smollm2-135m: damaged; `troupe models pull smollm2-135m` mends it\n");
        CommandLineRun asked = offline(cache, "run", folder.toString(), "How many?");
        assertThat(asked.exitCode()).isEqualTo(5);
        assertThat(asked.err())
                .contains("error: model smollm2-135m-instruct: no source gave it: ")
                .contains("\nhint: is there a network? what was fetched is kept: ");
        assertThat(file).hasSize(1_000);
    }

    /** No source of models can be reached. */
    private CommandLineRun offline(Path cache, String... arguments) {
        return CommandLineRun.in(folder)
                .with("TROUPE_CACHE", cache.toString())
                .with("TROUPE_PYTHON", "/bin/false")
                .with("HF_ENDPOINT", "http://127.0.0.1:9")
                .run(arguments);
    }

    private void assertRefused(int exitCode, String code, String message, String... arguments) {
        CommandLineRun told = run(arguments);
        assertThat(told.exitCode()).isEqualTo(exitCode);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).contains(message);

        String[] withJson = Arrays.copyOf(arguments, arguments.length + 1);
        withJson[arguments.length] = "--json";
        CommandLineRun machine = run(withJson);
        assertThat(machine.exitCode()).isEqualTo(exitCode);
        assertThat(machine.json().get("task").isNull()).isTrue();
        assertThat(machine.json().at("/error/code").asText()).isEqualTo(code);
        assertThat(machine.json().at("/error/message").asText()).contains(message);
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.in(folder).run(arguments);
    }
}
