package dev.troupe.tools.egress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Lets so many calls through in any stretch of a time, and says how long to wait for the next. Thread-safe. */
final class RateWindow {
    private final HostGrant.Rate rate;
    private final LongSupplier nanos;
    private final Deque<Long> taken = new ArrayDeque<>();

    RateWindow(HostGrant.Rate rate, LongSupplier nanos) {
        this.rate = rate;
        this.nanos = nanos;
    }

    /** Takes a call; 0 when it may go, otherwise the seconds to wait, rounded up. */
    synchronized long take() {
        long now = nanos.getAsLong();
        long per = rate.per().toNanos();
        while (!taken.isEmpty() && now - taken.getFirst() >= per) {
            taken.removeFirst();
        }
        if (taken.size() < rate.calls()) {
            taken.addLast(now);
            return 0;
        }
        return Math.max(1, Math.ceilDiv(taken.getFirst() + per - now, 1_000_000_000L));
    }
}
