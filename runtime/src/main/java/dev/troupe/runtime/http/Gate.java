package dev.troupe.runtime.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Lets as many requests for work in as there is room for, over all clients and for each key. Thread-safe. */
final class Gate {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final ServeSettings.Limits limits;
    private final LongSupplier nanos;
    private final Map<String, Integer> working = new HashMap<>();
    private final Map<String, Bucket> rates = new HashMap<>();
    private int all;
    private boolean closed;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Gate(ServeSettings.Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    /** A place that a request holds; given back once, however often that is said. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws ApiException 429 or 503 */
    synchronized Place enter(Caller caller) {
        if (closed) {
            throw ApiException.shuttingDown();
        }
        String tenant = caller.tenant();
        int own = working.getOrDefault(tenant, 0);
        if (all >= limits.working() || own >= limits.perKey()) {
            throw ApiException.tooMany(
                    "requests: %d at once, %d of them yours (expected: at most %d and %d)"
                            .formatted(all, own, limits.working(), limits.perKey()),
                    1);
        }
        rate(caller);
        all++;
        working.put(tenant, own + 1);
        AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                leave(tenant);
            }
        };
    }

    private void rate(Caller caller) {
        if (caller.key() == null || caller.key().perMinute() == null) {
            return;
        }
        int perMinute = caller.key().perMinute();
        Bucket bucket = rates.computeIfAbsent(caller.tenant(), name -> new Bucket(perMinute, nanos.getAsLong()));
        long wait = bucket.take(perMinute, nanos.getAsLong());
        if (wait > 0) {
            throw ApiException.tooMany(
                    "requests: too many in this minute (expected: at most " + perMinute + ")",
                    Math.ceilDiv(wait, 1_000_000_000L));
        }
    }

    private synchronized void leave(String tenant) {
        all--;
        working.computeIfPresent(tenant, (name, own) -> own == 1 ? null : own - 1);
        notifyAll();
    }

    /** From now on nobody is let in. */
    synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized int working() {
        return all;
    }

    /** Waits until the last one has left; false when that takes longer. */
    synchronized boolean awaitEmpty(long forNanos) throws InterruptedException {
        long end = System.nanoTime() + forNanos;
        while (all > 0) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(Math.max(1, left / 1_000_000));
        }
        return true;
    }

    /** Fills up evenly and holds a minute's worth. */
    private static final class Bucket {
        private double tokens;
        private long at;

        Bucket(int perMinute, long now) {
            this.tokens = perMinute;
            this.at = now;
        }

        /** @return 0, or how long until there is one */
        long take(int perMinute, long now) {
            tokens = Math.min(perMinute, tokens + (double) (now - at) * perMinute / MINUTE_NANOS);
            at = now;
            if (tokens >= 1) {
                tokens--;
                return 0;
            }
            return (long) Math.ceil((1 - tokens) * MINUTE_NANOS / perMinute);
        }
    }
}
