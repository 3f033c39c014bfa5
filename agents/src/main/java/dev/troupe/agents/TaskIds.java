package dev.troupe.agents;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Time-ordered task ids: UUIDs of version 7 (RFC 9562, section 5.7). */
public final class TaskIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TaskIds() {}

    /** 48 bits of milliseconds since 1970, then random ones around version and variant. */
    public static String next(Clock clock) {
        long high = clock.millis() << 16 | 0x7000 | RANDOM.nextInt(0x1000);
        long low = RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
