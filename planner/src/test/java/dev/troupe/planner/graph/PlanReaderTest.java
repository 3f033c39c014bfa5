package dev.troupe.planner.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReaderTest {
    private static final String READ = "{\"id\": \"t1\", \"task\": \"image-to-text\", \"image\": \"receipt.png\"}";

    private static PlanReader.Reading read(String tasks, Resource... resources) {
        return PlanReader.read("{\"do\": \"tasks\", \"tasks\": [" + tasks + "]}", Scopes.of(resources));
    }

    private static List<String> problems(String tasks, Resource... resources) {
        return ((PlanReader.Invalid) read(tasks, resources)).problems();
    }

    @Test
    void plan_ofAChain_isPutInOrder() {
        String answer = "{\"id\": \"t2\", \"task\": \"question-answering\", \"question\": \"What is the total?\","
                + " \"context\": \"t1\"}";
        TaskGraph graph = Scopes.graph(answer + "," + READ, Scopes.RECEIPT);
        assertThat(graph.tasks()).extracting(PlannedTask::id).containsExactly("t1", "t2");
        assertThat(graph.tasks().get(1).after()).containsExactly("t1");
        assertThat(graph.tasks().get(1).inputs())
                .isEqualTo(Map.of("question", List.of("What is the total?"), "context", List.of("t1")));
        assertThat(graph.last()).extracting(PlannedTask::id).containsExactly("t2");
        assertThat(PlanReader.read(graph.json(), Scopes.of(Scopes.RECEIPT))).isEqualTo(new PlanReader.Plan(graph));
    }

    @Test
    void task_givenAList_isDoneForEach() {
        TaskGraph graph = Scopes.graph(
                READ + ", {\"id\": \"t2\", \"task\": \"image-to-text\", \"image\": \"scans\"},"
                        + "{\"id\": \"t3\", \"task\": \"sentence-similarity\", \"text\": \"t1\", \"sentences\": [\"t2\"]}",
                Scopes.RECEIPT,
                Scopes.SCANS);
        assertThat(graph.tasks().get(1).each()).isEqualTo("image");
        assertThat(graph.tasks().get(1).result().many()).isTrue();
        assertThat(graph.tasks().get(2).each()).isNull();
    }

    @Test
    void sameTaskTwice_isDoneOnce() {
        TaskGraph graph = Scopes.graph(
                READ + "," + READ.replace("t1", "t2")
                        + ", {\"id\": \"t3\", \"task\": \"question-answering\", \"question\": \"Who?\", \"context\": \"t2\"}",
                Scopes.RECEIPT);
        assertThat(graph.tasks()).extracting(PlannedTask::id).containsExactly("t1", "t3");
        assertThat(graph.tasks().get(1).after()).containsExactly("t1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"id\": \"t1\", \"task\": \"image-to-txt\", \"image\": \"receipt.png\"} | t1.task: image-to-txt (expected: one of",
                "{\"id\": \"t1\", \"task\": \"image-to-text\", \"image\": \"scan.png\"} | t1.image: scan.png (expected: image, one of receipt.png, or",
                "{\"id\": \"t1\", \"task\": \"image-to-text\", \"image\": \"call.wav\"} | t1.image: call.wav (expected: image; call.wav is audio)",
                "{\"id\": \"t1\", \"task\": \"image-to-text\", \"image\": \"t7\"} | t1.image: t7 (expected: a task of the plan)",
                "{\"id\": \"t1\", \"task\": \"image-to-text\", \"image\": \"t1\"} | tasks t1 wait for each other (expected: no cycle)",
                "{\"id\": \"t1\", \"task\": \"image-to-text\"} | t1.image: missing (expected: image)",
                "{\"id\": \"t1\", \"task\": \"image-to-text\", \"image\": [\"receipt.png\", \"other.png\"]} | t1.image: 2 values (expected: one; use a task for each)",
                "{\"id\": \"first\", \"task\": \"image-to-text\", \"image\": \"receipt.png\"} | task 1, id: first (expected: a new one, such as t1)",
                "{\"id\": \"t1\", \"task\": \"image-to-text\", \"image\": \"receipt.png\", \"lang\": \"en\"} | t1.lang: unknown (expected: image)",
                "{\"id\": \"t1\", \"task\": \"image-to-text\", \"image\": 7} | t1.image: 7 (expected: a name of image)",
                "{\"id\": \"t1\", \"task\": \"question-answering\", \"question\": \"Who?\", \"context\": \"made-up.txt\"} | t1.context: made-up.txt (expected: text, one of the id of a task)",
                "~~ | tasks: 0 (expected: 1 to 8)",
            })
    void badPlans_areToldPrecisely(String tasks, String problem) {
        assertThat(problems(tasks, Scopes.RECEIPT, Scopes.OTHER, Scopes.CALL).getFirst())
                .startsWith(problem.replace("receipt.png, or", "receipt.png, other.png, or"));
    }

    @Test
    void resultOfTheWrongType_isTold() {
        String listen = "{\"id\": \"t1\", \"task\": \"voice-activity-detection\", \"audio\": \"call.wav\"}";
        String ask =
                ", {\"id\": \"t2\", \"task\": \"question-answering\", \"question\": \"Who?\", \"context\": \"t1\"}";
        assertThat(problems(listen + ask, Scopes.CALL)).containsExactly("t2.context: t1 (expected: text; t1 is spans)");
    }

    @Test
    void cycles_areTold() {
        String one = "{\"id\": \"t1\", \"task\": \"question-answering\", \"question\": \"A?\", \"context\": \"t2\"}";
        assertThat(problems(
                        one + "," + one.replace("t2", "t3").replace("t1", "t2").replace("t3", "t1")))
                .containsExactly("tasks t1, t2 wait for each other (expected: no cycle)");
    }

    @Test
    void moreTasksThanAllowed_areRefused() {
        String tasks = String.join(",", java.util.Collections.nCopies(9, READ));
        assertThat(problems(tasks, Scopes.RECEIPT)).containsExactly("tasks: 9 (expected: 1 to 8)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "I cannot do that.",
                "{\"do\": \"tasks\", \"tasks\": [",
                "[]",
                "null",
                "{}",
                "{\"do\": 3}"
            })
    void whatIsNoPlan_isTold(String reply) {
        assertThat(PlanReader.read(reply, Scopes.of(Scopes.RECEIPT))).isInstanceOf(PlanReader.Invalid.class);
    }

    @Test
    void talkAndRefusal_haveNoTasks() {
        assertThat(PlanReader.read("{\"do\": \"talk\", \"tasks\": []}", Scopes.of()))
                .isEqualTo(new PlanReader.Talk());
        assertThat(PlanReader.read("```json\n{\"do\": \"refuse\", \"tasks\": []}\n```", Scopes.of()))
                .isEqualTo(new PlanReader.Refusal());
        assertThat(PlanReader.read("{\"do\": \"talk\", \"tasks\": [" + READ + "]}", Scopes.of(Scopes.RECEIPT)))
                .isInstanceOf(PlanReader.Invalid.class);
    }

    /** Whatever a model writes, it is a plan or it is told why not. */
    @Test
    void mutilatedPlans_neverCrash() {
        String whole = Scopes.graph(
                        READ + ", {\"id\": \"t2\", \"task\": \"zero-shot-classification\", \"text\": \"t1\","
                                + " \"labels\": [\"praise\", \"complaint\"]}",
                        Scopes.RECEIPT)
                .json();
        SplittableRandom random = new SplittableRandom(20261125);
        List<PlanReader.Reading> readings = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(whole);
            for (int j = random.nextInt(1, 4); j > 0; j--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "{}[]\",:t1".charAt(random.nextInt(9)));
                    default -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
                }
            }
            readings.add(PlanReader.read(text.toString(), Scopes.of(Scopes.RECEIPT)));
        }
        assertThat(readings).hasSize(2_000).doesNotContainNull();
    }
}
