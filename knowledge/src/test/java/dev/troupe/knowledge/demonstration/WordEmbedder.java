package dev.troupe.knowledge.demonstration;

import dev.troupe.models.embedding.Embedder;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.lucene.util.VectorUtil;

/**
 * Questions that share words lie close together: each word has a random direction of its own, seeded by the word, and a
 * text is the sum of its words. Deterministic, and needs no weights.
 */
public final class WordEmbedder implements Embedder {
    private final String name;

    public WordEmbedder() {
        this("words");
    }

    WordEmbedder(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int dimensions() {
        return 64;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return texts.stream().map(this::embed).toList();
    }

    private float[] embed(String text) {
        float[] sum = new float[dimensions()];
        // The constant word keeps a text without words from being the zero vector.
        for (String word : (text.toLowerCase(Locale.ROOT) + " .").split("[^\\p{L}\\p{N}.]+")) {
            Random random = new Random(word.hashCode());
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (float) random.nextGaussian();
            }
        }
        return VectorUtil.l2normalize(sum);
    }

    @Override
    public void close() {}
}
