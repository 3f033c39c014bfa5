package dev.troupe.models.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies a file of this machine; a copy that was broken off goes on where it stopped. */
final class FileSource {
    private FileSource() {}

    static void fetch(Path file, Pull pull) throws IOException {
        long total = Files.size(file);
        if (total != pull.model().size()) {
            throw new IOException("another file: %d bytes (expected: %d)"
                    .formatted(total, pull.model().size()));
        }
        Files.createDirectories(pull.folder());
        Path whole = pull.whole();
        long present = Files.exists(whole) ? Math.min(Files.size(whole), total) : 0;
        pull.requireSpace(total - present);
        long[] done = {present};
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = Files.newOutputStream(whole, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            in.skipNBytes(present);
            pull.copy(in, out, read -> pull.report(PullProgress.Stage.DOWNLOADING, done[0] += read, total));
        }
    }
}
