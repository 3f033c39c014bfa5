package dev.troupe.runtime.host;

import dev.troupe.models.store.CacheFolder;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Troupe keeps what. None needs to exist yet.
 *
 * @param data the journal and its views
 * @param cache models and Python packages: what can be fetched again
 * @param log log files
 */
public record Folders(Path data, Path cache, Path log) {
    /**
     * Follows the XDG base directories, {@code TROUPE_DATA} and {@code TROUPE_CACHE}.
     *
     * @param chosen the data folder that the user named, or null
     */
    public static Folders of(Map<String, String> environment, @Nullable Path chosen) {
        Path user = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")));
        Path data = named(environment, "TROUPE_DATA", base(environment, "XDG_DATA_HOME", user.resolve(".local/share")));
        Path state = base(environment, "XDG_STATE_HOME", user.resolve(".local/state"));
        return new Folders(
                chosen == null ? data : chosen.toAbsolutePath().normalize(),
                CacheFolder.of(environment),
                state.resolve("log"));
    }

    private static Path named(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        return value.isEmpty() ? otherwise : Path.of(value).toAbsolutePath().normalize();
    }

    /** The specification says that a relative path in such a variable is to be ignored. */
    private static Path base(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        return (value.startsWith("/") ? Path.of(value) : otherwise).resolve("troupe");
    }
}
