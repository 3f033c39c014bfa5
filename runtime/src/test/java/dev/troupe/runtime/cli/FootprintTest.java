package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a command leaves behind in a home that was empty: its libraries have ideas of their own. */
@Timeout(60)
class FootprintTest {
    @TempDir
    Path home;

    @Test
    void commandThatLoadsEveryLibrary_leavesTheDocumentedFoldersAlone() throws Exception {
        ProgramProcess program = ProgramProcess.start(
                home,
                // Some libraries ask the environment where home is, some the virtual machine.
                Map.of("JAVA_TOOL_OPTIONS", "-Duser.home=" + home),
                "demos",
                "list");
        assertThat(program.out()).contains("none yet");
        assertThat(program.process().waitFor(20, TimeUnit.SECONDS)).isTrue();

        try (Stream<Path> left = Files.list(home)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            ".cache", ".local", program.err().getFileName().toString());
        }
        try (Stream<Path> left = Files.list(home.resolve(".cache"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("troupe");
        }
        assertThat(home.resolve(".cache/troupe/native/tokenizers")).isDirectory();
    }
}
