package dev.troupe.models.embedding;

import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * One call's texts on their way through the runners. The runners that work on it take slices of its texts from a shared
 * counter, so that none idles while another has much left; after each slice they let others' work go first.
 */
final class EmbeddingJob implements Runnable {
    private final MiniLmModel model;
    private final ThreadPoolExecutor runners;
    private final List<String> texts;
    private final int slice;
    private final float[][] vectors;
    private final CompletableFuture<List<float[]>> done = new CompletableFuture<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger left;

    EmbeddingJob(MiniLmModel model, ThreadPoolExecutor runners, List<String> texts, int largestSlice) {
        this.model = model;
        this.runners = runners;
        this.texts = texts;
        // A short call is spread over all runners.
        this.slice = Math.min(largestSlice, Math.ceilDiv(texts.size(), runners.getCorePoolSize()));
        this.vectors = new float[texts.size()][];
        this.left = new AtomicInteger(texts.size());
    }

    /** @throws RejectedExecutionException when not even one runner could be asked */
    void start() {
        runners.execute(this);
        try {
            for (int i = 1; i < Math.min(runners.getCorePoolSize(), Math.ceilDiv(texts.size(), slice)); i++) {
                runners.execute(this);
            }
        } catch (RejectedExecutionException e) {
            // The queue is full: the runner that was asked does it all.
            return;
        }
    }

    List<float[]> await() throws InterruptedException, ExecutionException {
        return done.get();
    }

    /** Nobody waits for it any more, or nobody will work on it any more. */
    void drop(RuntimeException why) {
        next.set(texts.size());
        done.completeExceptionally(why);
    }

    @Override
    public void run() {
        boolean goOn = true;
        while (goOn) {
            int from = next.getAndAdd(slice);
            if (from >= texts.size()) {
                return;
            }
            try {
                embed(from, Math.min(from + slice, texts.size()));
            } catch (OrtException | RuntimeException e) {
                drop(new IllegalStateException(e));
            }
            goOn = next.get() < texts.size() && !letOthersGoFirst();
        }
    }

    /** False when the queue is full. */
    private boolean letOthersGoFirst() {
        try {
            runners.execute(this);
            return true;
        } catch (RejectedExecutionException e) {
            if (runners.isShutdown()) {
                drop(new IllegalStateException("embedder: closed (expected: open)"));
            }
            return false;
        }
    }

    private void embed(int from, int to) throws OrtException {
        long[][] tokens = new long[to - from][];
        Arrays.setAll(tokens, i -> model.tokens(texts.get(from + i)));
        Integer[] byLength = IntStream.range(0, tokens.length).boxed().toArray(Integer[]::new);
        Arrays.sort(byLength, Comparator.comparingInt(i -> tokens[i].length));
        int start = 0;
        while (start < byLength.length) {
            int end = start + 1;
            while (end < byLength.length
                    && end - start < model.group()
                    && tokens[byLength[end]].length == tokens[byLength[start]].length) {
                end++;
            }
            long[][] batch = new long[end - start][];
            for (int i = start; i < end; i++) {
                batch[i - start] = tokens[byLength[i]];
            }
            float[][] result = model.vectors(batch);
            for (int i = start; i < end; i++) {
                vectors[from + byLength[i]] = result[i - start];
            }
            start = end;
        }
        if (left.addAndGet(from - to) == 0) {
            done.complete(List.of(vectors));
        }
    }
}
