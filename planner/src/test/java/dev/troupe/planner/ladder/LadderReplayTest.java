package dev.troupe.planner.ladder;

import static dev.troupe.planner.ladder.Worlds.python;
import static dev.troupe.planner.ladder.Worlds.rung;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.knowledge.replay.Replay;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Usage;
import dev.troupe.planner.ladder.Effect.Outcome.Solved;
import dev.troupe.planner.ladder.Effect.Outcome.Unsolved;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import org.junit.jupiter.api.Test;

/** The rung that runs a solved question's program again. */
class LadderReplayTest {
    private static Worlds.Story story(Verifier verifier) {
        return new Worlds.Story(Worlds.plan(verifier, Rung.replay("replay"), rung("quick", 2)));
    }

    private static Effect.FindReplay search(Worlds.Story story) {
        return (Effect.FindReplay) story.next().effect();
    }

    private static Worlds.Story replays(Verifier verifier) {
        Worlds.Story story = story(verifier);
        return story.happens(Worlds.replay(search(story), Judge.RULE));
    }

    @Test
    void aProgramToRunAgain_isRun_andSolvesItWithoutAModel() {
        Worlds.Story story = replays(new Verifier.None());
        assertThat(story.next().why()).isEqualTo("replay: d-9 with date 2025 for 2024");
        assertThat(story.run().source()).contains("lowest(2025)");
        story.prints(0, "ANSWER: South");
        Solved solved = (Solved) story.outcome();
        assertThat(solved.verified()).isEqualTo(Judge.RULE);
        assertThat(solved.demonstration()).isEqualTo("d-9");
        assertThat(story.outcomes()).containsExactly("replay: solved it: d-9 with date 2025 for 2024");
        assertThat(Ladder.replayed(story.plan, Worlds.QUESTION, story.history)).isEqualTo("d-9");
    }

    @Test
    void theReceipt_comparesWithWhatTheSourceTook() {
        Worlds.Story story = replays(new Verifier.None()).prints(0, "ANSWER: South");
        Account account =
                Ladder.accounts(story.plan, Worlds.QUESTION, story.history).getFirst();
        assertThat(account.usage()).isEqualTo(Usage.NONE);
        assertThat(account.worth()).isEqualTo(new Usage(900, 0, 60));
        assertThat(account.solved()).isTrue();
    }

    @Test
    void abstaining_isNoEscalation() {
        Worlds.Story story = story(new Verifier.None());
        story.happens(new Happened.ReplayFound(search(story), new Replay.Abstained("a second city"), null));
        assertThat(story.next().kind()).isEqualTo(Decision.Kind.START_RUNG);
        story.replies(python("print('ANSWER:', 4)")).prints(0, "ANSWER: 4");
        assertThat(story.outcome()).isInstanceOf(Solved.class);
        assertThat(Ladder.escalations(story.plan, Worlds.QUESTION, story.history))
                .isZero();
        assertThat(story.outcomes()).first().isEqualTo("replay: abstained (a second city)");
        assertThat(Ladder.replayed(story.plan, Worlds.QUESTION, story.history)).isNull();
    }

    @Test
    void failing_goesOnWithTheNextRung_andSaysWhat() {
        Worlds.Story story = replays(new Verifier.None()).prints(1, "KeyError: 'x'");
        assertThat(story.next().kind()).isEqualTo(Decision.Kind.ESCALATE);
        assertThat(story.call().rung()).isEqualTo("quick");
        story.replies(python("print('ANSWER:', 4)")).prints(0, "ANSWER: 4");
        assertThat(((Solved) story.outcome()).verified()).isEqualTo(Judge.NONE);
        assertThat(Ladder.escalations(story.plan, Worlds.QUESTION, story.history))
                .isEqualTo(1);
        assertThat(story.outcomes()).first().asString().startsWith("replay: failed (KeyError 'x'): d-9 with");
        assertThat(Ladder.replayed(story.plan, Worlds.QUESTION, story.history)).isEqualTo("d-9");
    }

    @Test
    void anEmptyResult_isNotBelieved() {
        Worlds.Story story = replays(new Verifier.None()).prints(0, "ANSWER: nan");
        assertThat(story.call().rung()).isEqualTo("quick");
    }

    @Test
    void theRule_isAskedAsUsual() {
        Worlds.Story agreed = replays(new Verifier.Rule("ANSWER: S")).prints(0, "ANSWER: South");
        assertThat(((Solved) agreed.outcome()).verified()).isEqualTo(Judge.RULE);
        Worlds.Story refused = replays(new Verifier.Rule("ANSWER: \\d")).prints(0, "ANSWER: South");
        assertThat(refused.call().rung()).isEqualTo("quick");
    }

    @Test
    void theJudge_isAskedAsUsual_andSaysNoMoreThanHeSays() {
        Worlds.Story story = replays(new Verifier.Judge("referee")).prints(0, "ANSWER: South");
        assertThat(story.call().purpose()).isEqualTo(Effect.Purpose.JUDGE);
        story.replies("{\"verdict\":\"yes\"}");
        assertThat(((Solved) story.outcome()).verified()).isEqualTo(Judge.JUDGE);
    }

    @Test
    void aReplayThatFailed_andAModelThatCannotBeAsked_isAFailure() {
        Worlds.Story story = replays(new Verifier.None()).prints(1, "KeyError: 'x'");
        story.happens(new Happened.ModelFailed(story.call(), ErrorCode.MODEL_UNAVAILABLE, "no server"));
        assertThat(story.outcome()).isInstanceOf(Effect.Outcome.Failed.class);
    }

    @Test
    void noTimeLeft_endsIt() {
        Worlds.Story story = replays(new Verifier.None());
        story.timeLeft = java.time.Duration.ZERO;
        assertThat(((Unsolved) story.outcome()).ranOut()).isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void aLadderOfReplayAlone_isNone() {
        assertThatThrownBy(() -> Worlds.plan(new Verifier.None(), Rung.replay("replay")))
                .hasMessageContaining("rungs: none that always tries");
    }
}
