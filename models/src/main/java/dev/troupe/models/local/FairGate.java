package dev.troupe.models.local;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one through at a time. Those who wait are bounded in number and are let through tenant by tenant in turn, each
 * tenant's in the order of arrival, so that one tenant's flood delays another by one request at most. Thread-safe.
 */
final class FairGate {
    private final String what;
    private final int capacity;
    // Tenants in the order of their turns; none without somebody waiting.
    private final Map<String, Deque<Waiter>> waiting = new LinkedHashMap<>();
    private int waitingCount;
    private boolean occupied;

    /**
     * @param what is named when it is full
     * @param capacity how many may wait
     */
    FairGate(String what, int capacity) {
        this.what = what;
        this.capacity = capacity;
    }

    /**
     * Waits for its turn; {@link Pass#close} lets the next one through.
     *
     * @throws TroupeException {@code OVERLOADED}, {@code TIMEOUT}, {@code CANCELLED}
     */
    Pass enter(CallContext context) {
        context.check();
        Waiter waiter = join(context.tenant());
        if (waiter != null) {
            await(waiter, context);
        }
        return new Pass();
    }

    int waiting() {
        synchronized (waiting) {
            return waitingCount;
        }
    }

    /** @return null when it is let through at once */
    private @Nullable Waiter join(String tenant) {
        synchronized (waiting) {
            if (!occupied) {
                occupied = true;
                return null;
            }
            if (waitingCount >= capacity) {
                throw new TroupeException(
                        ErrorCode.OVERLOADED,
                        "queue of %s: %d waiting (expected: at most %d)".formatted(what, waitingCount + 1, capacity),
                        "try again in a while");
            }
            Waiter waiter = new Waiter(tenant, new CountDownLatch(1));
            waiting.computeIfAbsent(tenant, name -> new ArrayDeque<>()).add(waiter);
            waitingCount++;
            return waiter;
        }
    }

    private void await(Waiter waiter, CallContext context) {
        try (Cancellation.Registration ignored = context.cancellation().onCancel(waiter.woken()::countDown)) {
            boolean unused = waiter.woken().await(context.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.cancellation().cancel("interrupted");
        }
        if (leave(waiter)) {
            // It was woken by something other than its turn.
            context.check();
            throw new TroupeException(ErrorCode.TIMEOUT, "queue of " + what + ": no turn in time", null);
        }
    }

    /** @return whether it was still waiting */
    private boolean leave(Waiter waiter) {
        synchronized (waiting) {
            Deque<Waiter> queue = waiting.get(waiter.tenant());
            if (queue == null || !queue.remove(waiter)) {
                return false;
            }
            if (queue.isEmpty()) {
                waiting.remove(waiter.tenant());
            }
            waitingCount--;
            return true;
        }
    }

    private void next() {
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                occupied = false;
                return;
            }
            String tenant = waiting.keySet().iterator().next();
            Deque<Waiter> queue = java.util.Objects.requireNonNull(waiting.remove(tenant));
            Waiter waiter = queue.remove();
            waitingCount--;
            if (!queue.isEmpty()) {
                waiting.put(tenant, queue);
            }
            waiter.woken().countDown();
        }
    }

    private record Waiter(String tenant, CountDownLatch woken) {
        // Two waiters of one tenant are never the same.
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** The right to go through; closed once. */
    final class Pass implements AutoCloseable {
        @Override
        public void close() {
            next();
        }
    }
}
