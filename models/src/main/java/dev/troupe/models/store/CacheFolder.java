package dev.troupe.models.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The user's folder for what can be fetched again: models, native libraries, Python packages. */
public final class CacheFolder {
    private CacheFolder() {}

    /** {@code TROUPE_CACHE}, else {@code XDG_CACHE_HOME/troupe}, else {@code ~/.cache/troupe}. */
    public static Path of(Map<String, String> environment) {
        Path home = value(environment, "HOME").orElse(Path.of(System.getProperty("user.home", "/")));
        return value(environment, "TROUPE_CACHE")
                .map(named -> named.toAbsolutePath().normalize())
                // The XDG specification has relative paths ignored.
                .orElseGet(() -> value(environment, "XDG_CACHE_HOME")
                        .filter(Path::isAbsolute)
                        .orElse(home.resolve(".cache"))
                        .resolve("troupe"));
    }

    private static Optional<Path> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }
}
