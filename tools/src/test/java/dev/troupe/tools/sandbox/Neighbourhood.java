package dev.troupe.tools.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What lies around a sandbox and is none of its business: a user's home, a place in {@code /tmp}, another process. */
final class Neighbourhood implements AutoCloseable {
    private final String secret;
    private final Path home;
    private final Path tmp;
    private final Sentinel sentinel;

    Neighbourhood(int number) throws IOException {
        secret = "troupe-secret-" + ProcessHandle.current().pid() + "-" + number;
        home = Files.createTempDirectory(homes(), ".troupe-hostile-");
        tmp = Files.createTempDirectory(Path.of("/tmp"), "troupe-hostile-");
        sentinel = new Sentinel(secret, tmp.resolve("signals"));
    }

    /** Where the home is that is to be kept from programs: the user's own, or {@code /tmp} where that is read-only. */
    static Path homes() {
        Path own = Path.of(System.getProperty("user.home"));
        return Files.isWritable(own) ? own : Path.of("/tmp");
    }

    String secret() {
        return secret;
    }

    Path home() {
        return home;
    }

    Path tmp() {
        return tmp;
    }

    Sentinel sentinel() {
        return sentinel;
    }

    /** As it was in the beginning, with the secrets in their places. */
    void tidy() throws IOException {
        sentinel.forget();
        for (Path place : List.of(home, tmp)) {
            Files.writeString(place.resolve("secret.txt"), secret);
            Files.createDirectories(place.resolve("victim"));
        }
        for (Path mark : marks()) {
            Files.delete(mark);
        }
    }

    /** Files that somebody left where nobody should. */
    List<Path> marks() throws IOException {
        try (Stream<Path> inHome = Files.list(home.resolve("victim"));
                Stream<Path> inTmp = Files.list(tmp.resolve("victim"))) {
            return Stream.concat(inHome, inTmp).toList();
        }
    }

    @Override
    public void close() throws IOException {
        sentinel.close();
        for (Path left : List.of(home, tmp)) {
            try (Stream<Path> files = Files.walk(left)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
