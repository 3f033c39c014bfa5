package dev.troupe.agents;

import dev.troupe.models.embedding.Embedder;
import java.util.List;
import java.util.Locale;

/** Texts that share words have vectors that are alike: each word counts in a place that its hash names. */
final class FakeEmbedder implements Embedder {
    private static final int DIMENSIONS = 64;

    @Override
    public String name() {
        return "words";
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return texts.stream().map(FakeEmbedder::vector).toList();
    }

    private static float[] vector(String text) {
        float[] vector = new float[DIMENSIONS];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
            vector[Math.floorMod(word.hashCode(), DIMENSIONS)] += 1;
        }
        double length = 0;
        for (float value : vector) {
            length += value * value;
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] /= (float) Math.max(1e-9, Math.sqrt(length));
        }
        return vector;
    }

    @Override
    public void close() {}
}
