package dev.troupe.planner.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.Money;
import dev.troupe.models.onnx.Device;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final Candidate MINILM = expert("minilm", "Apache-2.0");
    private static final Candidate BGE = expert("bge", "MIT");
    private static final Candidate WRITER =
            new Candidate("writer", true, List.of("sentence-similarity"), "writes", null, null);
    private static final List<Candidate> ALL = List.of(MINILM, BGE, WRITER);

    private static Candidate expert(String name, String licence) {
        return new Candidate(name, false, List.of("sentence-similarity"), "", licence, Device.Wish.AUTO);
    }

    private static Standing standing(long answered, long failed, long right, long wrong, long millis, String cost) {
        return new Standing(null, answered, failed, right, wrong, Duration.ofMillis(millis), Money.parse(cost));
    }

    private static List<String> ranked(Map<String, Standing> standings) {
        return select(standings, Requirements.NONE, Set.of(), "1").ranked().stream()
                .map(Candidate::name)
                .toList();
    }

    private static Selection select(
            Map<String, Standing> standings, Requirements requirements, Set<String> excluded, String money) {
        return Selection.of(Scopes.COMPARE, ALL, standings, requirements, excluded, Money.parse(money));
    }

    @Test
    void unknownOnes_keepTheFilesOrder() {
        assertThat(ranked(Map.of())).containsExactly("minilm", "bge", "writer");
    }

    @Test
    void degradingOne_changesTheChoice() {
        Standing good = standing(100, 0, 5, 0, 10, "0");
        assertThat(ranked(Map.of("minilm", good, "bge", good)).getFirst()).isEqualTo("minilm");
        assertThat(ranked(Map.of("minilm", standing(100, 60, 5, 0, 10, "0"), "bge", good))
                        .getFirst())
                .isEqualTo("bge");
        assertThat(ranked(Map.of("minilm", standing(100, 0, 1, 4, 10, "0"), "bge", good))
                        .getFirst())
                .isEqualTo("bge");
        assertThat(ranked(Map.of("minilm", standing(100, 0, 5, 0, 900, "0"), "bge", good))
                        .getFirst())
                .isEqualTo("bge");
        assertThat(ranked(Map.of("minilm", standing(100, 0, 5, 0, 10, "0.02"), "bge", good))
                        .getFirst())
                .isEqualTo("bge");
    }

    /** 0.9 * 1 - 0.02 * log2(1 + 350 / 50) - 0.01 / 0.10 = 0.9 - 0.06 - 0.1, with 5 of 5 found right: (5 + 4) / (5 + 5). */
    @Test
    void score_isTheFormula() {
        assertThat(Selection.score(standing(50, 0, 5, 0, 350, "0.01")))
                .isCloseTo(0.74, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void whoMayNotOrCannot_isLeftOutWithTheReason() {
        Standing down = new Standing("is down: model.onnx is cut off", 0, 0, 0, 0, Duration.ZERO, Money.ZERO);
        Selection selection = select(
                Map.of("bge", down, "writer", standing(1, 0, 0, 0, 1, "0.50")), Requirements.NONE, Set.of(), "0.20");
        assertThat(selection.ranked()).containsExactly(MINILM);
        assertThat(selection.leftOut())
                .containsEntry("bge", "is down: model.onnx is cut off")
                .containsEntry("writer", "it costs about $0.5000, and $0.2000 are left");
        Selection strict =
                select(Map.of(), new Requirements(Set.of("MIT"), Set.of(Device.Wish.CPU)), Set.of("writer"), "1");
        assertThat(strict.ranked()).isEmpty();
        assertThat(strict.leftOut())
                .containsEntry("minilm", "its licence is Apache-2.0")
                .containsEntry("bge", "its device is auto")
                .containsEntry("writer", "was tried in vain");
    }
}
