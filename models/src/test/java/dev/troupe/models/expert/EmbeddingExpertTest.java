package dev.troupe.models.expert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingExpertTest {
    private static final List<Value.Text> SENTENCES = texts(Reference.VALUES
            .get("sentences")
            .valueStream()
            .map(JsonNode::asText)
            .toArray(String[]::new));

    @ParameterizedTest
    @ValueSource(strings = {"all-minilm-l6-v2", "bge-small-en-v1.5"})
    void featureExtraction_ofASentenceAlone_givesTheReferencesVector(String model) {
        try (Expert expert = Reference.open(Task.FEATURE_EXTRACTION, model)) {
            for (int i = 0; i < SENTENCES.size(); i++) {
                Value.Vector vector = (Value.Vector) expert.apply(Inputs.of(Task.FEATURE_EXTRACTION, SENTENCES.get(i)));
                // Of the same version of the runtime: 1.32 gives quantised vectors that are up to 0.998 alike.
                assertThat(cosine(vector.values(), Reference.VALUES.get(model).get(i)))
                        .isGreaterThan(0.9999);
            }
        }
    }

    /** Quantised weights are computed with one scale for the whole batch, so that neighbours move a vector a little. */
    @Test
    void run_overABatchOfOneLength_givesNearlyTheSameVectors() {
        try (Expert expert = Reference.open(Task.FEATURE_EXTRACTION, "all-minilm-l6-v2")) {
            List<Value.Text> texts = texts("The cat sleeps.", "The dog barks.", "The bird sings.");
            List<Expert.Piece> pieces = new ArrayList<>();
            for (Value.Text text : texts) {
                pieces.addAll(
                        expert.prepare(Inputs.of(Task.FEATURE_EXTRACTION, text)).pieces());
            }
            List<Expert.Result> together = expert.run(pieces);
            for (int i = 0; i < texts.size(); i++) {
                Inputs inputs = Inputs.of(Task.FEATURE_EXTRACTION, texts.get(i));
                Value.Vector alone = (Value.Vector) expert.apply(inputs);
                Value.Vector batched =
                        (Value.Vector) expert.prepare(inputs).finish().apply(List.of(together.get(i)));
                assertThat(Numbers.dot(alone.values(), batched.values())).isGreaterThan(0.98);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-minilm-l6-v2", "bge-small-en-v1.5"})
    void sentenceSimilarity_givesTheReferencesCosines_bestFirst(String model) {
        try (Expert expert = Reference.open(Task.SENTENCE_SIMILARITY, model)) {
            Value.Labels labels = (Value.Labels) expert.apply(
                    Inputs.of(Task.SENTENCE_SIMILARITY, SENTENCES.getFirst(), SENTENCES.subList(1, SENTENCES.size())));
            JsonNode vectors = Reference.VALUES.get(model);
            for (Value.Labels.Score score : labels.scores()) {
                int index = SENTENCES.indexOf(new Value.Text(score.label()));
                assertThat(score.score()).isCloseTo(cosine(vectors.get(0), vectors.get(index)), within(0.03));
            }
            assertThat(labels.scores().getFirst().label())
                    .isEqualTo(SENTENCES.get(1).text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-minilm-l6-v2", "bge-small-en-v1.5"})
    void textRanking_putsTheAnswerFirst(String model) {
        try (Expert expert = Reference.open(Task.TEXT_RANKING, model)) {
            Value.Labels labels = (Value.Labels) expert.apply(Inputs.of(
                    Task.TEXT_RANKING,
                    new Value.Text("When do I have to pay?"),
                    texts(
                            "Our office is open from nine to five.",
                            "Payment is due within thirty days.",
                            "The parcel weighs two kilograms.")));
            assertThat(labels.scores().getFirst().label()).startsWith("Payment");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-minilm-l6-v2", "bge-small-en-v1.5"})
    void zeroShot_givesSharesThatSumToOne_theRightOneFirst(String model) {
        try (Expert expert = Reference.open(Task.ZERO_SHOT_CLASSIFICATION, model)) {
            Value.Labels labels = (Value.Labels) expert.apply(Inputs.of(
                    Task.ZERO_SHOT_CLASSIFICATION,
                    new Value.Text("The striker scored twice in the second half of the final."),
                    texts("politics", "football", "cooking")));
            assertThat(labels.scores().getFirst().label()).isEqualTo("football");
            assertThat(labels.scores().stream()
                            .mapToDouble(Value.Labels.Score::score)
                            .sum())
                    .isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void aTextOfManyTokens_isCutAtTheModelsLimit() {
        try (Expert expert = Reference.open(Task.FEATURE_EXTRACTION, "all-minilm-l6-v2")) {
            Inputs inputs = Inputs.of(Task.FEATURE_EXTRACTION, new Value.Text("word ".repeat(5000)));
            assertThat(expert.prepare(inputs).pieces().getFirst().shape()).isEqualTo(256);
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    private static List<Value.Text> texts(String... texts) {
        return Stream.of(texts).map(Value.Text::new).toList();
    }

    private static double cosine(float[] vector, JsonNode expected) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += vector[i] * expected.get(i).asDouble();
        }
        return sum;
    }

    private static double cosine(JsonNode one, JsonNode other) {
        double sum = 0;
        for (int i = 0; i < one.size(); i++) {
            sum += one.get(i).asDouble() * other.get(i).asDouble();
        }
        return sum;
    }
}
