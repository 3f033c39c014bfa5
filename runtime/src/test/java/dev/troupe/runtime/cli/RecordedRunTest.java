package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.store.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole path on a recording: a run is recorded, its model goes away, and the run comes out the same. */
class RecordedRunTest {
    private static final String KEY = "sk-this-must-not-be-anywhere";

    @TempDir
    private Path folder;

    private final TinyEndpoint endpoint;

    RecordedRunTest() throws IOException {
        endpoint = new TinyEndpoint();
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private void team(String live, String mode) throws IOException {
        Files.writeString(folder.resolve("team.yaml"), """
                team: t
                models:
                  live: LIVE
                  small: { provider: recorded, of: live, file: small.jsonl, mode: MODE }
                tools:
                  python: {}
                agents:
                  a:
                    kind: assistant
                    instructions: You answer with Python programs.
                    tools: [python]
                    ladder: [{ name: quick, model: small, turns: 2 }]
                """.replace("LIVE", live).replace("MODE", mode));
    }

    private String remote() {
        return "{ provider: openai, model: gpt-5-mini, url: \"" + endpoint.url() + "\", key: \"${KEY:-}\" }";
    }

    private CommandLineRun run(String data, String question, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "run",
                folder.toString(),
                question,
                "--data",
                folder.resolve(data).toString()));
        arguments.addAll(List.of(more));
        return setting().run(arguments.toArray(String[]::new));
    }

    private CommandLineRun.Setting setting() {
        return CommandLineRun.in(folder)
                .with("TROUPE_CACHE", CacheFolder.of(System.getenv()).toString());
    }

    @Test
    void run_recordedAndReplayed_isTheSameWithoutModelAndKey() throws IOException {
        team(remote(), "record");
        endpoint.says("```python\\nprint('ANSWER:', 6 * 7)\\n```");
        CommandLineRun recorded = setting()
                .with("KEY", KEY)
                .run(
                        "run",
                        folder.toString(),
                        "How much is it?",
                        "--json",
                        "--data",
                        folder.resolve("1").toString());
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
        assertThat(recorded.json().at("/receipt/recorded_calls").asInt()).isZero();
        assertThat(folder.resolve("small.jsonl")).content().hasLineCount(2).doesNotContain(KEY);

        endpoint.close();
        team(remote(), "replay");
        CommandLineRun replayed = run("2", "How much is it?", "--json");
        assertThat(replayed.exitCode()).as(replayed.err()).isZero();
        JsonNode receipt = replayed.json().get("receipt");
        assertThat(receipt.get("recorded_calls").asInt()).isEqualTo(1);
        assertThat(receipt.at("/steps/0/outcome").asText()).isEqualTo("solved it on turn 1, recorded");
        assertThat(lasting(replayed.json())).isEqualTo(lasting(recorded.json()));
        assertThat(receipt.get("cost_usd").asText())
                .isEqualTo(recorded.json().at("/receipt/cost_usd").asText())
                .isNotEqualTo("0.000000000000");
    }

    @Test
    void receipt_ofARecordedRun_saysSo_alsoOutOfTheJournal() throws IOException {
        team(remote(), "auto");
        CommandLineRun live = setting()
                .with("KEY", KEY)
                .run(
                        "run",
                        folder.toString(),
                        "How much is it?",
                        "--data",
                        folder.resolve("1").toString());
        assertThat(live.err()).contains("1 model call ·").doesNotContain("recorded)");
        team(remote(), "replay");
        CommandLineRun replayed = run("1", "How much is it?");
        assertThat(replayed.err()).contains("1 model call (recorded) ·", "solved it on turn 1, recorded");
        CommandLineRun last =
                setting().run("receipts", "last", "--data", folder.resolve("1").toString());
        assertThat(last.out()).contains("1 model call (recorded) ·");
    }

    @Test
    void run_ofWhatIsNotRecorded_failsAndSaysWhereTheNearestDiffers() throws IOException {
        team(remote(), "record");
        setting()
                .with("KEY", KEY)
                .run(
                        "run",
                        folder.toString(),
                        "How much is it?",
                        "--data",
                        folder.resolve("1").toString());
        team(remote(), "replay");
        CommandLineRun other = run("2", "How many are there?", "--json");
        assertThat(other.exitCode()).isEqualTo(4);
        assertThat(other.json().at("/error/code").asText()).isEqualTo("NOT_FOUND");
        assertThat(other.json().at("/error/message").asText())
                .contains(
                        "small.jsonl: no answer to this request of openai/gpt-5-mini (expected: one of the 1 recorded)")
                .contains("the nearest, on line 2, differs: messages[1].parts[0].text from character ");
    }

    @Test
    void run_onATornRecording_namesItsLine() throws IOException {
        Files.writeString(folder.resolve("small.jsonl"), "{\"troupe_recording\":1}\n{\"key\":");
        team(remote(), "replay");
        CommandLineRun run = run("1", "How much is it?");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("error: recording: " + folder.resolve("small.jsonl") + ":2: the line ends in the middle");
    }

    /** The smallest real model: whatever it says, right or wrong, its whole run comes out the same. */
    @Test
    void run_ofALocalModel_recordedAndReplayed_isTheSame() throws IOException {
        String local =
                "{ provider: local, model: smollm2-135m, temperature: 0, seed: 7, max_tokens: 60, context: 2048 }";
        team(local, "record");
        CommandLineRun recorded = run("1", "Print the word blue.", "--json");
        team(local, "replay");
        CommandLineRun replayed = run("2", "Print the word blue.", "--json");
        JsonNode receipt = replayed.json().get("receipt");
        assertThat(receipt.get("recorded_calls").asInt())
                .isPositive()
                .isEqualTo(receipt.get("model_calls").asInt());
        assertThat(lasting(replayed.json())).isEqualTo(lasting(recorded.json()));
        assertThat(replayed.exitCode()).isEqualTo(recorded.exitCode());
    }

    /** A task without what differs from run to run: its name, times, and whether it was recorded. */
    private static JsonNode lasting(JsonNode task) {
        ObjectNode copy = task.deepCopy();
        copy.remove("task");
        ObjectNode receipt = (ObjectNode) copy.get("receipt");
        receipt.remove(List.of("wall_ms", "recorded_calls"));
        receipt.get("steps").forEach(step -> {
            ((ObjectNode) step).remove("wall_ms");
            ((ObjectNode) step).put("outcome", step.get("outcome").asText().replace(", recorded", ""));
        });
        return copy;
    }
}
