package dev.troupe.testkit;

import dev.troupe.runtime.api.TeamOptions;
import java.nio.file.Path;
import java.time.Duration;

/** How teams are opened in tests. */
public final class TestTeams {
    private TestTeams() {}

    /**
     * Options that keep a test by itself: nothing of the user's is read, learned into or written.
     *
     * @param folder an empty one, such as JUnit's {@code @TempDir}; who keeps it has a data folder to look at
     */
    public static TeamOptions in(Path folder) {
        return TeamOptions.usual()
                .data(folder.resolve("data"))
                .cache(folder.resolve("cache"))
                .variable("TROUPE_CONFIG", "")
                .variable(
                        "XDG_CONFIG_HOME",
                        folder.resolve("config").toAbsolutePath().toString())
                .prepareWithin(Duration.ofMinutes(2));
    }
}
