package dev.troupe.tools.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.CallContext;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.code.CodeResult.End;
import dev.troupe.tools.sandbox.SandboxConfig.Kind;
import dev.troupe.tools.sandbox.SandboxConfig.Mechanism;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a sandbox programs can do anything, but they still start clean, meet their limits and leave nothing behind. */
class UnconfinedTest {
    @TempDir
    Path folder;

    private Path work;

    @BeforeEach
    void files() throws Exception {
        work = folder.resolve("work");
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/sales.csv"), "7\n");
    }

    private CodeResult run(Mechanism mechanism, Limits limits, String language, String source) {
        SandboxConfig config = SandboxConfig.standard(folder)
                .withKind(Kind.NONE)
                .withFiles(List.of(Path.of("data")))
                .withLimits(limits)
                .withMechanism(mechanism);
        try (CodeExecutor executor = Sandbox.open(config)) {
            return executor.run(
                    new CodeRequest(language, source, work),
                    piece -> {},
                    CallContext.standalone(Duration.ofSeconds(30)));
        }
    }

    @Test
    void run_aProgram_seesItsFilesAndACleanEnvironment() {
        CodeResult result = run(
                Mechanism.AUTOMATIC,
                Limits.standard(),
                "python",
                "import os\nprint(open('data/sales.csv').read(), os.environ['HOME'], os.getcwd())\nopen('x', 'w')");

        assertThat(result.output()).isEqualTo("7\n /tmp " + work + "\n");
        assertThat(result.exitCode()).isZero();
        assertThat(result.artifacts()).containsExactly(work.resolve("x"));
    }

    @Test
    void run_unparseable_isNotExecuted() {
        assertThat(run(Mechanism.AUTOMATIC, Limits.standard(), "python", "open('ran', 'w')\nx = = 1")
                        .end())
                .isEqualTo(End.UNPARSEABLE);
        assertThat(run(Mechanism.AUTOMATIC, Limits.standard(), "sh", "touch ran\nif")
                        .end())
                .isEqualTo(End.UNPARSEABLE);
        assertThat(work.resolve("ran")).doesNotExist();
    }

    @Test
    void run_beyondALimit_isEndedByIt() {
        Limits small = Limits.standard()
                .withWall(Duration.ofMillis(1500))
                .withMemory(64 << 20)
                .withProcesses(16);

        assertThat(run(Mechanism.WATCHER, small, "python", "import time\ntime.sleep(9)")
                        .end())
                .isEqualTo(End.WALL_TIME);
        assertThat(run(Mechanism.WATCHER, small, "python", "import time\nx = b'x' * 100_000_000\ntime.sleep(1)")
                        .end())
                .isEqualTo(End.MEMORY);
        assertThat(run(Mechanism.WATCHER, small, "sh", "for i in $(seq 40); do sleep 1 & done; wait")
                        .end())
                .isEqualTo(End.PROCESSES);
    }

    @Test
    void run_whatItLeavesBehind_isEnded() {
        String source = "import os, time\nif os.fork() == 0:\n  if os.fork() == 0:\n    time.sleep(0.5)\n"
                + "    open('late', 'w').close()\n  os._exit(0)\nos.wait()";
        for (Mechanism mechanism : List.of(Mechanism.WATCHER, Mechanism.AUTOMATIC)) {
            CodeResult result = run(mechanism, Limits.standard(), "python", source);
            long until = System.nanoTime() + 800_000_000L;
            while (!Files.exists(work.resolve("late")) && System.nanoTime() < until) {
                LockSupport.parkNanos(10_000_000);
            }

            assertThat(result.exitCode()).isZero();
            assertThat(work.resolve("late")).doesNotExist();
        }
    }
}
