package dev.troupe.knowledge.demonstration;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one thread that changes an index. Its queue is bounded, and so is the wait of those who call it. */
final class IndexThread implements AutoCloseable {
    private static final int MAX_WAITING = 1024;

    /** A rebuild of a hundred thousand entries takes minutes; everything else milliseconds. */
    private static final int MAX_WAIT_MINUTES = 10;

    private volatile @Nullable Thread thread;
    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), this::newThread);

    private Thread newThread(Runnable work) {
        Thread made = Thread.ofPlatform().daemon().name("demonstration-index").unstarted(work);
        thread = made;
        return made;
    }

    /** Runs the work there, or right here when this is that thread. */
    <T> T call(Supplier<T> work) {
        if (Thread.currentThread().equals(thread)) {
            return work.get();
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    done.complete(work.get());
                } catch (RuntimeException | Error e) {
                    done.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            throw executor.isShutdown()
                    ? new TroupeException(
                            ErrorCode.STORAGE, "index of demonstrations: closed (expected: open)", null, e)
                    : new TroupeException(
                            ErrorCode.OVERLOADED,
                            "index of demonstrations: " + MAX_WAITING + " changes wait (expected: fewer)",
                            "try again later",
                            e);
        }
        return await(done);
    }

    /** Runs the work there when nothing else waits; if something does, it is left out. */
    void whenIdle(Runnable work) {
        if (executor.getQueue().isEmpty()) {
            try {
                executor.execute(work);
            } catch (RejectedExecutionException e) {
                return; // It is closing.
            }
        }
    }

    private static <T> T await(CompletableFuture<T> done) {
        try {
            return done.get(MAX_WAIT_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new TroupeException(
                    ErrorCode.STORAGE,
                    "index of demonstrations: no answer in " + MAX_WAIT_MINUTES + " minutes (expected: milliseconds)",
                    "the disk hangs, or a rebuild is going on",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroupeException(
                    ErrorCode.CANCELLED, "index of demonstrations: interrupted; the change goes on", null, e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
