package dev.troupe.knowledge.demonstration;

import dev.troupe.models.embedding.Embedder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Vectors of questions, the last ones kept: a question is looked up when it is asked and stored when it is solved. */
final class Vectors {
    private static final int KEPT = 512;

    private final Embedder embedder;
    private final Map<String, float[]> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > KEPT;
        }
    };

    Vectors(Embedder embedder) {
        this.embedder = embedder;
    }

    String name() {
        return embedder.name() + "/" + embedder.dimensions();
    }

    float[] of(String question) {
        synchronized (kept) {
            float[] known = kept.get(question);
            if (known != null) {
                return known;
            }
        }
        float[] vector = embedder.embed(List.of(question)).getFirst();
        synchronized (kept) {
            kept.put(question, vector);
        }
        return vector;
    }

    /** Computes several at once, at most as many as are kept. */
    void prepare(List<String> questions) {
        List<String> unknown = new ArrayList<>();
        synchronized (kept) {
            questions.stream().distinct().filter(q -> !kept.containsKey(q)).forEach(unknown::add);
        }
        List<float[]> vectors = unknown.isEmpty() ? List.of() : embedder.embed(unknown);
        synchronized (kept) {
            for (int i = 0; i < unknown.size(); i++) {
                kept.put(unknown.get(i), vectors.get(i));
            }
        }
    }
}
