package dev.troupe.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFoldersTest {
    @TempDir
    Path root;

    @Test
    void folder_ofAnyName_staysBelowTheRoot_andIsNobodyElses() {
        WorkFolders folders = WorkFolders.under(root);
        List<String> names = List.of("a", "..", ".", "", "../../etc", "a/b", "a_b", "a\\b", "x".repeat(300), "ä", "ö");
        Set<Path> paths = new HashSet<>();
        names.forEach(name -> paths.add(folders.open("local", name)));
        assertThat(paths).hasSize(names.size()).allSatisfy(path -> {
            assertThat(path.normalize()).isEqualTo(path);
            assertThat(path.getParent()).isEqualTo(root.resolve("local"));
        });
        assertThat(folders.open("..", "a")).startsWith(root);
    }

    @Test
    void close_keepsArtifacts_andRemovesWhatIsEmpty() throws IOException {
        WorkFolders folders = WorkFolders.under(root);
        Path full = folders.open("local", "full");
        Files.writeString(full.resolve("chart.png"), "x");
        Path empty = folders.open("local", "empty");
        folders.close("local", "full");
        folders.close("local", "empty");
        folders.close("local", "never-opened");
        assertThat(full.resolve("chart.png")).exists();
        assertThat(empty).doesNotExist();
    }

    @Test
    void taskIds_areVersion7_andOrderedByTime() {
        Instant at = Instant.parse("2026-11-22T10:00:00Z");
        String earlier = TaskIds.next(Clock.fixed(at, ZoneOffset.UTC));
        String later = TaskIds.next(Clock.fixed(at.plusMillis(1), ZoneOffset.UTC));
        assertThat(earlier).isLessThan(later);
        UUID id = UUID.fromString(earlier);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(at.toEpochMilli());
    }
}
