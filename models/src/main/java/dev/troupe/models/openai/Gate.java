package dev.troupe.models.openai;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Lets so many calls through at a time, and so many wait, first come first served. Waiting ends with the call's deadline
 * or cancellation.
 */
final class Gate {
    private final String model;
    private final int queue;
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int free;

    Gate(String model, int concurrent, int queue) {
        this.model = model;
        this.queue = queue;
        this.free = concurrent;
    }

    /** @throws TroupeException {@code OVERLOADED}, {@code TIMEOUT} or {@code CANCELLED} */
    void enter(CallContext context) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        synchronized (waiting) {
            if (free > 0) {
                free--;
                return;
            }
            if (waiting.size() >= queue) {
                throw new TroupeException(
                        ErrorCode.OVERLOADED,
                        "model " + model + ": " + queue + " calls waiting (expected: fewer)",
                        "Try again in some seconds, or raise the model's limits.");
            }
            waiting.add(turn);
        }
        try (Cancellation.Registration ignored = context.cancellation().onCancel(() -> turn.cancel(false))) {
            Pause.until(turn, context);
        } catch (RuntimeException e) {
            withdraw(turn);
            throw e;
        }
    }

    void leave() {
        synchronized (waiting) {
            CompletableFuture<Void> next;
            do {
                next = waiting.poll();
            } while (next != null && !next.complete(null));
            if (next == null) {
                free++;
            }
        }
    }

    /** How many wait. */
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private void withdraw(CompletableFuture<Void> turn) {
        if (!turn.cancel(false)) {
            // It was let through in the meantime.
            leave();
            return;
        }
        synchronized (waiting) {
            waiting.removeIf(CompletableFuture::isDone);
        }
    }
}
