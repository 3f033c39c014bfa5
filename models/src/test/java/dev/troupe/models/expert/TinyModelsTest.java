package dev.troupe.models.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.catalogue.Experts;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Span;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines of which no real model is within reach, over small ones; and models that are broken in each way. */
class TinyModelsTest {
    private static final float[] SENTIMENT =
            TinyModels.table(2, Map.of("good", new float[] {0, 5}, "bad", new float[] {5, 0}));

    @TempDir
    Path folder;

    private TinyModels models;

    @BeforeEach
    void folder() {
        models = new TinyModels(folder);
    }

    private Value apply(Inputs inputs) {
        try (Expert expert = load(inputs.task())) {
            return expert.apply(inputs);
        }
    }

    private Expert load(Task task) {
        return Experts.load(task, models.files(), Device.Wish.CPU);
    }

    @Test
    void textClassification_givesSharesOfTheLabels() throws IOException {
        models.tokenizer().labels("negative", "positive").write("model.onnx", TinyModels.textClassifier(2, SENTIMENT));
        Value.Labels labels = (Value.Labels) apply(Inputs.of(Task.TEXT_CLASSIFICATION, new Value.Text("Good")));
        // [CLS] good [SEP]: logits 0 and 5/3, of which the softmax is 1 / (1 + e^(-5/3)).
        assertThat(labels.scores().getFirst().label()).isEqualTo("positive");
        assertThat(labels.scores().getFirst().score()).isCloseTo(1 / (1 + Math.exp(-5 / 3.0)), within(1e-6));
    }

    @Test
    void textClassification_overABatch_givesEachTextItsOwn() throws IOException {
        models.tokenizer().labels("negative", "positive").write("model.onnx", TinyModels.textClassifier(2, SENTIMENT));
        try (Expert expert = load(Task.TEXT_CLASSIFICATION)) {
            Expert.Prepared good = expert.prepare(Inputs.of(Task.TEXT_CLASSIFICATION, new Value.Text("good")));
            Expert.Prepared bad = expert.prepare(Inputs.of(Task.TEXT_CLASSIFICATION, new Value.Text("bad")));
            List<Expert.Result> results =
                    expert.run(List.of(good.pieces().getFirst(), bad.pieces().getFirst()));
            Value.Labels first = (Value.Labels) good.finish().apply(results.subList(0, 1));
            Value.Labels second = (Value.Labels) bad.finish().apply(results.subList(1, 2));
            assertThat(first.scores().getFirst().label()).isEqualTo("positive");
            assertThat(second.scores().getFirst().label()).isEqualTo("negative");
        }
    }

    @Test
    void tokenClassification_joinsTokensOfOneName_alsoBehindSurrogates() throws IOException {
        float[] table = TinyModels.table(
                4,
                Map.of(
                        "anna", new float[] {0, 9, 0, 0},
                        "smith", new float[] {0, 0, 9, 0},
                        "oslo", new float[] {0, 0, 0, 9},
                        "lives", new float[] {9, 0, 0, 0},
                        "in", new float[] {9, 0, 0, 0},
                        "[UNK]", new float[] {9, 0, 0, 0}));
        models.tokenizer()
                .labels("O", "B-PER", "I-PER", "B-LOC")
                .write("model.onnx", TinyModels.tokenClassifier(4, table));
        Value.Spans spans = (Value.Spans)
                apply(Inputs.of(Task.TOKEN_CLASSIFICATION, new Value.Text("\uD83D\uDE00 Anna Smith lives in Oslo")));
        assertThat(spans.spans()).extracting(Span::label).containsExactly("PER", "LOC");
        assertThat(spans.spans()).extracting(Span::text).containsExactly("Anna Smith", "Oslo");
        assertThat(spans.spans().getFirst().extent()).isEqualTo(new Span.Characters(3, 13));
        // Softmax of one 9 among zeros.
        assertThat(spans.spans().getFirst().score()).isCloseTo(1 / (1 + 3 * Math.exp(-9)), within(1e-6));
    }

    @Test
    void questionAnswering_findsThePassage_inTheContextOnly() throws IOException {
        float[] table = TinyModels.table(1, Map.of("friday", new float[] {9}, "when", new float[] {20}));
        models.tokenizer().write("model.onnx", TinyModels.questionAnswerer(table, table));
        Value.Spans spans = (Value.Spans) apply(Inputs.of(
                Task.QUESTION_ANSWERING,
                Map.of(
                        "question", List.of(new Value.Text("When is it due?")),
                        "context", List.of(new Value.Text("It is due on Friday")))));
        assertThat(spans.spans().getFirst().text()).isEqualTo("Friday");
        assertThat(spans.spans().getFirst().extent()).isEqualTo(new Span.Characters(13, 19));
        assertThat(spans.spans().getFirst().score()).isGreaterThan(0.9);
    }

