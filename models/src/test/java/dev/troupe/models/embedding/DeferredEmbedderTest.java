package dev.troupe.models.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeferredEmbedderTest {
    @Test
    void vectors_areThoseOfTheWeights_loadedInTheBackgroundOrNot() {
        List<String> texts = List.of("Which region had the highest revenue?");
        try (MiniLmEmbedder weights = MiniLmEmbedder.open();
                DeferredEmbedder whenNeeded = new DeferredEmbedder();
                DeferredEmbedder before = new DeferredEmbedder()) {
            before.loadInBackground();
            float[] expected = weights.embed(texts).getFirst();
            assertThat(whenNeeded.embed(texts).getFirst()).isEqualTo(expected);
            assertThat(before.embed(texts).getFirst()).isEqualTo(expected);
            assertThat(whenNeeded.name()).isEqualTo(weights.name());
            assertThat(whenNeeded.dimensions()).isEqualTo(weights.dimensions());
        }
    }

    @Test
    void closed_beforeItWasNeeded_loadsNothing() {
        DeferredEmbedder embedder = new DeferredEmbedder();
        embedder.close();
        embedder.loadInBackground();
        assertThatThrownBy(() -> embedder.embed(List.of("x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("embedder: closed (expected: open)");
    }
}
