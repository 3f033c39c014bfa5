package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.knowledge.demonstration.DemonstrationLibrary.Judged;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Samples;
import dev.troupe.knowledge.journal.Stored;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a demonstration is trusted after it was shown, and after somebody judged it. */
class DemonstrationTrustTest extends DemonstrationFixture {
    @Test
    void used_movesTrustAndRetiresWhatMisleads() {
        learn("t-1", HIGHEST, "code", "North", Judge.NONE);
        // (1 + 0) / (2 + 0), then (1 + 1) / (2 + 1), then (1 + 1) / (2 + 2)
        assertThat(Trust.of(library.find(TENANT, "d-1").orElseThrow())).isEqualTo(0.5);
        assertThat(Trust.of(library.used(TENANT, "d-1", "t-2", true))).isEqualTo(2.0 / 3);
        assertThat(Trust.of(library.used(TENANT, "d-1", "t-3", false))).isEqualTo(0.5);
        for (int misled = 2; misled <= 4; misled++) {
            library.used(TENANT, "d-1", "u-" + misled, false);
        }
        // 2 / (3 + 4) = 0.29 is below 0.3.
        Demonstration retired = library.find(TENANT, "d-1").orElseThrow();
        assertThat(retired.retired()).isTrue();
        assertThat(search(HIGHEST)).isEmpty();
        // The same program is no news; another one is.
        assertThat(library.learn(Samples.task("t-9", HIGHEST, "code", "North", Judge.NONE)))
                .isEmpty();
        assertThat(learn("t-10", HIGHEST, "other code", "North", Judge.NONE).id())
                .isEqualTo("d-2");
    }

    @Test
    void used_saidTwiceOfOneTask_countsTheLastWord() {
        learn("t-1", HIGHEST, "code", "North", Judge.RULE);
        library.used(TENANT, "d-1", "t-2", true);
        library.used(TENANT, "d-1", "t-2", true);
        assertThat(library.find(TENANT, "d-1").orElseThrow().helped()).isEqualTo(1);
        Demonstration corrected = library.used(TENANT, "d-1", "t-2", false);
        assertThat(corrected.helped()).isZero();
        assertThat(corrected.misled()).isEqualTo(1);
    }

