package dev.troupe.planner.ladder;

import static dev.troupe.planner.ladder.Worlds.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.planner.ladder.Effect.Outcome.Failed;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Worlds.Story;
import org.junit.jupiter.api.Test;

class LadderRecordedTest {
    @Test
    void answerThatNoRecordingHolds_endsTheTask_thoughRungsAreLeft() {
        Story story = new Story(Worlds.plan(new Verifier.None(), rung("quick", 3), rung("large", 3)));
        story.happens(new Happened.ModelFailed(story.call(), ErrorCode.NOT_FOUND, "recording r: no answer"));
        assertThat(story.outcome()).isEqualTo(new Failed(ErrorCode.NOT_FOUND, "recording r: no answer"));
    }
}
