package dev.troupe.models.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A note beside a file that says which bytes were verified: checksum, size and time of change. It saves hashing a
 * gigabyte at each start, and a file that was changed since does not match it.
 */
final class Stamp {
    private Stamp() {}

    static Path file(Path model) {
        return model.resolveSibling(model.getFileName() + ".verified");
    }

    static void write(Path model, CatalogueModel expected) throws IOException {
        Path unfinished = model.resolveSibling(model.getFileName() + ".verified.tmp");
        Files.writeString(unfinished, text(model, expected));
        Files.move(unfinished, file(model), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static boolean matches(Path model, CatalogueModel expected) {
        try {
            return Files.exists(file(model)) && Files.readString(file(model)).equals(text(model, expected));
        } catch (IOException e) {
            return false;
        }
    }

    static void remove(Path model) throws IOException {
        Files.deleteIfExists(file(model));
    }

    private static String text(Path model, CatalogueModel expected) throws IOException {
        return "%s %d %s%n"
                .formatted(
                        expected.sha256(),
                        Files.size(model),
                        Files.getLastModifiedTime(model).toInstant());
    }
}
