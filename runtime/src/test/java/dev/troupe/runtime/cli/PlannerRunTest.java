package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.store.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planner from the command line: real experts over the example's own files, and an endpoint that says the same always. */
class PlannerRunTest {
    private static final Path DATA =
            Path.of("../examples/newsroom/data").toAbsolutePath().normalize();
    private static final String TEAM = """
            team: t
            models:
              small: { provider: openai, model: gpt-5-mini, url: "URL" }
            experts:
              reader:  { task: image-to-text, model: pp-ocrv4 }
              ears:    { task: voice-activity-detection, model: silero-vad }
              matcher: { task: sentence-similarity, model: all-minilm-l6-v2 }
            agents:
              desk:
                kind: planner
                model: small
                uses: [reader, ears, matcher]
                files: [receipts]
            """;
    private static final String LIKE = "{\"do\": \"tasks\", \"tasks\": ["
            + "{\"id\": \"t1\", \"task\": \"image-to-text\", \"image\": \"taxi.png\"},"
            + "{\"id\": \"t2\", \"task\": \"image-to-text\", \"image\": \"receipts\"},"
            + "{\"id\": \"t3\", \"task\": \"sentence-similarity\", \"text\": \"t1\", \"sentences\": [\"t2\"]}]}";

    @TempDir
    private Path folder;

    private TinyEndpoint endpoint;

    @BeforeEach
    void team() throws IOException {
        endpoint = new TinyEndpoint();
        Path receipts = Files.createDirectory(folder.resolve("receipts"));
        for (String name : List.of("cab.png", "hotel.png", "flowers.png")) {
            Files.copy(DATA.resolve("expenses").resolve(name), receipts.resolve(name));
        }
        Files.writeString(folder.resolve("team.yaml"), TEAM.replace("URL", endpoint.url()));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private CommandLineRun.Setting setting() {
        return CommandLineRun.in(folder)
                .with("TROUPE_CACHE", CacheFolder.of(System.getenv()).toString());
    }

    private CommandLineRun run(CommandLineRun.Setting setting, String question, Path file, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                folder.toString(),
                question,
                "--file",
                file.toString(),
                "--data",
                folder.resolve("journal").toString()));
        arguments.addAll(List.of(more));
        return setting.run(arguments.toArray(String[]::new));
    }

    private static String escaped(String json) {
        return json.replace("\"", "\\\"");
    }

    @Test
    void chainWithABranch_isDoneByRealExperts_andReturnedAsJson() {
        endpoint.says(escaped(LIKE));
        CommandLineRun run = run(
                setting(), "Which of the receipts is most like taxi.png?", DATA.resolve("incoming/taxi.png"), "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("answer").asText()).startsWith("cab.png (");
        JsonNode plan = run.json().get("plan");
        assertThat(plan.findValuesAsText("id")).containsExactly("t1", "t2", "t3");
        assertThat(plan.findValuesAsText("expert")).containsExactly("reader", "reader", "matcher");
        assertThat(plan.findValuesAsText("state")).containsOnly("done");
        assertThat(plan.at("/2/inputs/sentences/0").asText()).isEqualTo("t2");
        assertThat(plan.at("/1/wall_ms").asLong()).isPositive();
        // The plan is all that was asked for: the result is the answer.
        assertThat(endpoint.requests).hasSize(1);
        assertThat(endpoint.requests.getFirst())
                .contains("taxi.png: image", "receipts: a list of image (3 files)", "json_schema");
    }

    @Test
    void plan_isShownAsAGraphThatChanges_onAScreen() {
        endpoint.says(escaped(LIKE));
        CommandLineRun run = run(
                setting().onScreen(),
                "Which of the receipts is most like taxi.png?",
                DATA.resolve("incoming/taxi.png"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains(
                        "▸ plan",
                        "○ t1 image-to-text",
                        "◐ t1 image-to-text",
                        "● t1 image-to-text",
                        "└ ● t3",
                        "\u001b[3A");
        CommandLineRun piped =
                run(setting(), "Which receipt is most like taxi.png?", DATA.resolve("incoming/taxi.png"));
        assertThat(piped.err()).contains("● t3 sentence-similarity").doesNotContain("\u001b[");
        assertThat(piped.err()).contains("  select   t1 reader, t2 reader, t3 matcher\n");
    }

    @Test
    void badFiles_areTold_beforeAnythingIsAsked() throws IOException {
        Path picture = Files.writeString(folder.resolve("scan.png"), "no picture");
        CommandLineRun noPicture = run(setting(), "What does it say?", picture);
        assertThat(noPicture.exitCode()).isEqualTo(4);
        assertThat(noPicture.err()).contains("scan.png: no picture", "convert it to PNG");
        Path silent = Files.write(folder.resolve("empty.wav"), new byte[0]);
        assertThat(run(setting(), "What does it say?", silent).err()).contains("empty.wav: 0 bytes");
        assertThat(run(setting(), "What does it say?", folder.resolve("gone.png"))
                        .exitCode())
                .isEqualTo(4);
        Path unknown = Files.writeString(folder.resolve("paper.docx"), "x");
        assertThat(run(setting(), "What does it say?", unknown).err())
                .contains("paper.docx: a type that cannot be told");
        assertThat(endpoint.requests).isEmpty();
    }

    @Test
    void file_forAnAgentThatTakesNone_isAnError() throws IOException {
        Files.writeString(folder.resolve("team.yaml"), TinyEndpoint.CHAT_TEAM.replace("URL", endpoint.url()));
        CommandLineRun run = run(setting(), "What does it say?", DATA.resolve("incoming/taxi.png"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("a takes no files");
    }
}
