package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchPlansTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("tool_desc.json"), """
                {"nodes": [{"id": "alarm_set", "desc": "Sets an alarm"}, {"id": "alarm_cancel", "desc": "Cancels an alarm"},
                           {"id": "train_book", "desc": "Books a train"}]}
                """);
        Files.writeString(folder.resolve("graph_desc.json"), """
                {"links": [{"source": "alarm_cancel", "target": "alarm_set"},
                           {"source": "train_book", "target": "alarm_set"}]}
                """);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            lines.append(
                    i % 2 == 0
                            ? line("Cancel my alarm of " + i + " and set one for 7", "alarm_cancel", "alarm_set")
                            : line("Book the train at " + i + " and wake me in time", "train_book", "alarm_set"));
        }
        Files.writeString(folder.resolve("solved.jsonl"), lines);
        Files.writeString(
                folder.resolve("asked.jsonl"),
                line("Please book a train and wake me before it leaves", "train_book", "alarm_set"));
    }

    @Test
    void benchPlans_trainAndTest_measured() throws IOException {
        JsonNode report = run("--test", path("asked.jsonl"));
        assertThat(report.path("learned").asInt()).isEqualTo(12);
        assertThat(report.path("tested").asInt()).isEqualTo(1);
        assertThat(report.path("node_f1").path("mean").asDouble()).isEqualTo(1);
        assertThat(report.path("link_f1").path("mean").asDouble()).isEqualTo(1);
        assertThat(report.path("recall_at10").path("low").asDouble()).isEqualTo(1);
    }

    @Test
    void benchPlans_folds_eachRequestTestedOnce() throws IOException {
        JsonNode report = run("--folds", "3");
        assertThat(report.path("tested").asInt()).isEqualTo(12);
        assertThat(report.path("learned").asInt()).isEqualTo(8);
        assertThat(report.path("accuracy").path("mean").asDouble()).isEqualTo(1);
    }

    @Test
    void benchPlans_lineWithoutPlan_named() throws IOException {
        Files.writeString(folder.resolve("asked.jsonl"), "\n{\"user_request\": \"Wake me\", \"task_nodes\": []}\n");
        assertThatThrownBy(() -> run("--test", path("asked.jsonl")))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID))
                .hasMessageEndingWith("asked.jsonl:2: task_nodes: none (expected: at least one)");
    }

    @Test
    void benchPlans_moreFoldsThanRequests_refused() {
        assertThatThrownBy(() -> run("--folds", "13")).hasMessage("--folds: 13 (expected: 2 to 12)");
    }

    private JsonNode run(String... arguments) throws IOException {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                InputStream.nullInputStream(),
                Map.of("HOME", folder.toString()),
                false,
                false,
                100);
        Invocation invocation = new Invocation(terminal, new Cancellation());
        invocation.demandJson();
        BenchCommand command = new BenchCommand(invocation);
        List<String> all = new ArrayList<>(List.of("--plans", "--words", "--train", path("solved.jsonl")));
        all.addAll(List.of(arguments));
        new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(all.toArray(String[]::new));
        command.call();
        return Json.MAPPER.readTree(out.toString(StandardCharsets.UTF_8));
    }

    private String path(String file) {
        return folder.resolve(file).toString();
    }

    private static String line(String request, String first, String second) {
        return """
                {"user_request": "%s", "task_nodes": [{"task": "%s"}, {"task": "%s"}], \
                "task_links": [{"source": "%s", "target": "%s"}]}
                """.formatted(request, first, second, first, second);
    }
}
