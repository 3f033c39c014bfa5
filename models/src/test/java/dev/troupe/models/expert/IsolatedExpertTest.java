package dev.troupe.models.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.isolated.IsolatedExpert;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Span;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models from outside the catalogue, in processes that may die. */
@Timeout(60)
class IsolatedExpertTest {
    private static final float[] SENTIMENT =
            TinyModels.table(2, Map.of("good", new float[] {0, 5}, "bad", new float[] {5, 0}));

    @TempDir
    Path folder;

    private TinyModels models;

    @BeforeEach
    void folder() {
        models = new TinyModels(folder);
    }

    private Expert open(Task task) {
        return Reference.EXPERTS.open(
                task, folder.toString(), Device.Wish.CPU, CallContext.standalone(Duration.ofMinutes(1)));
    }

    @Test
    void aModelOfTheUsers_runsInAProcessOfItsOwn_whichEndsWithIt() throws Exception {
        models.tokenizer().labels("negative", "positive").write("model.onnx", TinyModels.textClassifier(2, SENTIMENT));
        ProcessHandle process;
        try (Expert expert = open(Task.TEXT_CLASSIFICATION)) {
            assertThat(expert).isInstanceOf(IsolatedExpert.class);
            process = ((IsolatedExpert) expert).process();
            assertThat(process.isAlive()).isTrue();
            assertThat(expert.placement()).endsWith("in a process of its own");
            Value.Labels labels =
                    (Value.Labels) expert.apply(Inputs.of(Task.TEXT_CLASSIFICATION, new Value.Text("good")));
            assertThat(labels.scores().getFirst().label()).isEqualTo("positive");
        }
        process.onExit().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aBatch_isAnsweredOneByOne_failuresTheirOwn() throws IOException {
        models.tokenizer()
                .write("config.json", "{\"id2label\":{\"0\":\"n\",\"1\":\"p\"},\"vocab_size\":5}")
                .write("model.onnx", TinyModels.textClassifier(2, SENTIMENT));
        try (Expert expert = open(Task.TEXT_CLASSIFICATION)) {
            List<Expert.Prepared> requests =
                    List.of(prepared(expert, "good"), prepared(expert, "oslo"), prepared(expert, "bad"));
            List<Expert.Result> results = expert.run(
                    requests.stream().map(each -> each.pieces().getFirst()).toList());
            assertThat(((Value.Labels) requests.getFirst().finish().apply(results.subList(0, 1)))
                            .scores()
                            .getFirst()
                            .label())
                    .isEqualTo("p");
            // Its number is beyond the vocabulary that the configuration allows.
            assertThatThrownBy(() -> requests.get(1).finish().apply(results.subList(1, 2)))
                    .hasMessageContaining("vocab_size");
            assertThat(((Value.Labels) requests.get(2).finish().apply(results.subList(2, 3)))
                            .scores()
                            .getFirst()
                            .label())
                    .isEqualTo("n");
        }
    }

    private static Expert.Prepared prepared(Expert expert, String text) {
        return expert.prepare(Inputs.of(Task.TEXT_CLASSIFICATION, new Value.Text(text)));
    }

    @Test
    void picturesAndAreas_goOverTheWire() throws IOException {
        byte[] model = TinyModels.objectDetector(1, 2, new float[] {9, 0}, new float[] {0.5f, 0.5f, 0.5f, 0.2f});
        models.labels("dog")
                .write("preprocessor_config.json", "{\"size\":{\"height\":8,\"width\":8},\"do_normalize\":false}")
                .write("model.onnx", model);
        int[] white = new int[200 * 100];
        Arrays.fill(white, 0xFFFFFF);
        try (Expert expert = open(Task.OBJECT_DETECTION)) {
            Value.Spans found = (Value.Spans)
                    expert.apply(Inputs.of(Task.OBJECT_DETECTION, new Value.Image("w.png", 200, 100, white)));
            assertThat(found.spans().getFirst().label()).isEqualTo("dog");
            assertThat(((Span.Area) found.spans().getFirst().extent()).topLeft().y())
                    .isCloseTo(40, within(1e-3));
        }
    }

    @Test
    void whenTheProcessIsKilled_theRunFails_andAnotherOneWorks() throws Exception {
        models.tokenizer().labels("negative", "positive").write("model.onnx", TinyModels.textClassifier(2, SENTIMENT));
        Inputs inputs = Inputs.of(Task.TEXT_CLASSIFICATION, new Value.Text("good"));
        try (Expert expert = open(Task.TEXT_CLASSIFICATION)) {
            ProcessHandle process = ((IsolatedExpert) expert).process();
            process.destroyForcibly();
            process.onExit().get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> expert.apply(inputs))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("its process has died with exit code 137");
        }
        try (Expert expert = open(Task.TEXT_CLASSIFICATION)) {
            assertThat(expert.apply(inputs)).isInstanceOf(Value.Labels.class);
        }
    }

    @Test
    void aModelOfTheCatalogue_mayRunInAProcessOfItsOwn() {
        try (Expert expert = Reference.EXPERTS.openIsolated(
                Task.FEATURE_EXTRACTION, "minilm", Device.Wish.CPU, CallContext.standalone(Duration.ofMinutes(1)))) {
            Value.Vector vector = (Value.Vector)
                    expert.apply(Inputs.of(Task.FEATURE_EXTRACTION, new Value.Text("The invoice is due on Friday.")));
            assertThat(vector.values()).hasSize(384);
            assertThat(expert.device()).isEqualTo(Device.CPU);
        }
    }

    @Test
    void aProcessThatNeverAnswers_isEndedWhenItsTimeIsUp() {
        assertThatThrownBy(() -> IsolatedExpert.start(
                        Task.TEXT_CLASSIFICATION,
                        "slow",
                        NeverAnswers.class,
                        List.of(),
                        System.getenv(),
                        CallContext.standalone(Duration.ofMillis(300))))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    }

    /** What that process runs. */
    static final class NeverAnswers {
        private NeverAnswers() {}

        public static void main(String[] arguments) throws IOException {
            System.out.write(System.in.readAllBytes());
        }
    }

    @Test
    void aModelThatCannotBeLoaded_isNamedAsInThisProcess() throws IOException {
        models.tokenizer().labels("n", "p").write("model.onnx", new byte[100]);
        assertThatThrownBy(() -> open(Task.TEXT_CLASSIFICATION))
                .hasMessageContaining(folder.resolve("model.onnx").toString())
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE));
    }
}
