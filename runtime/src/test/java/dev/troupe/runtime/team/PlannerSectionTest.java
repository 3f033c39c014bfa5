package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.stages.StagesPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerSectionTest {
    static final String TEAM = """
            team: t
            models:
              small: { provider: local, model: smollm2-135m, temperature: 0, seed: 7 }
              large: { provider: openai, model: gpt-5-mini, key: "${LARGE_KEY:-}" }
            experts:
              reader: { task: image-to-text, model: pp-ocrv4 }
            agents:
              desk:
                kind: planner
                model: small
                uses: [reader, writer, reviewer]
                show: 3
                licences: [Apache-2.0]
              writer: { kind: chat, model: small, instructions: You write. }
              reviewer: { kind: chat, model: large }
            entry: desk
            """;

    @TempDir
    Path temporary;

    private TeamFolderFixture team;

    @BeforeEach
    void folder() throws IOException {
        team = new TeamFolderFixture(temporary);
    }

    @Test
    void planner_usesExpertsAndAgents_thatAreThere() {
        TeamFile file = team.valid(TEAM, Map.of());
        PlannerSettings desk = (PlannerSettings) file.entryAgent();
        assertThat(desk.uses()).containsExactly("reader", "writer");
        assertThat(desk.show()).isEqualTo(3);
        assertThat(file.notices()).contains("agents.desk.uses[2]: desk does without reviewer, which is left out");
        StagesPlan plan = (StagesPlan) AgentPlans.of(file, desk, Map.of(), Map.of(), null);
        assertThat(plan.candidates()).extracting(Candidate::name).containsExactly("reader", "writer");
        assertThat(plan.candidates().getFirst().licence()).isEqualTo("Apache-2.0");
        assertThat(plan.candidates().getLast().capabilities()).contains("question-answering", "text-generation");
    }

    @Test
    void badPlanners_areTold() {
        assertThat(team.problems(TEAM.replace("[reader, writer, reviewer]", "[raeder, desk, reader, reader]")))
                .containsExactly(
                        "11:12  agents.desk.uses[0]: unknown \"raeder\" (did you mean reader? expected: reader or writer)",
                        "11:20  agents.desk.uses[1]: \"desk\" is a planner (expected: an expert, an assistant or a chat agent)",
                        "11:34  agents.desk.uses[3]: \"reader\" again (expected: each once)");
        assertThat(team.problems(TEAM.replace("[reader, writer, reviewer]", "[]")))
                .containsExactly(
                        "11:11  agents.desk.uses: nobody to do anything (expected: at least one expert or agent)");
    }

    @Test
    void plansThatCannotBeCarriedOut_areToldWithTheirLine() throws IOException {
        Files.writeString(temporary.resolve("plans.jsonl"), """
                {"request": "Read a.png.", "files": {"a.png": "image"}, "plan": {"do": "tasks", "tasks": [{"id": "t1", "task": "image-to-text", "image": "a.png"}]}}
                {"request": "Read b.png.", "files": {"a.png": "image"}, "plan": {"do": "tasks", "tasks": [{"id": "t1", "task": "image-to-text", "image": "b.png"}]}}
                """);
        assertThat(team.problems(TEAM.replace("show: 3", "plans: plans.jsonl")))
                .singleElement()
                .asString()
                .contains(
                        "\"plans.jsonl\", line 2: t1.image: b.png (expected: image, one of a.png, or the id of a task)");
    }

    @Test
    void agentsAndPlanners_thatUseEachOther_areACircle() {
        assertThat(team.problems(
                        TEAM.replace("instructions: You write. }", "instructions: You write., uses: [desk] }")))
                .singleElement()
                .asString()
                .contains("a circle: writer → desk → writer (expected: agents that do not come back to themselves)");
    }
}
