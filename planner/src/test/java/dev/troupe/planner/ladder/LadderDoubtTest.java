package dev.troupe.planner.ladder;

import static dev.troupe.planner.ladder.Worlds.python;
import static dev.troupe.planner.ladder.Worlds.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.demonstration.Match;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.planner.ladder.Effect.Outcome.Solved;
import dev.troupe.planner.ladder.Effect.Outcome.Unsolved;
import dev.troupe.planner.ladder.LadderPlan.Demonstrations;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Worlds.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that run well and answer another question: the demonstration, {@code lowest(2024)}, copied. */
class LadderDoubtTest {
    private static final String COPIED = "x = rows[rows['year'] == 2024]";
    private static final String OWN = "x = rows['revenue'].idxmax()";

    private static Story shown(Verifier verifier, Rung... rungs) {
        return new Story(Worlds.plan(verifier, new Demonstrations(1, 0.6), rungs))
                .happens(new Happened.Found(List.of(new Match(Worlds.demonstration("d-1", Judge.PERSON), 0.9))));
    }

    @Test
    void programWithTheDemonstrationsValue_isAskedForItsOwnConditions() {
        Story story = shown(new Verifier.None(), rung("quick", 3))
                .replies(python(COPIED))
                .prints(0, "ANSWER: East");
        assertThat(story.lastMessage()).contains("It uses 2024, which stands in an example");
        story.replies(python(OWN)).prints(0, "ANSWER: West");
        assertThat(((Solved) story.outcome()).answer()).isEqualTo("West");
        assertThat(story.outcomes()).contains("quick: solved it on turn 2");
    }

    @Test
    void doubtAgain_climbs_andTheAnswerThatMostProgramsGaveStandsWhenNobodyDoesBetter() {
        Story story = shown(new Verifier.None(), rung("quick", 3), rung("large", 3));
        story.replies(python(COPIED)).prints(0, "ANSWER: East");
        story.replies(python(COPIED + "\n")).prints(0, "ANSWER: North");
        assertThat(story.call().rung()).isEqualTo("large");
        story.replies(python(COPIED + ".head()")).prints(0, "ANSWER: North");
        story.replies(python(COPIED + ".tail()")).prints(0, "ANSWER: South");
        Solved solved = (Solved) story.outcome();
        assertThat(solved.answer()).isEqualTo("North");
        assertThat(solved.rung()).isEqualTo("quick");
        assertThat(solved.code()).contains(COPIED);
        assertThat(solved.verified()).isEqualTo(Judge.NONE);
        assertThat(story.outcomes()).contains("quick: solved it on turn 2");
    }

    @Test
    void doubtedAnswer_standsWhenLaterProgramsCrash() {
        Story story = shown(new Verifier.None(), rung("quick", 2))
                .replies(python(COPIED))
                .prints(0, "ANSWER: East")
                .replies(python(OWN))
                .prints(1, "KeyError: 'revenue'");
        assertThat(((Solved) story.outcome()).answer()).isEqualTo("East");
    }

    @Test
    void whoIsAskedAtOnce_isAskedAndNotDoubtedFor() {
        Story story = shown(new Verifier.Asked(), rung("quick", 3))
                .replies(python(COPIED))
                .prints(0, "ANSWER: East");
        assertThat(story.next().kind()).isEqualTo(Decision.Kind.VERIFY);
    }

    @Test
    void doubtedAnswer_isVerifiedLikeAnyOther() {
        Verifier.Rule rule = new Verifier.Rule("ANSWER: \\d+");
        Story story = shown(rule, rung("quick", 1)).replies(python(COPIED)).prints(0, "ANSWER: East");
        assertThat(((Unsolved) story.outcome()).bestGuess()).isEqualTo("East");

        Story judged = shown(new Verifier.Judge("judge"), rung("quick", 1))
                .replies(python(COPIED))
                .prints(0, "ANSWER: East");
        assertThat(judged.call().purpose()).isEqualTo(Effect.Purpose.JUDGE);
        judged.replies("{\"why\": \"it fits\", \"verdict\": \"yes\"}");
        assertThat(((Solved) judged.outcome()).verified()).isEqualTo(Judge.JUDGE);
    }

    @Test
    void doubtedAnswer_thatNobodyCouldDoBetterIn_isTheGuessWhenTimeIsUp() {
        Story story = shown(new Verifier.None(), rung("quick", 2))
                .replies(python(COPIED))
                .prints(0, "ANSWER: East");
        story.timeLeft = java.time.Duration.ZERO;
        assertThat(((Unsolved) story.outcome()).bestGuess()).isEqualTo("East");
    }
}
