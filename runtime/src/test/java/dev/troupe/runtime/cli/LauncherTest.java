package dev.troupe.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the launcher does once everything is there. */
@Timeout(60)
class LauncherTest extends LauncherFixture {
    @Test
    void firstRun_buildsOnce_andHandsArgumentsOver() throws Exception {
        jdk("21.0.9");
        everything();
        Ended first = run("run", "a team", "Which  region?", "*", "");
        assertThat(first.exitCode()).as(first.output()).isEqualTo(7);
        assertThat(first.output()).contains("Building Troupe (the log is target/build.log)");
        assertThat(first.output())
                .contains("main: dev.troupe.runtime.cli.Main\n[run]\n[a team]\n[Which  region?]\n[*]\n[]\n");
        Ended second = run("version");
        assertThat(second.output()).doesNotContain("Building").contains("[version]");
        assertThat(calls("mvn")).hasSize(1).first().asString().contains("-Pquick", "package");
    }

    @Test
    void launcher_becomesJava_soThatSignalsReachIt() throws Exception {
        jdk("21.0.9");
        everything();
        assertThat(run("version").exitCode()).isEqualTo(7);
        Process process = start(home.resolve("troupe"), home, "version");
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(output).contains("pid: " + process.pid() + "\n");
    }

    @Test
    void link_fromAnotherFolder_findsItsHome() throws Exception {
        jdk("21.0.9");
        everything();
        Path link = Files.createSymbolicLink(folder.resolve("a link"), home.resolve("troupe"));
        Ended ended = ended(start(link, Path.of("/"), "version"));
        assertThat(ended.output()).contains("home: " + home.toRealPath() + "\n", "[version]");
    }

    @Test
    void sourceThatIsNewer_isBuilt_unlessToldNotTo() throws Exception {
        jdk("21.0.9");
        everything();
        run("version");
        Path source = Files.writeString(home.resolve("runtime/src/main/New.java"), "class New {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        ProcessBuilder kept = builder(home.resolve("troupe"), home, "version");
        kept.environment().put("TROUPE_BUILD", "skip");
        assertThat(ended(kept.start()).output()).contains("[version]");
        assertThat(calls("mvn")).hasSize(1);
        run("version");
        assertThat(calls("mvn")).hasSize(2);
    }

    @Test
    void twoFirstRunsAtOnce_buildOnce() throws Exception {
        jdk("21.0.9");
        everything();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(start(home.resolve("troupe"), home, "run " + i));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(ended(processes.get(i)).output()).contains("[run " + i + "]");
        }
        assertThat(calls("mvn")).hasSize(1);
    }

    @Test
    void brokenBuild_showsTheEndOfTheLog_andIsTriedAgain() throws Exception {
        jdk("21.0.9");
        everything();
        user("mvn", "echo '[ERROR] Foo.java:[3,1] cannot find symbol'\nexit 1");
        Ended ended = run("version");
        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.output())
                .contains("cannot find symbol", "error: Troupe could not be built", "hint: see target/build.log");
        maven();
        assertThat(run("version").output()).contains("[version]");
    }

    @Test
    void ctrlC_whileItBuilds_endsSoon_andLeavesNothingHalfBuilt() throws Exception {
        jdk("21.0.9");
        everything();
        user("mvn", "exec sleep 60");
        // A terminal sends the signal to all of the session's foreground, not to the launcher alone.
        ProcessBuilder builder = builder(home.resolve("troupe"), home, "version");
        builder.command().addAll(0, ProgramProcess.HEARS_SIGNALS);
        builder.command().addFirst("/usr/bin/setsid");
        builder.environment().put("PATH", bin + ":/usr/bin:/bin");
        Process process = builder.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (process.descendants()
                .noneMatch(child -> child.info().commandLine().orElse("").contains("sleep 60"))) {
            assertThat(System.nanoTime()).as("waited too long for Maven").isLessThan(end);
            Thread.onSpinWait();
        }
        List<ProcessHandle> below = process.descendants().toList();
        long start = System.nanoTime();
        assertThat(new ProcessBuilder("/bin/kill", "-INT", "--", "-" + process.pid())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(process.exitValue()).isEqualTo(130);
        for (ProcessHandle child : below) {
            assertThat(child.onExit().get(2, TimeUnit.SECONDS).isAlive()).isFalse();
        }
        try (var left = Files.list(home.resolve("target/dist"))) {
            assertThat(left).isEmpty();
        }
        maven();
        assertThat(run("version").output()).contains("[version]");
    }
}
