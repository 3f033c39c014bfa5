package dev.troupe.planner.ladder;

import static dev.troupe.planner.ladder.Worlds.python;
import static dev.troupe.planner.ladder.Worlds.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.planner.ladder.Effect.Outcome.Solved;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Worlds.Story;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from the responses that programs got from hosts. */
class LadderResponsesTest {
    private static final Verifier NONE = new Verifier.None();

    private static Story story(Verifier verifier, Rung... rungs) {
        return new Story(Worlds.plan(verifier, rungs));
    }

    @Test
    void aProgramThatFailsOverAResponse_isShownItsNames_alsoWhenAskedAnotherWay() {
        Story story = story(NONE, rung("quick", 3));
        String shape = "api.test/v1 answered 200: {\"current\": {\"temp_c\": 20.3}}";
        for (String code : List.of("a", "b")) {
            story.replies(python(code));
            story.happens(new Happened.CodeRan(story.run(), 1, "KeyError: 'temperature'", "exited", List.of(shape)));
            assertThat(story.lastMessage()).contains(shape).doesNotContain("What it means");
        }
        assertThat(story.next().why()).isEqualTo("KeyError 'temperature' again: asked another way");
        story.replies(python("c"));
        story.happens(new Happened.CodeRan(story.run(), 0, "ANSWER: 20.3", "exited", List.of(shape)));
        assertThat(story.outcome()).isInstanceOf(Solved.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No post office found within 5 km of Vancouver.",
                "Error: 401",
                "Data not found",
                "Opening hours not available"
            })
    void aProgramThatFoundNothingInAResponse_isAskedAgain_andBelievedTheSecondTime(String excuse) {
        Story story = story(NONE, rung("quick", 3)).replies(python("a"));
        String shape = "api.test/v1 answered 200: {\"results\": []}";
        story.happens(new Happened.CodeRan(story.run(), 0, "ANSWER: " + excuse, "exited", List.of(shape)));
        assertThat(story.lastMessage()).contains(excuse).contains(shape);
        story.replies(python("b"));
        story.happens(new Happened.CodeRan(story.run(), 0, "ANSWER: " + excuse, "exited", List.of(shape)));
        assertThat(story.outcome()).isInstanceOf(Solved.class);
        // Files are looked through by whoever wrote the question: nothing is something there.
        assertThat(story(NONE, rung("quick", 3))
                        .replies(python("a"))
                        .prints(0, "ANSWER: " + excuse)
                        .outcome())
                .isInstanceOf(Solved.class);
    }

    @Test
    void program_thatPrintsNothing_isNotToBeAnsweredInWords() {
        Story story = story(NONE, rung("quick", 4)).replies(python("a"));
        String shape = "api.test/v1 answered 200: {\"results\": []}";
        story.happens(new Happened.CodeRan(story.run(), 0, "\n", "exited", List.of(shape)));
        assertThat(story.lastMessage())
                .contains("printed nothing", shape)
                .contains("corrected program")
                .doesNotContain("reply with one line");
        story.replies("ANSWER: 323-424-5678");
        assertThat(story.lastMessage()).contains("must be computed by a program");
        story.replies("ANSWER: 323-424-5678");
        assertThat(story.outcome()).isInstanceOf(Solved.class);
    }

    @Test
    void program_thatAskedHosts_andPrintedOneLine_hasAnswered_markedOrNot() {
        Story story = story(NONE, rung("quick", 4)).replies(python("print(x)"));
        story.happens(new Happened.CodeRan(story.run(), 0, "{'temp': 4}\n", "exited", List.of("api.test: {}")));
        assertThat(story.next().kind()).isEqualTo(Decision.Kind.GO_ON);
        story.replies(python("print(y)"));
        story.happens(new Happened.CodeRan(story.run(), 0, "282.71\n", "exited", List.of("api.test: {}")));
        assertThat(story.outcome())
                .isEqualTo(new Solved("282.71", Judge.NONE, "quick", 0, "python", "print(\"ANSWER:\", y)", null));
    }

    @Test
    void program_thatAskedHosts_andPrintedSeveralLinesOnItsLastTurn_hasAnswered() {
        Story story = story(NONE, rung("quick", 1)).replies(python("print(x)"));
        story.happens(new Happened.CodeRan(story.run(), 0, "North\nSouth\n", "exited", List.of("api.test: {}")));
        assertThat(story.outcome())
                .isInstanceOfSatisfying(
                        Solved.class, solved -> assertThat(solved.answer()).isEqualTo("North\nSouth"));
    }
}
