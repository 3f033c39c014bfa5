package dev.troupe.tools.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.code.CodeResult.End;
import dev.troupe.tools.sandbox.SandboxConfig.Mechanism;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {
    private static final Limits SHORT = Limits.standard()
            .withWall(Duration.ofSeconds(5))
            .withMemory(256 << 20)
            .withDisk(32 << 20)
            .withProcesses(16);

    @TempDir
    Path temporary;

    private Path team;
    private Path work;
    private CodeExecutor executor;

    @BeforeEach
    void open() throws Exception {
        team = Files.createDirectory(temporary.resolve("team"));
        work = temporary.resolve("work");
        Files.createDirectories(team.resolve("data"));
        Files.writeString(team.resolve("data/sales.csv"), "region,revenue\nnorth,7\n");
        executor = Sandbox.open(
                SandboxConfig.standard(team).withFiles(List.of(Path.of("data"))).withLimits(SHORT));
    }

    @AfterEach
    void close() {
        executor.close();
    }

    private CodeResult python(String source) {
        return run("python", source);
    }

    private CodeResult run(String language, String source) {
        return executor.run(new CodeRequest(language, source, work), piece -> {}, context());
    }

    private static CallContext context() {
        return CallContext.standalone(Duration.ofSeconds(20));
    }

    @Test
    void python_aGrantedFile_isReadUnderItsRelativePath() {
        CodeResult result = python("print(open('data/sales.csv').read().split()[1])");

        assertThat(result.output()).isEqualTo("north,7\n");
        assertThat(result.succeeded()).isTrue();
        assertThat(result.artifacts()).isEmpty();
    }

    @Test
    void python_twoRuns_shareTheWorkFolder() throws Exception {
        CodeResult first = python("open('note.txt', 'w').write('seven')\nimport os\nos.makedirs('a/b')\n"
                + "open('a/b/c.bin', 'wb').write(b'x')");
        CodeResult second = python("print(open('note.txt').read())");

        assertThat(first.artifacts()).containsExactly(work.resolve("a/b/c.bin"), work.resolve("note.txt"));
        assertThat(second.output()).isEqualTo("seven\n");
        assertThat(second.artifacts()).isEmpty();
        assertThat(Files.readString(work.resolve("note.txt"))).isEqualTo("seven");
    }

    @Test
    void python_aFileChangedWithItsTimesSetBack_isAnArtifact() {
        python("open('note.txt', 'w').write('seven')");
        CodeResult result = python("import os\ns = os.stat('note.txt')\nopen('note.txt', 'w').write('eight')\n"
                + "os.utime('note.txt', ns=(s.st_atime_ns, s.st_mtime_ns))");

        assertThat(result.artifacts()).containsExactly(work.resolve("note.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"print('a'\n", "if True:\nprint(1)", "x = = 1", "\tx=1\n  y=2", "print('\\d')\n'abc"})
    void python_unparseable_isNotExecuted(String source) {
        CodeResult result = python("open('ran', 'w').close()\n" + source);

        assertThat(result.end()).as(result.output()).isEqualTo(End.UNPARSEABLE);
        assertThat(result.output()).contains("Error");
        assertThat(work.resolve("ran")).doesNotExist();
    }

    @Test
    void python_aSyntaxErrorInWhatItEvaluates_isAnOrdinaryError() {
        CodeResult result = python("print('before')\neval('1 +')");

        assertThat(result.end()).isEqualTo(End.EXITED);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).startsWith("before\n").contains("SyntaxError");
    }

    @Test
    void sh_unparseable_isNotExecuted() {
        for (String language : List.of("sh", "bash")) {
            CodeResult result = run(language, "touch ran\nif true; then\n");

            assertThat(result.end()).as(result.output()).isEqualTo(End.UNPARSEABLE);
            assertThat(work.resolve("ran")).doesNotExist();
        }
        assertThat(run("sh", "exit 2").end()).isEqualTo(End.EXITED);
        assertThat(run("sh", "eval 'if'; exit 2").end()).isEqualTo(End.EXITED);
    }

    @Test
    void sh_aPipeline_runs() {
        CodeResult result = run("sh", "sort -r data/sales.csv | head -n 1; exit 3");

        assertThat(result.output()).isEqualTo("region,revenue\n");
        assertThat(result.exitCode()).isEqualTo(3);
    }

    @Test
    void javascript_runsWhereNodeIs_asAScriptOrAModule() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/node")), "no node here");
        assertThat(run("javascript", "const fs = require('fs');\nconsole.log(fs.readdirSync('data').join());")
                        .output())
                .isEqualTo("sales.csv\n");
        assertThat(run("js", "import fs from 'fs';\nconst one = await Promise.resolve(1);\nconsole.log(one);")
                        .output())
                .isEqualTo("1\n");
        CodeResult broken = run("node", "console.log('before');\nfunction (");
        assertThat(broken.end()).isEqualTo(End.UNPARSEABLE);
        assertThat(broken.output()).contains("SyntaxError").doesNotContain("before\n");
        CodeResult crashed = run("javascript", "JSON.parse('{');");
        assertThat(crashed.end()).isEqualTo(End.EXITED);
        assertThat(crashed.exitCode()).isEqualTo(1);
        assertThat(crashed.output()).contains("SyntaxError");
        assertThat(run("javascript", "fetch('http://127.0.0.1:1').catch(e => console.log('no way out'))")
                        .output())
                .isEqualTo("no way out\n");
    }

    @Test
    void bash_itsOwnSyntax_isUnderstood() {
        assertThat(run("bash", "a=(1 2 3); echo ${#a[@]}").output()).isEqualTo("3\n");
    }

    @Test
    void run_anUnknownLanguage_isRefused() {
        assertThat(executor.supports("cobol")).isFalse();
        assertThat(executor.supports("Python")).isTrue();
        assertThatThrownBy(() -> run("cobol", "STOP RUN."))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID))
                .hasMessage("language: cobol (expected: python, sh, bash or javascript)");
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 11, 15})
    void run_aSignal_isExitCode128AndTheSignal(int signal) {
        CodeResult result = python("import os\nos.kill(os.getpid(), " + signal + ")");

        assertThat(result.exitCode()).isEqualTo(128 + signal);
        assertThat(result.end()).isEqualTo(End.EXITED);
    }

    @Test
    void run_bothOutputs_areMergedAsTheyCome() {
        CodeResult result = python("import sys\nfor i in range(3):\n  print(i)\n  print(-i, file=sys.stderr)");

        assertThat(result.output()).isEqualTo("0\n0\n1\n-1\n2\n-2\n");
    }

    @Test
    void run_noOutput_isEmpty() {
        assertThat(python("pass").output()).isEmpty();
    }

    @Test
    void run_binaryOutput_hasReplacementCharacters() {
        CodeResult result =
                python("import sys\nsys.stdout.buffer.write(b'a\\xff\\xfe\\x00\\xe2\\x82\\xacz\\xe2\\x82')");

        assertThat(result.output()).isEqualTo("a\uFFFD\uFFFD\0\u20ACz\uFFFD");
    }

    @Test
    void run_hugeOutput_keepsHeadAndTailAndPassesOnWhatItKeeps() {
        StringBuilder passed = new StringBuilder();
        CodeResult result = executor.run(
                new CodeRequest("python", "print('first')\nfor i in range(100000): print(i)\nprint('last')", work),
                passed::append,
                context());

        assertThat(result.end()).isEqualTo(End.EXITED);
        assertThat(result.output()).startsWith("first\n0\n1\n").endsWith("99999\nlast\n");
        // "first\n", "last\n" and 100,000 numbers of 488,890 digits with a newline each; what is kept is 64 KiB.
        long cut = 6 + 5 + 488_890 + 100_000 - 64 * 1024;
        assertThat(result.output()).contains("\n[... " + cut + " bytes cut ...]\n");
        assertThat(passed.toString()).isEqualTo(result.output());
    }

    @Test
    void run_output_isPassedOnWhileItRuns() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        Thread canceller = Thread.ofVirtual().start(() -> {
            try {
                if (seen.await(10, TimeUnit.SECONDS)) {
                    cancellation.cancel("seen");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        CallContext context = new CallContext("t", "local", Deadline.after(Duration.ofSeconds(20)), cancellation);
        CodeRequest request = new CodeRequest("python", "import time\nprint('now')\ntime.sleep(60)", work);

        assertThatThrownBy(() -> executor.run(
                        request,
                        piece -> {
                            if (piece.contains("now")) {
                                seen.countDown();
                            }
                        },
                        context))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        canceller.join();
        assertThat(python("print('next')").output()).isEqualTo("next\n");
    }

    @Test
    void run_theCallersDeadline_isATimeout() {
        CallContext context = CallContext.standalone(Duration.ofMillis(400));
        long start = System.nanoTime();

        assertThatThrownBy(() -> executor.run(
                        new CodeRequest("python", "import time\ntime.sleep(60)", work), piece -> {}, context))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1400));
    }

    @ParameterizedTest
    @EnumSource(Mechanism.class)
    void run_theProgramsTime_isAResult(Mechanism mechanism) {
        SandboxConfig config = SandboxConfig.standard(team)
                .withLimits(SHORT.withWall(Duration.ofMillis(300)))
                .withMechanism(available(mechanism));
        try (CodeExecutor brief = Sandbox.open(config)) {
            CodeResult result =
                    brief.run(new CodeRequest("python", "import time\ntime.sleep(60)", work), piece -> {}, context());

            assertThat(result.end()).isEqualTo(End.WALL_TIME);
            assertThat(result.exitCode()).isEqualTo(137);
            assertThat(result.wall()).isBetween(Duration.ofMillis(300), Duration.ofMillis(1300));
        }
    }

    @Test
    void run_aDeletedWorkFolder_isMadeAgain() throws Exception {
        python("open('note.txt', 'w').close()");
        CodeResult emptied = run("sh", "rm -rf /work/* /work/.[!.]* 2>/dev/null; ls /work");
        try (var files = Files.walk(work)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }

        assertThat(emptied.output()).isEqualTo("data\n");
        assertThat(python("print(len(open('data/sales.csv').read()))").output()).isEqualTo("23\n");
    }

    @Test
    void run_descriptors_areTheThreeUsualOnes() {
        CodeResult result = python(
                "import os, sys\nprint(sorted(os.listdir('/proc/self/fd'))[:-1])\n" + "print(repr(sys.stdin.read()))");

        // The one more is the folder that is being listed.
        assertThat(result.output()).isEqualTo("['0', '1', '2']\n''\n");
    }

    @Test
    void run_theEnvironment_isMadeUp() {
        Set<String> expected = new TreeSet<>(Bubblewrap.environment("", "").keySet());
        expected.addAll(List.of("_", "OLDPWD", "SHLVL"));

        assertThat(run("sh", "env | cut -d= -f1").output().lines()).isSubsetOf(expected);
        assertThat(run("sh", "id -un; hostname; cat /etc/hosts | wc -l").output())
                .isEqualTo("troupe\ntroupe\n2\n");
    }

    @Test
    void run_moreThanMayRunAtOnce_wait() throws Exception {
        try (CodeExecutor narrow = Sandbox.open(
                        SandboxConfig.standard(team).withConcurrency(1).withLimits(SHORT));
                ExecutorService both = Executors.newFixedThreadPool(2)) {
            String source = "import time\nprint(time.monotonic())\ntime.sleep(0.3)\nprint(time.monotonic())";
            List<Callable<CodeResult>> runs = List.of(
                    () -> narrow.run(new CodeRequest("python", source, work), piece -> {}, context()),
                    () -> narrow.run(
                            new CodeRequest("python", source, temporary.resolve("other")), piece -> {}, context()));
            List<double[]> times = both.invokeAll(runs).stream()
                    .map(done -> done.resultNow().output().lines())
                    .map(lines -> lines.mapToDouble(Double::parseDouble).toArray())
                    .sorted(Comparator.comparingDouble(time -> time[0]))
                    .toList();

            assertThat(times.get(1)[0]).isGreaterThan(times.get(0)[1]);
        }
    }

    @Test
    void close_whileAProgramRuns_endsIt() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
            var running = caller.submit(() -> executor.run(
                    new CodeRequest("python", "import time\nprint('now')\ntime.sleep(60)", work),
                    piece -> started.countDown(),
                    context()));
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            executor.close();

            assertThatThrownBy(running::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        }
        assertThatThrownBy(() -> python("pass")).isInstanceOf(TroupeException.class);
    }

    @Test
    void run_aFullDisk_isTheProgramsError() throws Exception {
        Files.createDirectories(work);
        assumeTrue(Bubblewrap.isRoot() && call("mount", "-t", "tmpfs", "-o", "size=1m", "none", work.toString()));
        try {
            CodeResult full = python("open('fill', 'wb').write(b'x' * 4_000_000)");
            CodeResult next = python("import os\nos.unlink('fill')\nopen('small', 'w').write('x')");

            assertThat(full.output()).contains("No space left on device");
            assertThat(full.exitCode()).isEqualTo(1);
            assertThat(full.end()).isEqualTo(End.EXITED);
            assertThat(next.artifacts()).containsExactly(work.resolve("small"));
        } finally {
            assertThat(call("umount", work.toString())).isTrue();
        }
    }

    private static boolean call(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private static Mechanism available(Mechanism mechanism) {
        assumeTrue(mechanism != Mechanism.CONTROL_GROUP || ControlGroups.find().isPresent(), "no control group here");
        return mechanism;
    }
}
