package dev.troupe.models.local;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.store.CacheFolder;
import dev.troupe.models.store.ModelStore;
import java.nio.file.Path;
import java.time.Duration;

/** The smallest model of the catalogue, out of the user's own store, where it is pulled once. */
final class SmallModel {
    static final String NAME = "smollm2-135m-instruct";
    private static final Duration PULL_TIME = Duration.ofMinutes(10);

    private SmallModel() {}

    static Path file() {
        return ModelStore.standard().pull(NAME, progress -> {}, CallContext.standalone(PULL_TIME));
    }

    static Path cache() {
        return CacheFolder.of(System.getenv());
    }

    static LocalModelOptions options(Path logFolder) {
        return LocalModelOptions.of(NAME, file(), 8192, cache(), System.getenv())
                .withContextTokens(2048)
                .withLogFolder(logFolder);
    }
}
