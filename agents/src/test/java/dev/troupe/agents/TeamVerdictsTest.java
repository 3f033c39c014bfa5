package dev.troupe.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team whose answers somebody judges at once. */
class TeamVerdictsTest {
    @TempDir
    private Path folder;

    private TestTeam team(Verdicts verdicts) {
        return new TestTeam(
                folder,
                (request, context) -> ScriptedModel.python("print ANSWER: South"),
                TestTeam.BOUNDS,
                TestTeam.plan(new Verifier.Asked()),
                verdicts);
    }

    @Test
    void verdict_no_nextRungTries_andWhatIsRightIsLearnedAsAPersonsWord() {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (TestTeam team = team((task, question, answer) -> {
            asked.add(answer);
            return answer.equals("North");
        })) {
            TaskRecord record = TestTeam.answered(team.ask());
            assertThat(asked).containsExactly("South", "North");
            assertThat(record.rung()).isEqualTo("large");
            assertThat(record.verified()).isEqualTo(Judge.PERSON);
            assertThat(record.escalations()).isEqualTo(1);
            assertThat(team.library.list("local", null, 10))
                    .singleElement()
                    .satisfies(learned -> assertThat(learned.verified()).isEqualTo(Judge.PERSON));
        }
    }

    @Test
    void verdict_nobodyThere_noAnswerCounts() {
        try (TestTeam team = team(Verdicts.NOBODY)) {
            assertThat(team.ask().await()).isInstanceOfSatisfying(Agent.Failed.class, failed -> {
                assertThat(failed.code()).isNull();
                assertThat(failed.bestGuess()).isEqualTo("North");
            });
            assertThat(team.library.list("local", null, 10)).isEmpty();
        }
    }

    @Test
    void verdict_throws_taskFailsAndTheNextOneWorks() {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (TestTeam team = team((task, question, answer) -> {
            asked.add(answer);
            if (asked.size() == 1) {
                throw new IllegalStateException("a fault of the one who was asked, for a test");
            }
            return true;
        })) {
            assertThat(team.ask().await()).isInstanceOf(Agent.Failed.class);
            assertThat(TestTeam.answered(team.ask()).answer()).isEqualTo("South");
        }
    }
}
