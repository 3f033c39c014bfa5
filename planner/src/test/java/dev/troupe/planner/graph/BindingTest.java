package dev.troupe.planner.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.planner.draft.TaskPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class BindingTest {
    private static final TaskPlan CHAIN = TaskPlan.chain(List.of("image-to-text", "question-answering"));

    @Test
    void chain_withOneFile_isBound() {
        TaskGraph graph = Binding.of(CHAIN, Scopes.of(Scopes.RECEIPT), "What is the total?")
                .orElseThrow();
        assertThat(graph.told()).isEqualTo("t1 image-to-text, t2 question-answering");
        assertThat(graph.tasks().get(1).inputs().get("question")).containsExactly("What is the total?");
        assertThat(graph.tasks().get(1).inputs().get("context")).containsExactly("t1");
        assertThat(PlanReader.read(graph.json(), Scopes.of(Scopes.RECEIPT))).isEqualTo(new PlanReader.Plan(graph));
    }

    @Test
    void twoFiles_orOneTooMany_areLeftToAModel() {
        assertThat(Binding.of(CHAIN, Scopes.of(Scopes.RECEIPT, Scopes.OTHER), "Which is dearer?"))
                .isEmpty();
        assertThat(Binding.of(CHAIN, Scopes.of(Scopes.RECEIPT, Scopes.CALL), "What is the total?"))
                .isEmpty();
    }

    @Test
    void attachedFiles_comeBeforeTheTeams() {
        TaskGraph graph = Binding.of(CHAIN, Scopes.of(Scopes.RECEIPT, Scopes.SCANS), "What is the total?")
                .orElseThrow();
        assertThat(graph.tasks().getFirst().inputs().get("image")).containsExactly("receipt.png");
        TaskGraph each = Binding.of(
                        TaskPlan.chain(List.of("image-to-text")), Scopes.of(Scopes.SCANS), "Read all scans.")
                .orElseThrow();
        assertThat(each.tasks().getFirst().each()).isEqualTo("image");
    }

    @Test
    void whatNeedsWords_orOneSourceTwice_isLeftToAModel() {
        assertThat(Binding.of(
                        TaskPlan.chain(List.of("image-to-text", "zero-shot-classification")),
                        Scopes.of(Scopes.RECEIPT),
                        "Is it an invoice or a letter?"))
                .isEmpty();
        assertThat(Binding.of(
                        TaskPlan.chain(List.of("image-to-text", "sentence-similarity")),
                        Scopes.of(Scopes.RECEIPT),
                        "Is it alike?"))
                .isEmpty();
    }
}
