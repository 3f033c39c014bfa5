package dev.troupe.models.local.worker;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The one model of this process, loaded once, which all connections share. Thread-safe. */
final class LoadedModel {
    /** Each cancellation may leave a thread inside the library; a fresh process is cheaper than very many of them. */
    private static final int MOST_CANCELLED = 64;

    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicInteger cancelled = new AtomicInteger();
    private final CompletableFuture<Engine> engine = new CompletableFuture<>();
    private WorkerRequest.@Nullable Load loaded;

    /** Loads the model, or waits until it is loaded; says no when it is another one. */
    WorkerReply load(WorkerRequest.Load wanted) {
        long start = System.nanoTime();
        WorkerRequest.Load first;
        synchronized (this) {
            first = loaded;
            if (first == null) {
                loaded = wanted;
            }
        }
        if (first == null) {
            try {
                engine.complete(Engine.load(wanted));
            } catch (IOException | RuntimeException | LinkageError e) {
                engine.completeExceptionally(e);
            }
        } else if (!first.equals(wanted)) {
            return refused(WorkerReply.Reason.OTHER_MODEL, "it has another model or version");
        }
        try {
            engine.join();
            long millis = (System.nanoTime() - start) / 1_000_000;
            return new WorkerReply.Ready(
                    WorkerRequest.LOADING, millis, ProcessHandle.current().pid());
        } catch (CompletionException e) {
            return refused(
                    WorkerReply.Reason.MODEL_NOT_LOADED,
                    String.valueOf(
                            e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
    }

    private static WorkerReply refused(WorkerReply.Reason reason, String message) {
        return new WorkerReply.Refused(WorkerRequest.LOADING, reason, message);
    }

    /** The file that it was loaded from, empty before. */
    synchronized String file() {
        return loaded == null ? "" : loaded.file();
    }

    Engine engine() {
        Engine now = engine.getNow(null);
        if (now == null) {
            throw new IllegalStateException("no model is loaded");
        }
        return now;
    }

    /** Waits until no other answer is being written. Whoever comes first goes first. */
    Turn takeTurn() throws InterruptedException {
        turn.acquire();
        return new Turn(new AtomicBoolean());
    }

    /** Ends the process when so many threads have been left behind that a fresh one is better. */
    void countCancelled() {
        if (cancelled.incrementAndGet() > MOST_CANCELLED) {
            Runtime.getRuntime().halt(0);
        }
    }

    /**
     * The right to write an answer. It ends with the answer, not with the thread that writes it: that may be left behind
     * inside the library.
     */
    final class Turn {
        private final AtomicBoolean over;

        private Turn(AtomicBoolean over) {
            this.over = over;
        }

        void end() {
            if (!over.getAndSet(true)) {
                turn.release();
            }
        }
    }
}
