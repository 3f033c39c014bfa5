package dev.troupe.tools.mcp;

import java.io.IOException;

/** Counts messages that nobody asked for. For one thread. */
final class Flood {
    private static final int MOST = 1_000;
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private long since = System.nanoTime();
    private int count;

    /** @throws IOException when there are too many */
    void unasked() throws IOException {
        long now = System.nanoTime();
        if (now - since > WINDOW_NANOS) {
            since = now;
            count = 0;
        }
        if (++count > MOST) {
            throw new IOException(
                    "it floods: more than " + MOST + " messages in 10 s that nobody asked for (expected: fewer)");
        }
    }
}
