package dev.troupe.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real launcher in a copy of the tree that has no sources to speak of, with a PATH of its own. Java, Maven and the
 * package manager are scripts that write down how they were called.
 */
abstract class LauncherFixture {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    static final List<String> USUAL = List.of(
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

    Path home;
    Path bin;
    Path jdks;
    Path libraries;

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

    void everything() throws IOException {
        maven();
        Files.createFile(
                Files.createDirectories(libraries.resolve("x86_64-linux-gnu")).resolve("libgomp.so.1"));
        user("python3", "exit 0");
        user("bwrap", "exit 0");
    }

    /** Builds as Maven would: a jar, and the class path with a jar from elsewhere. */
    void maven() throws IOException {
        Path library = Files.writeString(folder.resolve("a-library.jar"), "jar");
        user("mvn", """
                mkdir -p examples/target/quick
                echo jar >examples/target/quick/troupe-examples-1.0.jar
                printf '%%s' '%s' >examples/target/quick/class-path
                echo "[INFO] Building Troupe examples 1.0 [1/1]"
                sleep 0.3""".formatted(library));
    }

    Path jdk(String version) throws IOException {
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

    void packages(String... known) throws IOException {
        user("apt-get", "exit 1");
        user("apt-cache", """
                shift
                for known in %s; do [ "$1" != "$known" ] || echo "  Candidate: 1.2.3"; done""".formatted(String.join(" ", known)));
    }

    void user(String name, String body) throws IOException {
        script(bin.resolve(name), "printf '%s\\n' \"" + name + " $*\" >>'" + folder.resolve("calls") + "'\n" + body);
    }

    static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    List<String> calls(String name) throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls)
                ? Files.readAllLines(calls).stream()
                        .filter(line -> line.startsWith(name + " "))
                        .toList()
                : List.of();
    }

    void copy(String name) throws IOException {
        Files.copy(ROOT.resolve(name), home.resolve(name), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        // As after a clone some time ago: nothing is newer than a build that is made now.
        Files.setLastModifiedTime(
                home.resolve(name), FileTime.from(Instant.now().minusSeconds(60)));
    }

    static String which(String tool) {
        return List.of("/usr/bin/", "/bin/").stream()
                .map(place -> place + tool)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow();
    }

    record Ended(int exitCode, String output) {}

    Ended run(String... arguments) throws Exception {
        return ended(start(home.resolve("troupe"), home, arguments));
    }

    static Ended ended(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    Process start(Path launcher, Path where, String... arguments) throws IOException {
        return builder(launcher, where, arguments).start();
    }

    ProcessBuilder builder(Path launcher, Path where, String... arguments) {
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
