package dev.troupe.tools.sandbox;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds how many programs run at a time, first come first served, and lets those that share a folder take turns. */
final class Turns {
    private static final long LOOK_MILLIS = 20;

    private final Semaphore places;
    private final Map<Path, Waiting> folders = new ConcurrentHashMap<>();

    Turns(int places) {
        this.places = new Semaphore(places, true);
    }

    /** Waits for a place.
     *
     * @throws TroupeException {@code TIMEOUT} or {@code CANCELLED} as the context says
     */
    Turn take(Path folder, CallContext context) {
        Waiting waiting = folders.compute(folder, (key, known) -> (known == null ? new Waiting() : known).join());
        try {
            acquire(waiting.turn, context);
            try {
                acquire(places, context);
            } catch (TroupeException e) {
                waiting.turn.release();
                throw e;
            }
        } catch (TroupeException e) {
            leave(folder);
            throw e;
        }
        return () -> {
            places.release();
            waiting.turn.release();
            leave(folder);
        };
    }

    private void leave(Path folder) {
        folders.computeIfPresent(folder, (key, waiting) -> waiting.leave() ? null : waiting);
    }

    private static void acquire(Semaphore semaphore, CallContext context) {
        try {
            do {
                context.check();
            } while (!semaphore.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "interrupted while waiting for the sandbox", null, e);
        }
    }

    /** A place that was taken; closing it gives it back. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Those who use a folder or wait for it; changed only inside of the map's own locks. */
    private static final class Waiting {
        private final Semaphore turn = new Semaphore(1, true);
        private int count;

        Waiting join() {
            count++;
            return this;
        }

        boolean leave() {
            return --count == 0;
        }
    }
}
