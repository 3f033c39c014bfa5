package dev.troupe.models.embedding;

import dev.troupe.models.call.TroupeException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link MiniLmEmbedder}, loaded when the first vector is asked for, or in the background before: nothing that opens it
 * waits for the weights, and who never needs a vector never has them in memory.
 */
public final class DeferredEmbedder implements Embedder {
    private static final Logger LOG = LoggerFactory.getLogger(DeferredEmbedder.class);

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable MiniLmEmbedder loaded;
    private boolean closed;

    /** Begins to load on a thread of its own. What goes wrong is told by the first call that needs a vector. */
    public void loadInBackground() {
        Thread.ofPlatform().daemon().name("minilm-load").start(() -> {
            try {
                loaded();
            } catch (TroupeException | IllegalStateException e) {
                LOG.info("{} could not be loaded in advance: {}", name(), e.getMessage());
            }
        });
    }

    private MiniLmEmbedder loaded() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("embedder: closed (expected: open)");
            }
            MiniLmEmbedder embedder = loaded == null ? MiniLmEmbedder.open() : loaded;
            loaded = embedder;
            return embedder;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String name() {
        return MiniLmModel.NAME;
    }

    @Override
    public int dimensions() {
        return MiniLmModel.DIMENSIONS;
    }

    /**
     * {@inheritDoc}
     *
     * @throws TroupeException as {@link MiniLmEmbedder#open()} and {@link MiniLmEmbedder#embed(List)}
     * @throws IllegalStateException after {@link #close()}
     */
    @Override
    public List<float[]> embed(List<String> texts) {
        return loaded().embed(texts);
    }

    /** Waits for a load in progress. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (loaded != null) {
                loaded.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