    @Test
    void objectDetection_givesLabelsAndAreas_inThePicturesPixels() throws IOException {
        // Two queries over two classes and "nothing": the brighter the picture, the surer of the second class.
        byte[] model = TinyModels.objectDetector(
                2, 3, new float[] {0, 9, 0, 0, 0, 9}, new float[] {0.5f, 0.5f, 0.5f, 0.2f, 0.9f, 0.5f, 0.4f, 0.4f});
        models.labels("cat", "dog")
                .write("preprocessor_config.json", "{\"size\":{\"height\":8,\"width\":8},\"do_normalize\":false}")
                .write("model.onnx", model);
        int[] white = new int[200 * 100];
        Arrays.fill(white, 0xFFFFFF);
        Value.Spans found =
                (Value.Spans) apply(Inputs.of(Task.OBJECT_DETECTION, new Value.Image("w.png", 200, 100, white)));
        assertThat(found.spans()).hasSize(1);
        assertThat(found.spans().getFirst().label()).isEqualTo("dog");
        assertThat(((Span.Area) found.spans().getFirst().extent()).topLeft().x())
                .isCloseTo(50, within(1e-3));
        assertThat(((Span.Area) found.spans().getFirst().extent()).bottomRight().y())
                .isCloseTo(60, within(1e-3));
        Value.Spans none = (Value.Spans)
                apply(Inputs.of(Task.OBJECT_DETECTION, new Value.Image("b.png", 200, 100, new int[200 * 100])));
        assertThat(none.spans()).isEmpty();
    }

    @Test
    void speechRecognition_leavesOutRepetitionsAndBlanks() throws IOException {
        models.write("vocab.json", "{\"<pad>\":0,\"a\":1,\"b\":2,\"|\":3}")
                .write("preprocessor_config.json", "{\"do_normalize\":false}")
                .write("model.onnx", TinyModels.speechRecognizer(0, 1, -1, -0.5f));
        float[] samples = {1, 1, 0, 1, -1, -1, 0, 1};
        Value.Text text = (Value.Text)
                apply(Inputs.of(Task.AUTOMATIC_SPEECH_RECOGNITION, new Value.Audio("a.wav", 16_000, samples)));
        assertThat(text.text()).isEqualTo("aaba");
    }

    @Test
    void labelsThatAreMissing_orTooFew_areNamed() throws IOException {
        models.tokenizer().write("model.onnx", TinyModels.textClassifier(2, SENTIMENT));
        assertUnavailable(Task.TEXT_CLASSIFICATION, "config.json: no id2label (expected: id2label with a name");
        models.labels("only");
        assertUnavailable(
                Task.TEXT_CLASSIFICATION,
                "config.json: id2label has 1 names (expected: 2, as many as the model has outputs)");
    }

    @Test
    void aTokenizerOfAnotherModel_isNamed() throws IOException {
        models.tokenizer()
                .write("config.json", "{\"id2label\":{\"0\":\"n\",\"1\":\"p\"},\"vocab_size\":3}")
                .write("model.onnx", TinyModels.textClassifier(2, SENTIMENT));
        try (Expert expert = load(Task.TEXT_CLASSIFICATION)) {
            assertThatThrownBy(() -> expert.prepare(Inputs.of(Task.TEXT_CLASSIFICATION, new Value.Text("good"))))
                    .hasMessageContaining("tokenizer.json: gives the token 3 (expected: less than the vocab_size of 3")
                    .isInstanceOfSatisfying(
                            TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE));
        }
    }

    @Test
    void aTokenizerThatIsMissing_orNone_isNamed() throws IOException {
        models.labels("n", "p").write("model.onnx", TinyModels.textClassifier(2, SENTIMENT));
        assertUnavailable(Task.TEXT_CLASSIFICATION, "tokenizer.json: missing (expected: the file)");
        models.write("tokenizer.json", "{}");
        assertUnavailable(Task.TEXT_CLASSIFICATION, "tokenizer.json: no tokenizer");
    }

    @Test
    void aConfigurationThatIsNoJson_isNamed() throws IOException {
        models.tokenizer().write("config.json", "{").write("model.onnx", TinyModels.textClassifier(2, SENTIMENT));
        assertUnavailable(Task.TEXT_CLASSIFICATION, "config.json: no JSON");
    }

    @Test
    void aModelOfAnotherTask_isNamed() throws IOException {
        models.tokenizer().labels("n", "p").write("model.onnx", TinyModels.textClassifier(2, SENTIMENT));
        assertUnavailable(Task.QUESTION_ANSWERING, "start_logits and end_logits: a model of question-answering");
        assertUnavailable(Task.TOKEN_CLASSIFICATION, "logits of 3 dimensions: a model of this task");
        assertUnavailable(Task.VOICE_ACTIVITY_DETECTION, "as Silero's sequence export has");
        assertUnavailable(Task.IMAGE_CLASSIFICATION, "one, as models of pictures have");
    }

    private void assertUnavailable(Task task, String message) {
        assertThatThrownBy(() -> load(task))
                .hasMessageContaining(message)
                .hasMessageContaining(folder.toString())
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
                    assertThat(e.hint()).isNotNull();
                });
    }
}
