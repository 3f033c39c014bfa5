package dev.troupe.tools.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.CallContext;
import dev.troupe.tools.sandbox.SandboxConfig.Mechanism;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What is left of a run when the process that started it ends. */
class HostKilledTest {
    private static final Duration WELL_UNDER = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"KILL, AUTOMATIC", "KILL, WATCHER", "INT, AUTOMATIC", "TERM, WATCHER"})
    void host_killed_leavesNoProcessOfTheRun(String signal, Mechanism mechanism) throws Exception {
        Path work = folder.resolve("work");
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        SandboxHost.class.getName(),
                        work.toString(),
                        mechanism.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = host.inputReader()) {
            assertThat(out.readLine()).isEqualTo("running");
            // bubblewrap's monitor and its first process inside, without which no other in there can be.
            List<ProcessHandle> ofTheRun = ProcessHandle.allProcesses()
                    .filter(process -> process.pid() != host.pid())
                    .filter(process -> commandLine(process).contains(work.toString()))
                    .toList();
            assertThat(ofTheRun).hasSize(2);
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + host.pid())
                    .start()
                    .waitFor();

            assertThat(host.waitFor(WELL_UNDER.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            long until = System.nanoTime() + WELL_UNDER.toNanos();
            while (!allGone(ofTheRun) && System.nanoTime() < until) {
                LockSupport.parkNanos(5_000_000);
            }
            assertThat(allGone(ofTheRun)).isTrue();
        } finally {
            host.destroyForcibly();
        }
    }

    /** Where the few classes that it needs were loaded from, however the tests were started. */
    private static String classPath() {
        return Stream.of(SandboxHost.class, Sandbox.class, CallContext.class, LoggerFactory.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean allGone(List<ProcessHandle> processes) {
        return processes.stream().allMatch(process -> ProcessTree.isGone(process.pid()));
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return new String(
                    Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
