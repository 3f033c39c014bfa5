package dev.troupe.planner.ladder;

import static dev.troupe.planner.ladder.Worlds.python;
import static dev.troupe.planner.ladder.Worlds.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.planner.ladder.Effect.Outcome.Solved;
import dev.troupe.planner.ladder.Effect.Outcome.Unsolved;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Worlds.Story;
import org.junit.jupiter.api.Test;

/** A ladder whose answers a person judges at once. */
class LadderAskedTest {
    private final Story story = new Story(Worlds.plan(new Verifier.Asked(), rung("quick", 3), rung("large", 3)));

    private void answers(String answer) {
        story.replies(python("print(" + answer + ")")).prints(0, "ANSWER: " + answer);
    }

    private void isTold(boolean right) {
        story.happens(new Happened.VerdictGiven((Effect.AskVerdict) story.next().effect(), right));
    }

    @Test
    void asked_yes_endsTheLadderAsAPersonsWord() {
        answers("North");
        assertThat(story.next().effect()).isEqualTo(new Effect.AskVerdict("quick", "North"));
        assertThat(story.next().kind()).isEqualTo(Decision.Kind.VERIFY);
        isTold(true);
        assertThat(story.outcome())
                .isInstanceOfSatisfying(
                        Solved.class, solved -> assertThat(solved.verified()).isEqualTo(Judge.PERSON));
        assertThat(story.outcomes()).containsExactly("quick: solved it on turn 1", "verify: the person asked agreed");
    }

    @Test
    void asked_no_nextRungTriesAtOnce_andIsToldWhatWasWrong() {
        answers("North");
        isTold(false);
        assertThat(story.next().kind()).isEqualTo(Decision.Kind.ESCALATE);
        assertThat(story.call().rung()).isEqualTo("large");
        assertThat(story.system() + story.lastMessage())
                .contains("An earlier program gave a wrong answer, North:\n```python\n");
        answers("South");
        isTold(true);
        assertThat(story.outcome())
                .isInstanceOfSatisfying(
                        Solved.class, solved -> assertThat(solved.answer()).isEqualTo("South"));
        assertThat(story.outcomes().getFirst()).isEqualTo("quick: gave up after 1 turn (refused by the person)");
    }

    @Test
    void asked_alwaysNo_endsUnsolved() {
        answers("North");
        isTold(false);
        answers("South");
        isTold(false);
        assertThat(story.outcome())
                .isEqualTo(new Unsolved("large gave up after 1 turn (refused by the person)", null, "South"));
        assertThat(story.outcomes()).contains("verify: the person asked did not agree");
    }

    @Test
    void check_yes_vouchesAsARule_no_letsTheRungTryAgain() {
        Story checked = new Story(Worlds.plan(new Verifier.Asked(Judge.RULE), rung("quick", 2)));
        checked.replies(python("print('North')")).prints(0, "ANSWER: North");
        checked.happens(
                new Happened.VerdictGiven((Effect.AskVerdict) checked.next().effect(), false));
        assertThat(checked.next().kind()).isEqualTo(Decision.Kind.RETRY);
        assertThat(checked.lastMessage()).contains("The answer was checked and refused");
        checked.replies(python("print('South')")).prints(0, "ANSWER: South");
        checked.happens(
                new Happened.VerdictGiven((Effect.AskVerdict) checked.next().effect(), true));
        assertThat(checked.outcome())
                .isInstanceOfSatisfying(
                        Solved.class, solved -> assertThat(solved.verified()).isEqualTo(Judge.RULE));
        assertThat(checked.outcomes()).contains("verify: the check agreed");
    }
}
