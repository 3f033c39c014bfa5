package dev.troupe.models.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * GCC's OpenMP, which the local model's native library computes with and does not bring along. Few systems come without
 * it; the small images that containers are made of do.
 */
public final class OpenMp {
    /** What to do where it is missing. */
    public static final String MEND =
            "install it: apt-get install libgomp1 (Debian, Ubuntu), dnf install libgomp (Fedora)";

    private static final String FILE = "libgomp.so.1";
    private static final List<Path> PLACES = List.of(
            Path.of("/lib"), Path.of("/lib64"), Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));

    private OpenMp() {}

    /** Where it is; empty when it is in none of the usual places. */
    public static Optional<Path> find() {
        return find(PLACES);
    }

    /** In the folders themselves, and in the ones below them, which Debian has for each kind of processor. */
    static Optional<Path> find(List<Path> places) {
        for (Path place : places) {
            if (Files.exists(place.resolve(FILE))) {
                return Optional.of(place.resolve(FILE));
            }
            try (DirectoryStream<Path> below = Files.newDirectoryStream(place, Files::isDirectory)) {
                for (Path folder : below) {
                    if (Files.exists(folder.resolve(FILE))) {
                        return Optional.of(folder.resolve(FILE));
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                // A place that is not there, or not for us, holds nothing that could be used.
            }
        }
        return Optional.empty();
    }
}
