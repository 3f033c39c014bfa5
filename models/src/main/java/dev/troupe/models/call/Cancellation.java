package dev.troupe.models.call;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A switch that is thrown once and tells whoever registered. Thread-safe. */
public final class Cancellation {
    // Keyed by registration, so that the same action can be registered twice.
    private final Map<Object, Runnable> listeners = new LinkedHashMap<>();
    private @Nullable String reason;

    /** Throws the switch. Listeners run on this thread, once each; later calls do nothing. */
    public void cancel(String why) {
        List<Runnable> toTell;
        synchronized (listeners) {
            if (reason != null) {
                return;
            }
            reason = why;
            toTell = List.copyOf(listeners.values());
            listeners.clear();
        }
        toTell.forEach(Runnable::run);
    }

    public boolean isCancelled() {
        synchronized (listeners) {
            return reason != null;
        }
    }

    /** @throws TroupeException {@code CANCELLED} when the switch was thrown */
    public void throwIfCancelled() {
        String why;
        synchronized (listeners) {
            why = reason;
        }
        if (why != null) {
            throw new TroupeException(ErrorCode.CANCELLED, "cancelled: " + why, null);
        }
    }

    /**
     * Runs {@code action} when the switch is thrown, or now when it was.
     *
     * @return takes the registration back
     */
    public Registration onCancel(Runnable action) {
        Object registration = new Object();
        boolean already;
        synchronized (listeners) {
            already = reason != null;
            if (!already) {
                listeners.put(registration, action);
            }
        }
        if (already) {
            action.run();
        }
        return () -> {
            synchronized (listeners) {
                listeners.remove(registration);
            }
        };
    }

    /** Takes a listener back. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