    @Test
    void end_ofATask_storesItWithWhatItLeavesBehindAndWhatHelped() {
        learn("t-1", HIGHEST, "code", "North", Judge.RULE);
        TaskRecord task = Samples.task("t-2", LOWEST, "code 2", "East", Judge.NONE);
        TaskRecord ended = library.end(task, "d-1", true);
        assertThat(ended).isEqualTo(task.withLearned("d-2"));
        assertThat(new Tasks(journal).find(TENANT, "t-2")).contains(ended);
        assertThat(library.find(TENANT, "d-1").orElseThrow().helped()).isEqualTo(1);
        assertThat(new Tasks(journal).uses("t-2")).containsExactly(new Entry.DemonstrationUsed("d-1", "t-2", true));
        // All of it is one group, after the entry of the first.
        assertThat(journal.entries(List.of(2L, 3L, 4L, 5L)).stream()
                        .map(Stored::at)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void end_ofATaskThatImprovesOnWhatItWasShown_countsOnTheImprovedOne() {
        learn("t-1", HIGHEST, "code", "North", Judge.RULE);
        TaskRecord ended = library.end(Samples.task("t-2", HIGHEST, "better", "North", Judge.RULE), "d-1", true);
        assertThat(ended.learned()).isEqualTo("d-1");
        Demonstration improved = library.find(TENANT, "d-1").orElseThrow();
        assertThat(improved.code()).isEqualTo("better");
        assertThat(improved.helped()).isEqualTo(1);
    }

    @Test
    void end_ofATaskThatWasShownWhatIsGone_isStoredAllTheSame() {
        TaskRecord failed = withOutcome(Samples.task("t-1"), "unsolved");
        assertThat(library.end(failed, "d-9", false)).isEqualTo(failed);
        assertThat(new Tasks(journal).find(TENANT, "t-1")).contains(failed);
    }

    @Test
    void verdict_good_vouchesForWhatTheTaskLeftBehind() {
        TaskRecord task = solve("t-1", HIGHEST, "code", "North", null);
        Judged judged = library.verdict(TENANT, "t-1", GOOD, null, null);
        assertThat(judged.task()).isEqualTo(task);
        assertThat(judged.demonstration().orElseThrow().verified()).isEqualTo(Judge.PERSON);
        assertThat(judged.retired()).isEmpty();
        assertThat(Trust.of(search(HIGHEST).getFirst().demonstration())).isEqualTo(0.9);
        assertThat(new Tasks(journal).verdicts("t-1")).hasSize(1);
    }

    @Test
    void verdict_bad_retiresWhatTheTaskLeftBehindAndWhatWasLearnedFromIt() {
        solve("t-1", HIGHEST, "code", "North", null);
        solve("t-2", LOWEST, "learned from the first", "East", "d-1");
        solve("t-3", "Which product had the lowest revenue in 2024?", "learned from the second", "Tea", "d-2");
        solve("t-4", "Which product had the lowest revenue in 2023?", "and vouched for", "Tea", "d-2");
        library.verdict(TENANT, "t-4", GOOD, null, null);

        Judged judged = library.verdict(TENANT, "t-1", BAD, "the year is wrong", "South");

        assertThat(judged.retired()).containsExactly("d-1", "d-2", "d-3");
        assertThat(judged.demonstration().orElseThrow().retired()).isTrue();
        assertThat(search(HIGHEST)).extracting(m -> m.demonstration().id()).containsExactly("d-4");
        assertThat(new Tasks(journal).verdicts("t-1"))
                .containsExactly(new Entry.VerdictGiven("t-1", BAD, "the year is wrong", "South"));
        // Nobody but a person brings the answer back.
        assertThat(library.learn(Samples.task("t-5", HIGHEST, "other", "north.", Judge.RULE)))
                .isEmpty();
        assertThat(learn("t-6", HIGHEST, "other", "South", Judge.RULE).id()).isEqualTo("d-5");
        Judged again = library.verdict(TENANT, "t-1", GOOD, null, null);
        assertThat(again.demonstration().orElseThrow().retired()).isFalse();
    }

    @Test
    void verdict_ofALowerJudge_doesNotTouchWhatAHigherOneVouchesFor() {
        solve("t-1", HIGHEST, "code", "North", null);
        library.verdict(TENANT, "t-1", GOOD, null, null);
        Judged judged = library.verdict(TENANT, "t-1", new Verdict(Judge.RULE, false), null, null);
        assertThat(judged.demonstration().orElseThrow().retired()).isFalse();
        assertThat(judged.retired()).isEmpty();
    }

    @Test
    void verdict_onATaskThatWasShownADemonstration_movesThatOnesTrust() {
        solve("t-1", HIGHEST, "code", "North", null);
        solve("t-2", LOWEST, "code 2", "East", "d-1");
        library.used(TENANT, "d-1", "t-2", true);
        library.verdict(TENANT, "t-2", BAD, null, null);
        Demonstration shown = library.find(TENANT, "d-1").orElseThrow();
        assertThat(shown.helped()).isZero();
        assertThat(shown.misled()).isEqualTo(1);
    }

    @Test
    void verdict_goodOnWhatALaterRungFound_leavesWhatWasImitatedInVainGone() {
        solve("t-1", HIGHEST, "code", "North", null);
        String sameKind = HIGHEST.replace("2025", "2023");
        TaskRecord t = Samples.task("t-2", sameKind, "code 2", "East", Judge.NONE);
        TaskRecord escalated = new TaskRecord(
                t.task(),
                t.tenant(),
                t.team(),
                t.agent(),
                t.conversation(),
                t.question(),
                t.started(),
                t.outcome(),
                t.answer(),
                t.verified(),
                t.exitCode(),
                t.rung(),
                t.model(),
                t.language(),
                t.code(),
                "d-1",
                null,
                1,
                t.receipt(),
                t.artifacts(),
                null);
        assertThat(library.end(escalated, "d-1", null).learned()).isEqualTo("d-2");
        assertThat(library.verdict(TENANT, "t-2", GOOD, null, null).retired()).containsExactly("d-1");
        assertThat(library.find(TENANT, "d-1").orElseThrow().retired()).isTrue();
        assertThat(search(sameKind)).extracting(m -> m.demonstration().id()).containsExactly("d-2");
    }

    @Test
    void verdict_badOnATaskWhoseProgramLostToABetterOne_leavesTheBetterOne() {
        TaskRecord first = solve("t-1", HIGHEST, "right", "South", null);
        library.verdict(TENANT, first.task(), GOOD, null, null);
        assertThat(solve("t-2", HIGHEST, "wrong", "North", null).learned()).isEqualTo("d-1");
        Judged judged = library.verdict(TENANT, "t-2", BAD, null, null);
        assertThat(judged.retired()).isEmpty();
        assertThat(search(HIGHEST).getFirst().demonstration().code()).isEqualTo("right");
    }

    @Test
    void verdict_goodOnATaskWhoseProgramLost_putsItInThePlaceOfTheOther() {
        TaskRecord task = Samples.task("t-1", HIGHEST, "by the person's choice", "South", Judge.NONE);
        Demonstration other = learn("t-2", HIGHEST, "by a rule", "North", Judge.RULE);
        journal.append(new Entry.TaskEnded(task.withLearned(other.id())));
        Judged judged = library.verdict(TENANT, "t-1", GOOD, null, null);
        assertThat(judged.demonstration().orElseThrow().code()).isEqualTo("by the person's choice");
        assertThat(judged.demonstration().orElseThrow().id()).isEqualTo("d-1");
    }

    @Test
    void verdict_onATaskThatDoesNotExistOrHasNoAnswer_isRefused() {
        assertThatThrownBy(() -> library.verdict(TENANT, "nope", GOOD, null, null))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
                    assertThat(e).hasMessage("task: nope (expected: the id of one that exists)");
                });
        journal.append(new Entry.TaskEnded(withOutcome(Samples.task("t-1"), "unsolved")));
        assertThatThrownBy(() -> library.verdict(TENANT, "t-1", GOOD, null, null))
                .hasMessage("task: t-1 ended unsolved (expected: solved, to call it good)");
        assertThat(library.verdict(TENANT, "t-1", BAD, null, null).demonstration())
                .isEmpty();
    }
}
