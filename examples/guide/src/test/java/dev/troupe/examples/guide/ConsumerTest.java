package dev.troupe.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Maven project outside of this build depends on what this build installs. */
@Tag("long")
@Timeout(900)
class ConsumerTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final List<String> ARTIFACTS = List.of(
            "troupe-models",
            "troupe-tools",
            "troupe-knowledge",
            "troupe-planner",
            "troupe-agents",
            "troupe-runtime",
            "troupe-testkit",
            "troupe-models-langchain4j",
            "troupe-runtime-langchain4j");

    @TempDir
    private Path folder;

    @Test
    void project_withTheBom_compilesAndRuns_andFindsSourcesAndJavadoc() throws Exception {
        Path repository = repository();
        maven(
                ROOT,
                repository,
                "-Prelease,quick",
                "-Dmaven.test.skip",
                "-Denforcer.skip",
                "-Dbuild.folder=target/consumer",
                "-pl",
                "runtime/bom,runtime/langchain4j,models/langchain4j,runtime/testkit",
                "-am",
                "install");
        Path installed = repository.resolve("dev/troupe");
        assertThat(installed.resolve("troupe-bom/" + VERSION + "/troupe-bom-" + VERSION + ".pom"))
                .content()
                .contains(ARTIFACTS);
        for (String artifact : ARTIFACTS) {
            Path jar = installed.resolve(artifact + "/" + VERSION + "/" + artifact + "-" + VERSION + ".jar");
            try (JarFile opened = new JarFile(jar.toFile())) {
                assertThat(opened.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                        .as(artifact)
                        .startsWith("dev.troupe.");
            }
            assertThat(names(with(jar, "-sources"))).as(artifact).anyMatch(name -> name.endsWith("package-info.java"));
            assertThat(names(with(jar, "-javadoc"))).as(artifact).contains("index.html");
        }
        Path consumer = folder.resolve("consumer");
        copy(Path.of("src/test/consumer"), consumer);
        maven(consumer, repository, "test");
        assertThat(consumer.resolve("target/surefire-reports/consumer.ConsumerTest.txt"))
                .content()
                .contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
    }

    private static Path with(Path jar, String classifier) {
        return Path.of(jar.toString().replace(".jar", classifier + ".jar"));
    }

    private static List<String> names(Path jar) throws IOException {
        try (JarFile opened = new JarFile(jar.toFile())) {
            return opened.stream().map(entry -> entry.getName()).toList();
        }
    }

    /** One of its own for what is Troupe's; what others published is the user's, by links. */
    private Path repository() throws IOException {
        Path users = Path.of(System.getProperty(
                "localRepository",
                Path.of(System.getProperty("user.home"), ".m2/repository").toString()));
        Path own = Files.createDirectories(folder.resolve("repository"));
        link(users, own, "dev");
        link(users.resolve("dev"), Files.createDirectories(own.resolve("dev")), "troupe");
        return own;
    }

    private static void link(Path from, Path to, String butNot) throws IOException {
        try (Stream<Path> names = Files.list(from)) {
            for (Path name : names.toList()) {
                if (!name.getFileName().toString().equals(butNot)) {
                    Files.createSymbolicLink(to.resolve(name.getFileName()), name);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private void maven(Path where, Path repository, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-q", "-Dmaven.repo.local=" + repository));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("maven.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // What the build around this one was told is not for this one.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        Process process = builder.redirectOutput(log.toFile()).start();
        boolean ended = process.waitFor(800, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended ? process.exitValue() : -1)
                .as(command + "\n" + Files.readString(log))
                .isZero();
    }
}
