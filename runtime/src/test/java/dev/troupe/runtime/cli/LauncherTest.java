package dev.troupe.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real launcher in a copy of the tree that has no sources to speak of, with a PATH of its own. Java, Maven and the
 * package manager are scripts that write down how they were called.
 */
@Timeout(60)
class LauncherTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<String> USUAL = List.of(
            "sh",
            "dirname",
            "basename",
            "readlink",
            "find",
            "grep",
            "sed",
            "cut",
            "cat",
            "date",
            "sleep",
            "mkdir",
            "mv",
            "cp",
            "ln",
            "rm",
            "touch",
            "tail",
            "head",
            "flock",
            "uname",
            "stty",
            "ls");

    /** A space in the path breaks whatever is not quoted. */
    @TempDir
    Path folder;

    private Path home;
    private Path bin;
    private Path jdks;
    private Path libraries;

    @BeforeEach
    void lay() throws IOException {
        home = Files.createDirectories(folder.resolve("a home"));
        bin = Files.createDirectories(folder.resolve("bin"));
        jdks = Files.createDirectories(folder.resolve("some jdks"));
        libraries = Files.createDirectories(folder.resolve("some libraries"));
        Files.createDirectories(home.resolve("scripts"));
        copy("troupe");
        copy("scripts/prerequisites.sh");
        copy("scripts/build.sh");
        Files.writeString(
                home.resolve("pom.xml"), "<project>\n  <version>1.0</version>\n<module>runtime</module></project>");
        Files.createDirectories(home.resolve("runtime/src/main"));
        Files.writeString(home.resolve("runtime/pom.xml"), "<project/>");
        for (String tool : USUAL) {
            script(bin.resolve(tool), "exec " + which(tool) + " \"$@\"");
        }
        user("id", "echo 1000");
    }

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

    @Test
    void newestJdk_isFound_olderOnesAreNot() throws Exception {
        jdk("17.0.15");
        jdk("25.0.1");
        jdk("21.0.9");
        everything();
        assertThat(run("version").output()).contains("jdk: 25.0.1\n");
    }

    @Test
    void javaHome_comesFirst_unlessItIsTooOld() throws Exception {
        Path wanted = jdk("21.0.9");
        Path old = jdk("17.0.15");
        jdk("25.0.1");
        everything();
        ProcessBuilder builder = builder(home.resolve("troupe"), home, "version");
        builder.environment().put("JAVA_HOME", wanted.toString());
        assertThat(ended(builder.start()).output()).contains("jdk: 21.0.9\n");
        builder.environment().put("JAVA_HOME", old.toString());
        assertThat(ended(builder.start()).output()).contains("jdk: 25.0.1\n");
    }

    @Test
    void noJdk_notRoot_getsTheOneCommand() throws Exception {
        jdk("17.0.15");
        maven();
        packages("openjdk-21-jdk-headless");
        Ended ended = run("version");
        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.output())
                .contains("error: no JDK of 21 or newer was found")
                .contains("hint: run: sudo apt-get install -y --no-install-recommends openjdk-21-jdk-headless\n");
        assertThat(calls("apt-get")).isEmpty();
    }

    @Test
    void noJdk_notInTheDistribution_getsTheArchive() throws Exception {
        maven();
        packages("maven");
        Ended ended = run("version");
        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.output()).contains("hint: run: mkdir -p ~/.local/share/jdk/21 && curl -fsSL https://");
    }

    @Test
    void noMaven_onFedora_getsItsCommand() throws Exception {
        jdk("21.0.9");
        user("dnf", "exit 1");
        Ended ended = run("version");
        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.output()).contains("error: Maven was not found\nhint: run: sudo dnf install -y maven\n");
    }

    @Test
    void noMaven_noPackageManager_stillEndsPlainly() throws Exception {
        jdk("21.0.9");
        Ended ended = run("version");
        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.output()).contains("error: Maven was not found\nhint: install Maven\n");
    }

    @Test
    void root_onDebian_installsWhatIsMissing() throws Exception {
        jdk("21.0.9");
        maven();
        Files.move(bin.resolve("mvn"), folder.resolve("packaged-mvn"));
        packages("maven", "bubblewrap", "python3", "python3-pip", "libgomp1");
        user("id", "echo 0");
        user("apt-get", "mv '" + folder.resolve("packaged-mvn") + "' '" + bin.resolve("mvn") + "' 2>/dev/null; exit 0");
        Ended ended = run("version");
        assertThat(ended.output()).contains("Installing maven python3 python3-pip bubblewrap libgomp1", "[version]");
        assertThat(calls("apt-get"))
                .anySatisfy(call -> assertThat(call)
                        .contains("install -y --no-install-recommends maven python3 python3-pip bubblewrap libgomp1"));
    }

    @Test
    void noPythonAndNoSandbox_areWarnedOf_andTheRestWorks() throws Exception {
        jdk("21.0.9");
        maven();
        packages("python3", "python3-pip", "bubblewrap");
        Ended ended = run("version");
        assertThat(ended.output())
                .contains("warning: Python 3 with pip was not found", "--no-install-recommends python3 python3-pip\n")
                .contains("warning: bubblewrap was not found", "[version]");
    }

    @Test
    void noOpenMp_notRoot_isWarnedOf_withTheOneCommand() throws Exception {
        jdk("21.0.9");
        everything();
        packages("libgomp1");
        Files.delete(libraries.resolve("x86_64-linux-gnu/libgomp.so.1"));
        assertThat(run("version").output())
                .contains("warning: libgomp.so.1 was not found; no local model can be run;"
                        + " run: sudo apt-get install -y --no-install-recommends libgomp1\n")
                .contains("[version]");
    }

    private void everything() throws IOException {
        maven();
        Files.createFile(
                Files.createDirectories(libraries.resolve("x86_64-linux-gnu")).resolve("libgomp.so.1"));
        user("python3", "exit 0");
        user("bwrap", "exit 0");
    }

    /** Builds as Maven would: a jar, and the class path with a jar from elsewhere. */
    private void maven() throws IOException {
        Path library = Files.writeString(folder.resolve("a-library.jar"), "jar");
        user("mvn", """
                mkdir -p runtime/target/quick
                echo jar >runtime/target/quick/troupe-runtime-1.0.jar
                printf '%%s' '%s' >runtime/target/quick/class-path
                echo "[INFO] Building Troupe runtime 1.0 [1/1]"
                sleep 0.3""".formatted(library));
    }

    private Path jdk(String version) throws IOException {
        Path jdk = Files.createDirectories(jdks.resolve("jdk-" + version));
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(
                jdk.resolve("release"),
                "IMPLEMENTOR=\"Some One\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        script(jdk.resolve("bin/javac"), "exit 0");
        script(jdk.resolve("bin/java"), """
                echo "pid: $$"
                echo "jdk: %s"
                while [ $# -gt 0 ]; do
                    case $1 in
                        -Dtroupe.home=*) echo "home: ${1#-Dtroupe.home=}" ;;
                        -cp) echo "class path: $2"; shift ;;
                        -*) ;;
                        *) break ;;
                    esac
                    shift
                done
                echo "main: $1"
                shift
                for argument in "$@"; do echo "[$argument]"; done
                exit 7""".formatted(version));
        return jdk;
    }

    private void packages(String... known) throws IOException {
        user("apt-get", "exit 1");
        user("apt-cache", """
                shift
                for known in %s; do [ "$1" != "$known" ] || echo "  Candidate: 1.2.3"; done""".formatted(String.join(" ", known)));
    }

    private void user(String name, String body) throws IOException {
        script(bin.resolve(name), "printf '%s\\n' \"" + name + " $*\" >>'" + folder.resolve("calls") + "'\n" + body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> calls(String name) throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls)
                ? Files.readAllLines(calls).stream()
                        .filter(line -> line.startsWith(name + " "))
                        .toList()
                : List.of();
    }

    private void copy(String name) throws IOException {
        Files.copy(ROOT.resolve(name), home.resolve(name), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        // As after a clone some time ago: nothing is newer than a build that is made now.
        Files.setLastModifiedTime(
                home.resolve(name), FileTime.from(Instant.now().minusSeconds(60)));
    }

    private static String which(String tool) {
        return List.of("/usr/bin/", "/bin/").stream()
                .map(place -> place + tool)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow();
    }

    private record Ended(int exitCode, String output) {}

    private Ended run(String... arguments) throws Exception {
        return ended(start(home.resolve("troupe"), home, arguments));
    }

    private static Ended ended(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    private Process start(Path launcher, Path where, String... arguments) throws IOException {
        return builder(launcher, where, arguments).start();
    }

    private ProcessBuilder builder(Path launcher, Path where, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TROUPE_JDK_PLACES", jdks.toString());
        builder.environment().put("TROUPE_LIBRARY_PLACES", libraries.toString());
        return builder;
    }
}
