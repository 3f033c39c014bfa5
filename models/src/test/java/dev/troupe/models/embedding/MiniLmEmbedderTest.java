package dev.troupe.models.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MiniLmEmbedderTest {
    private static MiniLmEmbedder embedder;

    @BeforeAll
    static void open() {
        embedder = MiniLmEmbedder.open();
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    /** Recorded from Python's onnxruntime 1.32.0 and tokenizers 0.23.3 with the same weights, one text a run. */
    @Test
    void embed_textsOfTheReference_givesItsTokensAndVectors() throws Exception {
        JsonNode reference =
                new ObjectMapper().readTree(MiniLmEmbedderTest.class.getResourceAsStream("minilm-reference.json"));
        try (MiniLmModel model = MiniLmModel.load(1)) {
            for (JsonNode expected : reference) {
                String text = expected.get("text").asText();
                long[] tokens = model.tokens(text);
                assertThat(tokens).hasSize(expected.get("token_count").asInt());
                if (!expected.get("tokens").isNull()) {
                    assertThat(tokens).containsExactly(longs(expected.get("tokens")));
                }
                // Kernels differ between processors (VNNI, AVX2) and versions; an error in pooling, in the mask or in
                // the tokens moves the cosine by far more than a hundredth.
                assertThat(cosine(embedder.embed(text), floats(expected.get("vector"))))
                        .describedAs(text)
                        .isGreaterThan(0.99);
            }
        }
    }

    @Test
    void embed_anyText_givesUnitLengthAndDimensions() {
        List<float[]> vectors =
                embedder.embed(List.of("", " ", "a", "x".repeat(10_000_000), "\uD83D lone \uDE00", "\0"));
        assertThat(vectors).hasSize(6).allSatisfy(vector -> {
            assertThat(vector).hasSize(embedder.dimensions()).hasSize(384);
            assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
        });
    }

    @Test
    void embed_sameTextAloneAndAmongOthersInAnyOrder_givesTheSameBits() {
        List<String> texts =
                new ArrayList<>(EmbeddingBenchmark.questions(new Random(7)).subList(0, 150));
        texts.add("a much longer text ".repeat(40));
        List<float[]> alone = texts.stream().map(embedder::embed).toList();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
        Collections.shuffle(order, new Random(8));
        List<float[]> together = embedder.embed(order.stream().map(texts::get).toList());
        for (int i = 0; i < order.size(); i++) {
            assertThat(together.get(i)).isEqualTo(alone.get(order.get(i)));
        }
    }

    @Test
    void embed_paraphrase_isNearerThanAnotherQuestion() {
        float[] question = embedder.embed("Which region had the highest revenue in 2025?");
        double paraphrase = cosine(question, embedder.embed("In 2025, what region earned the most?"));
        double other = cosine(question, embedder.embed("What is the weather in Paris tomorrow?"));
        assertThat(paraphrase).isGreaterThan(0.7);
        assertThat(other).isLessThan(0.3);
    }

    @Test
    void embed_grouped_isCloseToAloneButNamedApart() {
        List<String> questions = EmbeddingBenchmark.questions(new Random(3)).subList(0, 60);
        try (MiniLmEmbedder grouped = MiniLmEmbedder.openGrouped()) {
            List<float[]> vectors = grouped.embed(questions);
            for (int i = 0; i < questions.size(); i++) {
                assertThat(cosine(vectors.get(i), embedder.embed(questions.get(i))))
                        .isGreaterThan(0.97);
            }
            assertThat(grouped.name()).isNotEqualTo(embedder.name());
        }
    }

    @Test
    void embed_fromManyThreads_givesEachItsOwn() throws Exception {
        List<String> questions = EmbeddingBenchmark.questions(new Random(4)).subList(0, 100);
        List<float[]> expected = embedder.embed(questions);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<float[]>> calls = new ArrayList<>();
            questions.forEach(question -> calls.add(() -> embedder.embed(question)));
            List<Future<float[]>> results = threads.invokeAll(calls);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void close_whileCallsWait_endsThemAndRefusesMore() throws Exception {
        MiniLmEmbedder closed = MiniLmEmbedder.open();
        List<String> much = Collections.nCopies(20_000, "one two three");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<float[]>>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                calls.add(threads.submit(() -> closed.embed(much)));
            }
            closed.embed("now its runners have begun");
            closed.close();
            for (Future<List<float[]>> call : calls) {
                assertThatThrownBy(call::get).hasCauseInstanceOf(IllegalStateException.class);
            }
        }
        assertThatThrownBy(() -> closed.embed("more")).isInstanceOf(IllegalStateException.class);
        assertThat(embedder.embed("another embedder still works")).hasSize(384);
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
        }
        return product;
    }

    private static long[] longs(JsonNode array) {
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asLong();
        }
        return values;
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }
}
