package dev.troupe.tools.mcp;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Holds a server that dies again and again to a few starts in a minute. For one thread at a time. */
final class Restarts {
    /** The first start, and three more. */
    private static final int MOST = 4;

    private static final long WINDOW_NANOS = 60_000_000_000L;

    private final Deque<Long> starts = new ArrayDeque<>();

    /** @throws TroupeException {@code OVERLOADED} when it was started too often */
    void begin(String name) {
        long now = System.nanoTime();
        starts.removeIf(start -> now - start > WINDOW_NANOS);
        if (starts.size() >= MOST) {
            throw new TroupeException(
                    ErrorCode.OVERLOADED,
                    "mcp " + name + ": it died " + starts.size() + " times within a minute (expected: at most "
                            + (MOST - 1) + ")",
                    null);
        }
        starts.add(now);
    }
}
