package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real program in a process of its own, and real signals. */
@Timeout(60)
class InterruptsTest {
    @TempDir
    Path folder;

    @Test
    void ctrlC_duringADownload_endsSoon_andLeavesNoChildBehind() throws Exception {
        Process process = pullThatHangs();
        ProcessHandle pip = childOf(process);
        long start = System.nanoTime();
        kill("INT", process);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(pip.onExit().get(2, TimeUnit.SECONDS).isAlive()).isFalse();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Json.MAPPER.readTree(out).at("/error/code").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void termination_endsLikewise_withItsOwnCode() throws Exception {
        Process process = pullThatHangs();
        ProcessHandle pip = childOf(process);
        kill("TERM", process);
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        // 128 plus 15.
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(pip.onExit().get(2, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    /** Python that says nothing stands in for a line that says nothing. */
    private Process pullThatHangs() throws IOException {
        Path python = folder.resolve("python");
        Files.writeString(python, "#!/bin/sh\nexec sleep 60\n");
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "models",
                "pull",
                "smollm2-135m",
                "--json"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TROUPE_CACHE", folder.resolve("cache").toString());
        builder.environment().put("TROUPE_PYTHON", python.toString());
        return builder.redirectError(folder.resolve("err").toFile()).start();
    }

    private ProcessHandle childOf(Process process) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() - end < 0 && process.isAlive()) {
            var child = process.descendants().findFirst();
            if (child.isPresent()) {
                return child.get();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no child: " + Files.readString(folder.resolve("err")));
    }

    private static void kill(String signal, Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }
}
