package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Samples;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept, and what is found. */
class DemonstrationLibraryTest extends DemonstrationFixture {
    @Test
    void learn_solvedTask_isFoundAtOnceWithAllThatIsKnownOfIt() {
        Demonstration learned = library.learn(
                        Samples.task("t-1", HIGHEST, "print('ANSWER:', \"North\", 2025)", "North", Judge.NONE))
                .orElseThrow();

        assertThat(learned)
                .isEqualTo(new Demonstration(
                        "d-1",
                        TENANT,
                        TEAM,
                        "t-1",
                        HIGHEST,
                        "python",
                        "print('ANSWER:', \"North\", 2025)",
                        List.of(
                                new Demonstration.Literal(6, 15, "ANSWER:"),
                                new Demonstration.Literal(17, 24, "North"),
                                new Demonstration.Literal(26, 30, "2025")),
                        "North",
                        "documented",
                        "small",
                        1204,
                        231,
                        Judge.NONE,
                        0,
                        0,
                        null,
                        null,
                        false));
        Match match = search(HIGHEST).getFirst();
        assertThat(match.demonstration()).isEqualTo(learned);
        assertThat(match.similarity()).isBetween(0.999, 1.0);
        assertThat(library.search(TENANT, TEAM, LOWEST, 3, 0.5)).hasSize(1);
        assertThat(library.search(TENANT, TEAM, LOWEST, 3, 0.99)).isEmpty();
        assertThat(library.search(TENANT, TEAM, HIGHEST, 0, 0)).isEmpty();
        // No word of it counts for the text field; the vector still finds something.
        assertThat(library.search(TENANT, TEAM, "the of a", 3, -1)).hasSize(1);
    }

    @Test
    void search_neverCrossesTenantsOrTeams() {
        learn("t-1", HIGHEST, "1", "North", Judge.RULE);
        assertThat(library.search("other", TEAM, HIGHEST, 10, -1)).isEmpty();
        assertThat(library.search(TENANT, "other", HIGHEST, 10, -1)).isEmpty();
        assertThat(library.find("other", "d-1")).isEmpty();
        assertThat(library.list("other", null, 10)).isEmpty();
        assertThatThrownBy(() -> library.reject("other", "d-1"))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void learn_withoutAProgramOrASolution_keepsNothing() {
        TaskRecord solved = Samples.task("t-1");
        assertThat(library.learn(Samples.task("t-1", HIGHEST, null, "North", Judge.RULE)))
                .isEmpty();
        assertThat(library.learn(withOutcome(solved, "unsolved"))).isEmpty();
        assertThat(library.list(TENANT, null, 10)).isEmpty();
    }

    @Test
    void learn_sameQuestionAgain_keepsTheBetterVerifiedProgramOrTheNewerOfEquals() {
        learn("t-1", HIGHEST, "first", "North", Judge.NONE);
        Demonstration newer = learn("t-2", "What region had the highest revenue in 2025", "second", "N", Judge.NONE);
        assertThat(newer.id()).isEqualTo("d-1");
        assertThat(newer.code()).isEqualTo("second");
        assertThat(learn("t-3", HIGHEST, "third", "North", Judge.RULE).code()).isEqualTo("third");
        assertThat(learn("t-4", HIGHEST, "fourth", "North", Judge.JUDGE).code()).isEqualTo("third");
        assertThat(library.list(TENANT, TEAM, 10)).hasSize(1);
    }

    @Test
    void learn_sameQuestionAgain_keepsTheCounters() {
        learn("t-1", HIGHEST, "first", "North", Judge.RULE);
        library.used(TENANT, "d-1", "t-2", true);
        library.used(TENANT, "d-1", "t-3", false);
        Demonstration merged = learn("t-4", HIGHEST, "second", "North", Judge.RULE);
        assertThat(merged.code()).isEqualTo("second");
        assertThat(merged.helped()).isEqualTo(1);
        assertThat(merged.misled()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which region had the highest revenue in 2024?",
                "Which region had the lowest revenue in 2025?",
                "Which region did not have the highest revenue in 2025?",
                "Which product had the highest revenue in 2025?",
            })
    void learn_questionThatDiffersInOneWord_isAnotherOne(String other) {
        learn("t-1", HIGHEST, "first", "North", Judge.NONE);
        assertThat(learn("t-2", other, "second", "South", Judge.NONE).id()).isEqualTo("d-2");
        assertThat(library.list(TENANT, TEAM, 10)).extracting(Demonstration::id).containsExactly("d-2", "d-1");
    }

    @Test
    void byHand_addVerifyAndReject_work() {
        Demonstration added = library.add(TENANT, TEAM, HIGHEST, "sh", "echo 'North'", "North");
        assertThat(added.verified()).isEqualTo(Judge.PERSON);
        assertThat(added.literals()).containsExactly(new Demonstration.Literal(5, 12, "North"));
        assertThat(library.reject(TENANT, "d-1")).containsExactly("d-1");
        assertThat(search(HIGHEST)).isEmpty();
        assertThat(library.verify(TENANT, "d-1").retired()).isFalse();
        assertThat(search(HIGHEST)).hasSize(1);
        assertThat(library.find(TENANT, "../d-1")).isEmpty();
        assertThatThrownBy(() -> library.verify(TENANT, "d-9"))
                .hasMessage("demonstration: d-9 (expected: the id of one that exists)");
    }

    @Test
    void anInterruptedCaller_doesNotHarmTheIndex() {
        learn("t-1", HIGHEST, "code", "North", Judge.NONE);
        Thread.currentThread().interrupt();
        try {
            library.learn(Samples.task("t-2", LOWEST, "code", "East", Judge.NONE));
        } catch (TroupeException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(search(HIGHEST)).isNotEmpty();
    }
}
