package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small one in memory, mounted by bubblewrap, which needs no rights. */
@Timeout(180)
class FullDiskTest {
    @TempDir
    Path folder;

    @Test
    void everyCommand_saysSo_losesNothing_andGoesOnOnceThereIsSpace() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        ProgramProcess program = ProgramProcess.start(
                List.of("bwrap", "--dev-bind", "/", "/", "--size", OnASmallDisk.BYTES, "--tmpfs", disk.toString()),
                OnASmallDisk.class,
                folder,
                Map.of(),
                disk.toString(),
                folder.resolve("cache").toString());
        Map<String, JsonNode> steps = new TreeMap<>();
        for (String line : program.out().split("\n", -1)) {
            if (!line.isBlank()) {
                JsonNode step = Json.MAPPER.readTree(line);
                steps.put(step.get("step").asText(), step);
            }
        }
        assertThat(program.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(program.process().exitValue()).as(program.said()).isZero();

        assertThat(exitCode(steps.get("before"))).isZero();
        String first = steps.get("before").at("/out/task").asText();
        assertFull(steps.get("filled while a model is asked"), "journal: .* the disk is full .*");
        assertFull(steps.get("full before it begins"), "(journal|data folder): .* the disk is full .*");
        assertFull(steps.get("full, packages"), "python packages: .* the disk is full .*");
        assertFull(steps.get("full, model"), "disk of .* free \\(expected: at least .*\\)");
        // What could not be acknowledged left no trace, what was acknowledged is there.
        assertThat(steps.get("freed, last receipt").at("/out/task").asText()).isEqualTo(first);
        JsonNode journal = steps.get("freed, doctor").at("/out/findings");
        assertThat(journal)
                .filteredOn(finding -> finding.get("name").asText().equals("journal"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.get("state").asText()).isEqualTo("ok"));
        assertThat(exitCode(steps.get("freed, run"))).isZero();
    }

    private static void assertFull(JsonNode step, String message) {
        assertThat(exitCode(step)).as(step.toString()).isEqualTo(12);
        assertThat(step.at("/out/error/code").asText()).isEqualTo("STORAGE");
        assertThat(step.at("/out/error/message").asText()).as(step.toString()).matches(message);
    }

    private static int exitCode(JsonNode step) {
        return step.get("exit").asInt();
    }
}
