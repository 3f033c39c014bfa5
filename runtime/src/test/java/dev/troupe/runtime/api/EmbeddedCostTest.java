package dev.troupe.runtime.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a team costs the program that embeds it, in a process of its own with Java's usual options. */
@Tag("long")
@Timeout(120)
class EmbeddedCostTest {
    private static final String TEAM = """
            team: embedded
            models:
              small: { provider: openai, model: small, url: "http://127.0.0.1:9/v1" }
            prices:
              openai/small: { input: 0 USD, output: 0 USD }
            tools:
              python: {}
            agents:
              adder:
                kind: assistant
                instructions: You add.
                tools: [python]
                ladder: [{ name: quick, model: small }]
            """;

    @TempDir
    private Path folder;

    @Test
    void team_loadedAgainAndAgain_isCheap() throws Exception {
        Files.writeString(folder.resolve("team.yaml"), TEAM);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.troupe.runtime.api.EmbeddedProbe",
                        folder.toString())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(output + Files.readString(folder.resolve("errors")))
                .isZero();
        List<Long> loads = figures(output, "load ");
        long heap = figures(output, "heap ").getFirst();
        System.out.printf(
                "embedded team: loads in %s ms (the first with all classes), heap when idle %.1f MiB%n",
                loads, heap / 1024.0);
        assertThat(loads).hasSize(5);
        assertThat(heap).as("KiB of heap when idle").isLessThan(60L * 1024);
        // Milliseconds depend on the machine and what else it does: this only sees to the order of magnitude.
        assertThat(loads.subList(1, 5)).anyMatch(load -> load < 1_000);
    }

    private static List<Long> figures(String output, String name) {
        List<Long> figures = new ArrayList<>();
        output.lines()
                .filter(line -> line.startsWith(name))
                .forEach(line -> figures.add(Long.valueOf(line.substring(name.length()))));
        return figures;
    }
}
