package dev.troupe.tools.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A private folder among the temporary ones for the executor's own small files. It carries this process's number, so
 * that what a killed process left is removed by the next.
 */
final class RuntimeFolder implements AutoCloseable {
    private static final String PREFIX = "troupe-sandbox-";

    private final Path folder;

    private RuntimeFolder(Path folder) {
        this.folder = folder;
    }

    static RuntimeFolder open() throws IOException {
        sweep(Path.of(System.getProperty("java.io.tmpdir")));
        // createTempDirectory makes it for this user alone.
        return new RuntimeFolder(java.nio.file.Files.createTempDirectory(
                PREFIX + ProcessHandle.current().pid() + "-"));
    }

    Path path() {
        return folder;
    }

    Files make(String name) throws IOException {
        return new Files(java.nio.file.Files.createDirectory(folder.resolve(name)));
    }

    @Override
    public void close() {
        remove(folder);
    }

    /** A folder in it, which goes when it is closed. */
    record Files(Path path) implements AutoCloseable {
        @Override
        public void close() {
            remove(path);
        }
    }

    private static void sweep(Path parent) {
        try (DirectoryStream<Path> left = java.nio.file.Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : left) {
                String pid = folder.getFileName()
                        .toString()
                        .substring(PREFIX.length())
                        .split("-", -1)[0];
                boolean own = java.nio.file.Files.isWritable(folder);
                if (own && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    remove(folder);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Not ours, or gone already.
        }
    }

    private static void remove(Path path) {
        try (Stream<Path> below = java.nio.file.Files.walk(path)) {
            List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                java.nio.file.Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // The next sweep takes it.
        }
    }
}
