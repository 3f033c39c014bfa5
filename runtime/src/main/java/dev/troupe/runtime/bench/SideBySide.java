package dev.troupe.runtime.bench;

import dev.troupe.models.call.Cancellation;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Works on items side by side, begun in their order. The first failure stops all of them. */
final class SideBySide {
    private SideBySide() {}

    /**
     * Returns when nothing is worked on any more.
     *
     * @param atATime how many items at most are worked on at the same time, each on a thread of its own
     * @param work gets an item, and a switch that is thrown when another item failed or {@code cancellation} was thrown
     * @throws dev.troupe.models.call.TroupeException {@code CANCELLED}, or what the first failure threw
     */
    static <T> void forEach(List<T> items, int atATime, Cancellation cancellation, BiConsumer<T, Cancellation> work) {
        Cancellation stop = new Cancellation();
        Queue<T> left = new ConcurrentLinkedQueue<>(items);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Runnable worker = () -> {
            try {
                for (T item = left.poll(); item != null && !stop.isCancelled(); item = left.poll()) {
                    work.accept(item, stop);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                stop.cancel("another question failed");
            }
        };
        try (Cancellation.Registration ignored = cancellation.onCancel(() -> stop.cancel("the run was cancelled"));
                ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(atATime, items.size()); i++) {
                workers.execute(worker);
            }
        }
        cancellation.throwIfCancelled();
        if (failure.get() instanceof RuntimeException e) {
            throw e;
        }
        if (failure.get() instanceof Error e) {
            throw e;
        }
    }
}
