package dev.troupe.models.embedding;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * all-MiniLM-L6-v2 with quantised weights (384 dimensions), on ONNX Runtime and the DJL tokenizer, in process. The
 * vector of a text is the mean of its tokens' last hidden states, normalised (Reimers and Gurevych, Sentence-BERT,
 * arXiv 1908.10084, section 3). A text is cut at 256 tokens, as the authors of the weights do.
 *
 * <p><b>One footing.</b> The weights are quantised dynamically: the range of the activations is taken over everything
 * that is computed in one run, so a text's vector changes a little with its neighbours in a batch (cosine about .99).
 * By default each text is therefore a run of its own: the same text gets the same vector, bit for bit, alone or among
 * thousands, today or after the index was built anew, and no padding is ever computed. {@link #openGrouped} runs texts
 * of the same number of tokens together instead, about half as fast again; its vectors are for data that is embedded
 * once and compared with itself, and carry another {@link #name()} so that the two are never mixed.
 *
 * <p>Native code runs on one platform thread per processor, each a single-threaded run of one shared session: runs
 * this short lose more than they win when spread over several threads. Long calls give way to others after each slice of
 * {@value #SLICE} runs, so that a question is not kept waiting by an index that is being built.
 */
public final class MiniLmEmbedder implements Embedder {
    private static final int SLICE = 32;
    /** Slices that may wait, over all callers: some seconds of work. */
    private static final int QUEUE = 256;
    /** Texts in one run when grouped: no gain was seen above it. */
    private static final int GROUP = 8;

    private final MiniLmModel model;
    private final ThreadPoolExecutor runners;
    private final int group;

    private MiniLmEmbedder(int runners, int group) {
        this.group = group;
        this.model = MiniLmModel.load(group);
        this.runners = new ThreadPoolExecutor(
                runners,
                runners,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().daemon().name("minilm-", 0).factory());
    }

    /**
     * Loads the weights from the class path (about 0.3 s, 60 MB) for vectors that do not depend on their neighbours.
     *
     * @throws TroupeException {@code MODEL_UNAVAILABLE} when the weights or the native libraries cannot be loaded
     */
    public static MiniLmEmbedder open() {
        return new MiniLmEmbedder(processors(), 1);
    }

    /** Loads the weights for throughput, see the class's comment on footing. */
    public static MiniLmEmbedder openGrouped() {
        return new MiniLmEmbedder(processors(), GROUP);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public String name() {
        return group == 1 ? MiniLmModel.NAME : MiniLmModel.NAME + "-grouped";
    }

    @Override
    public int dimensions() {
        return MiniLmModel.DIMENSIONS;
    }

    /**
     * {@inheritDoc}
     *
     * @throws TroupeException {@code OVERLOADED} when too many calls wait, {@code CANCELLED} when the thread is
     *     interrupted
     * @throws IllegalStateException after {@link #close()}
     */
    @Override
    public List<float[]> embed(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        EmbeddingJob job = new EmbeddingJob(model, runners, List.copyOf(texts), SLICE * group);
        try {
            job.start();
            return job.await();
        } catch (RejectedExecutionException e) {
            refuseIfClosed(e);
            throw new TroupeException(
                    ErrorCode.OVERLOADED,
                    "embeddings: " + QUEUE + " waiting (expected: fewer)",
                    "Try again in some seconds, or send fewer requests at once.",
                    e);
        } catch (InterruptedException e) {
            job.drop(new IllegalStateException("interrupted"));
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "embedding: interrupted", null, e);
        } catch (ExecutionException e) {
            refuseIfClosed(e);
            throw new TroupeException(ErrorCode.INTERNAL, "embedding: " + e.getCause(), null, e.getCause());
        }
    }

    private void refuseIfClosed(Exception cause) {
        if (runners.isShutdown()) {
            throw new IllegalStateException("embedder: closed (expected: open)", cause);
        }
    }

    /** Convenience for one text. */
    public float[] embed(String text) {
        return embed(List.of(text)).getFirst();
    }

    /** Waits for the runs in progress (milliseconds), drops what waits, and frees the native memory. */
    @Override
    public void close() {
        for (Runnable waiting : runners.shutdownNow()) {
            ((EmbeddingJob) waiting).drop(new IllegalStateException("embedder: closed (expected: open)"));
        }
        boolean interrupted = false;
        while (true) {
            try {
                if (runners.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        model.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
