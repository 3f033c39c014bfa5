package dev.troupe.models.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenMpTest {
    @TempDir
    Path folder;

    @Test
    void find_inAPlaceOrOneBelowIt_isFound_deeperIsNot() throws Exception {
        Path none = Files.createDirectories(folder.resolve("none/a/b"));
        Files.createFile(none.resolve("libgomp.so.1"));
        Path flat = Files.createDirectories(folder.resolve("flat"));
        Path nested = Files.createDirectories(folder.resolve("nested/x86_64-linux-gnu"));

        assertThat(OpenMp.find(List.of(folder.resolve("none"), folder.resolve("missing"), flat, nested.getParent())))
                .isEmpty();
        Path below = Files.createFile(nested.resolve("libgomp.so.1"));
        assertThat(OpenMp.find(List.of(flat, nested.getParent()))).contains(below);
        Path there = Files.createFile(flat.resolve("libgomp.so.1"));
        assertThat(OpenMp.find(List.of(flat, nested.getParent()))).contains(there);
    }
}
