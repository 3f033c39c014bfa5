package dev.troupe.runtime.http;

import dev.troupe.models.call.CallContext;
import dev.troupe.runtime.host.AccessKey;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sends a request.
 *
 * @param key the key that was shown, or null where none is needed
 */
record Caller(@Nullable AccessKey key) {
    /** Whoever may reach this machine's loopback, where no keys are configured. */
    static final Caller LOCAL = new Caller(null);

    /** What it asks, learns and is told belongs to this tenant alone. */
    String tenant() {
        return key == null ? CallContext.LOCAL : key.name();
    }

    boolean mayAsk(String agent) {
        return key == null || key.agents().isEmpty() || key.agents().contains(agent);
    }

    boolean maySeeMetrics() {
        return key == null || key.metrics();
    }
}
