package dev.troupe.models.embedding;

import java.util.List;

/** Turns texts into vectors whose cosine says how alike the texts are. Thread-safe; whoever opened it closes it. */
public interface Embedder extends AutoCloseable {
    /** Names the weights, so that vectors of different models are never compared: {@code all-minilm-l6-v2-q}. */
    String name();

    int dimensions();

    /**
     * One vector for each text, in order, each of {@link #dimensions()} floats and length 1 (L2). A text longer than
     * the model's window is cut.
     */
    List<float[]> embed(List<String> texts);

    @Override
    void close();
}
