package dev.troupe.planner.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** On 400 requests of UltraTool, words alone, and on a team of four tools. */
class DrafterTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final ToolGraph NEWSROOM = ToolGraph.typed(List.of(
            tool("reader", "reads the text of a picture", "image", "text"),
            tool("listener", "writes down what is said in a recording", "audio", "text"),
            tool("similarity", "tells how alike two texts are", "text", "score"),
            tool("classifier", "sorts a text by its topic", "text", "labels")));

    @Test
    void draft_sliceOfUltraTool_agreesAsMeasured() throws IOException {
        List<Solved> asked = solved("asked.jsonl");
        Drafter drafter = Drafter.of(ultratool(), solved("learned.jsonl"));
        double nodes = 0;
        double links = 0;
        int shown = 0;
        for (Solved one : asked) {
            Draft draft = drafter.draft(one.request());
            nodes += draft.plan().nodeF1(one.plan());
            links += draft.plan().linkF1(one.plan());
            shown += new HashSet<>(draft.shown(10)).containsAll(one.plan().tools()) ? 1 : 0;
        }
        assertThat(nodes / asked.size()).isGreaterThan(0.68);
        assertThat(links / asked.size()).isGreaterThan(0.35);
        assertThat(shown).isGreaterThan(65);
    }

    @Test
    void add_oneByOne_asIfLearnedAtOnceBeforeItsWordsAre() throws IOException {
        List<Solved> solved = solved("learned.jsonl").subList(0, 120);
        Drafter grown = Drafter.of(ultratool(), solved.subList(0, 100));
        solved.subList(100, 120).forEach(grown::add);
        assertThat(grown.size()).isEqualTo(120);
        Draft relearned = grown.relearned().draft(solved.get(110).request());
        Draft atOnce = Drafter.of(ultratool(), solved).draft(solved.get(110).request());
        assertThat(relearned).isEqualTo(atOnce);
        // The very request was learned, so its plan is what comes out.
        assertThat(grown.draft(solved.get(110).request())
                        .plan()
                        .nodeF1(solved.get(110).plan()))
                .isEqualTo(1);
    }

    @Test
    void best_chainThatNobodySolved_foundInTheGraph() {
        SolvedPlans plans = new SolvedPlans(NEWSROOM);
        plans.add(TaskPlan.chain(List.of("reader")));
        plans.add(TaskPlan.chain(List.of("listener", "classifier")));
        float[] weights = {0.1f, 0.2f};
        double[] probabilities = {0.9, 0.1, 0.05, 0.8};
        assertThat(PlanSearch.best(NEWSROOM, plans, weights, probabilities)
                        .getFirst()
                        .plan())
                .isEqualTo(TaskPlan.chain(List.of("reader", "classifier")));
    }

    @Test
    void draft_sevenSolved_nearestPlan() {
        Drafter drafter = Drafter.of(
                NEWSROOM,
                List.of(
                        solved("Read the text in receipt.png", "reader"),
                        solved("What does the picture scan.png say?", "reader"),
                        solved("Write down what is said in talk.wav", "listener"),
                        solved("Write down call.wav and sort it by topic", "listener", "classifier"),
                        solved("Write down memo.wav and sort it by topic", "listener", "classifier"),
                        solved("Which topic has the text note.txt?", "classifier"),
                        solved("How alike are the texts a.txt and b.txt?", "similarity")));
        Draft draft = drafter.draft(Embedded.words("Write down lecture.wav and sort it by topic, please"));
        assertThat(draft.plan()).isEqualTo(TaskPlan.chain(List.of("listener", "classifier")));
        assertThat(draft.confidence()).isBetween(0.0, 1.0);
    }

    @Test
    void draft_nothingLearned_aPlanThatNobodyIsSureOf() {
        Draft draft = Drafter.of(NEWSROOM, List.of()).draft(Embedded.words("Read the text of this picture"));
        assertThat(draft.plan().tools()).hasSize(1);
        assertThat(draft.shown(2)).hasSize(2).contains("reader");
        assertThat(draft.confidence()).isZero();
    }

    @Test
    void draft_sameSolvedRequests_sameDraft() throws IOException {
        List<Solved> solved = solved("learned.jsonl").subList(0, 60);
        Embedded request = solved("asked.jsonl").getFirst().request();
        assertThat(Drafter.of(ultratool(), solved).draft(request))
                .isEqualTo(Drafter.of(ultratool(), solved).draft(request));
    }

    @Test
    void add_toolThatTheGraphHasNot_named() {
        Drafter drafter = Drafter.of(NEWSROOM, List.of());
        assertThatThrownBy(() -> drafter.add(solved("Paint it", "painter")))
                .isInstanceOf(TroupeException.class)
                .hasMessage("tool: painter (expected: one of the 4 of the graph)");
        assertThat(drafter.size()).isZero();
        drafter.add(solved("Read it", "reader"));
        assertThat(drafter.isDue()).isTrue();
        assertThat(drafter.relearned().draft(Embedded.words("Read it")).plan().tools())
                .containsExactly("reader");
    }

    @Test
    void draft_vectorOfOtherWeights_refused() {
        Drafter drafter = Drafter.of(NEWSROOM, List.of());
        assertThatThrownBy(() -> drafter.draft(new Embedded("Read it", new float[] {1, 0})))
                .hasMessage("request.vector: 2 dimensions (expected: 0)");
    }

    @Test
    void nodeF1_toolTwice_asGnn4TaskPlanCounts() {
        TaskPlan right = TaskPlan.chain(List.of("set", "cancel", "set"));
        assertThat(TaskPlan.chain(List.of("set", "cancel")).nodeF1(right)).isCloseTo(0.8, within(1e-9));
        assertThat(TaskPlan.chain(List.of("set", "cancel")).linkF1(right)).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(TaskPlan.chain(List.of("set")).linkF1(right)).isZero();
    }

    private static Tool tool(String name, String description, String input, String output) {
        return new Tool(name, Embedded.words(description), List.of(input), List.of(output));
    }

    private static Solved solved(String request, String... tools) {
        return new Solved(Embedded.words(request), TaskPlan.chain(List.of(tools)));
    }

    private static List<Solved> solved(String file) throws IOException {
        List<Solved> solved = new ArrayList<>();
        for (String line : read(file).lines().toList()) {
            JsonNode object = MAPPER.readTree(line);
            List<String> tools = new ArrayList<>();
            object.path("task_nodes")
                    .forEach(node -> tools.add(node.path("task").textValue()));
            solved.add(new Solved(
                    Embedded.words(object.path("user_request").textValue()),
                    new TaskPlan(tools, links(object.path("task_links")))));
        }
        return solved;
    }

    private static ToolGraph ultratool() throws IOException {
        List<Tool> tools = new ArrayList<>();
        MAPPER.readTree(read("tool_desc.json"))
                .path("nodes")
                .forEach(node -> tools.add(new Tool(
                        node.path("id").textValue(),
                        Embedded.words(node.path("desc").textValue()))));
        return ToolGraph.of(
                tools, links(MAPPER.readTree(read("graph_desc.json")).path("links")));
    }

    private static List<Link> links(JsonNode list) {
        List<Link> links = new ArrayList<>();
        list.forEach(link -> links.add(
                new Link(link.path("source").textValue(), link.path("target").textValue())));
        return links;
    }

    private static String read(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(DrafterTest.class.getResourceAsStream("ultratool/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
