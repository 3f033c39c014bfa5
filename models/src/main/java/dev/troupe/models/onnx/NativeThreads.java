package dev.troupe.models.onnx;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The threads that native runs of all experts of this process share: one per processor, each run on one of them, so that
 * ten experts on two cores don't fight. A run that hangs may be {@linkplain Run#abandon given up}: its thread gets a
 * substitute, a bounded number of times, and what it brings in the end is closed. Thread-safe.
 */
public final class NativeThreads implements AutoCloseable {
    private final int threads;
    private final ThreadPoolExecutor pool;
    private final AtomicInteger lost = new AtomicInteger();

    /** @param threads how many runs compute at a time */
    public NativeThreads(int threads) {
        this.threads = threads;
        this.pool = new ThreadPoolExecutor(
                threads,
                2 * threads,
                0,
                TimeUnit.SECONDS,
                // Bounded by those who submit: each expert has at most a few runs under way.
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("expert-", 0).factory());
    }

    /** One thread per processor that this process may use. */
    public static NativeThreads ofMachine() {
        return new NativeThreads(Runtime.getRuntime().availableProcessors());
    }

    public int threads() {
        return threads;
    }

    /** Threads that hang in a run that was given up. */
    public int lost() {
        return lost.get();
    }

    /**
     * Runs it when a thread is free.
     *
     * @throws TroupeException {@code OVERLOADED} when so many threads hang that none is left
     */
    public <T> Run<T> submit(Callable<T> work) {
        if (lost.get() >= 2 * threads) {
            throw new TroupeException(
                    ErrorCode.OVERLOADED,
                    "threads of the experts: all of %d hang (expected: one that is free)".formatted(2 * threads),
                    "restart Troupe, and leave out the model that hangs");
        }
        Run<T> run = new Run<>(work);
        pool.execute(run);
        return run;
    }

    private synchronized void resize() {
        pool.setCorePoolSize(threads + Math.min(lost.get(), threads));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** A run that waits, computes or has ended. */
    public final class Run<T> implements Runnable {
        private final Callable<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

        private Run(Callable<T> work) {
            this.work = work;
        }

        /** Completes on the run's thread. */
        public CompletableFuture<T> result() {
            return result;
        }

        /** It is no longer waited for; when it computes, its thread gets a substitute until it comes back. */
        public void abandon() {
            if (!state.compareAndSet(State.WAITING, State.OVER) && state.compareAndSet(State.RUNNING, State.GIVEN_UP)) {
                lost.incrementAndGet();
                resize();
            }
            result.cancel(false);
        }

        @Override
        public void run() {
            if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
                return;
            }
            try {
                T value = work.call();
                if (!result.complete(value) && value instanceof AutoCloseable unwanted) {
                    unwanted.close();
                }
            } catch (Throwable e) {
                result.completeExceptionally(e);
            } finally {
                if (state.getAndSet(State.OVER) == State.GIVEN_UP) {
                    lost.decrementAndGet();
                    resize();
                }
            }
        }
    }

    private enum State {
        WAITING,
        RUNNING,
        GIVEN_UP,
        OVER
    }
}
