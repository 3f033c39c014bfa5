package dev.troupe.models.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OnnxTelemetryTest {
    @TempDir
    Path home;

    /** The library keeps what it wants to report, and who this machine is, under the home folder. */
    @Test
    @Timeout(60)
    void embedding_inAFreshProcess_leavesNothingToReport() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Embeds.class.getName(),
                        // Long enough to have overflowed the stack.
                        "x".repeat(20_000)))
                .redirectErrorStream(true);
        // Nothing else that would switch it off: it is silent in continuous integration too.
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("DJL_CACHE_DIR", home.resolve("djl").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).contains("384");
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.map(Path::toString)).noneMatch(path -> path.contains("Microsoft"));
        }
    }

    /** What the fresh process runs. */
    static final class Embeds {
        private Embeds() {}

        public static void main(String[] arguments) {
            try (MiniLmEmbedder embedder = MiniLmEmbedder.open()) {
                System.out.println(embedder.embed("Which region?").length);
            }
        }
    }
}
