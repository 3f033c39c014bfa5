package dev.troupe.agents;

import static dev.troupe.agents.ScriptedModel.python;
import static dev.troupe.agents.TestTeam.answered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Receipt.Basis;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.planner.ladder.LadderPlan;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A team whose first rung replays, with a real journal and library. */
@Timeout(60)
class TeamReplayTest {
    private static final String OSLO = "How many shops are in Oslo?";
    private static final String ROME = "How many shops are in Rome?";

    @TempDir
    Path folder;

    private TestTeam team(String program) {
        return new TestTeam(
                folder,
                (request, context) -> python(program),
                TestTeam.BOUNDS,
                replaying(new Verifier.None()),
                Verdicts.NOBODY);
    }

    private static LadderPlan replaying(Verifier verifier) {
        LadderPlan plan = TestTeam.plan(verifier);
        List<Rung> rungs = new ArrayList<>(List.of(Rung.replay("replay")));
        rungs.addAll(plan.rungs());
        return new LadderPlan(
                plan.instructions(),
                plan.languages(),
                plan.prelude(),
                plan.fileSummaries(),
                rungs,
                plan.demonstrations(),
                plan.verifier(),
                plan.carryOver());
    }

    private static TaskRecord solvedOnce(TestTeam test) {
        TaskRecord first = answered(test.ask(OSLO, new ArrayList<>()));
        test.library.verdict("local", first.task(), new Verdict(Judge.PERSON, true), null, null);
        return first;
    }

    @Test
    void aVerifiedSolution_answersTheNextCity_withoutAModel() {
        try (TestTeam test = team("print ANSWER: 7, f(city=\"Oslo\")")) {
            // Before anybody has vouched for it, the model is asked.
            assertThat(solvedOnce(test).rung()).isEqualTo("quick");
            int asked = test.small.requests.size();
            List<TaskEvent> events = new CopyOnWriteArrayList<>();
            TaskRecord record = answered(test.ask(ROME, events));
            assertThat(test.small.requests).hasSize(asked);
            assertThat(record.rung()).isEqualTo("replay");
            assertThat(record.model()).isNull();
            assertThat(record.replayed()).isEqualTo("d-1");
            assertThat(record.shown()).isEqualTo("d-1");
            assertThat(record.learned()).isNull();
            assertThat(record.verified()).isEqualTo(Judge.PERSON);
            assertThat(record.escalations()).isZero();
            assertThat(record.code()).contains("city=\"Rome\"").doesNotContain("Oslo");
            assertThat(events)
                    .extracting(TaskEvent::what)
                    .contains(new TaskEvent.Replay("replay", "d-1", "d-1 with name Rome for Oslo"));
            checkReceipt(record);
            assertThat(test.library.list("local", "newsroom", 10)).hasSize(1);
        }
    }

    /** It cost nothing; the source's 100 tokens in and 10 out would have cost 0.00028 dollars. */
    private static void checkReceipt(TaskRecord record) {
        assertThat(record.receipt().usage()).isEqualTo(Usage.NONE);
        assertThat(record.receipt().modelCalls()).isZero();
        assertThat(record.receipt().cost()).isEqualTo(Money.ZERO);
        assertThat(record.receipt().saved()).isEqualTo(Money.parse("0.00028"));
        assertThat(record.receipt().steps())
                .filteredOn(step -> step.stage().equals("replay"))
                .singleElement()
                .satisfies(step -> assertThat(step.basis()).isEqualTo(Basis.ESTIMATED))
                .satisfies(step -> assertThat(step.saved()).isEqualTo(Money.parse("0.00028")))
                .satisfies(step -> assertThat(step.outcome()).isEqualTo("solved it: d-1 with name Rome for Oslo"));
    }

    @Test
    void anythingElse_isLeftToTheModel() {
        try (TestTeam test = team("print ANSWER: 7, f(city=\"Oslo\")")) {
            solvedOnce(test);
            List<TaskEvent> events = new CopyOnWriteArrayList<>();
            TaskRecord record = answered(test.ask("How many shops are not in Oslo?", events));
            assertThat(record.rung()).isEqualTo("quick");
            assertThat(record.replayed()).isNull();
            assertThat(events)
                    .extracting(TaskEvent::what)
                    .anyMatch(what -> what instanceof TaskEvent.Replay replay && replay.demonstration() == null)
                    .anyMatch(TaskEvent.DemonstrationShown.class::isInstance);
        }
    }

    @Test
    void aProgramThatFails_costsItsSourceTrust_andTheModelGoesOn() {
        try (TestTeam test = team("print ANSWER: 7")) {
            test.library.add("local", "newsroom", OSLO, "python", "fail ANSWER: f(city=\"Oslo\")", "7");
            TaskRecord record = answered(test.ask(ROME, new ArrayList<>()));
            assertThat(record.rung()).isEqualTo("quick");
            assertThat(record.replayed()).isEqualTo("d-1");
            assertThat(record.verified()).isEqualTo(Judge.NONE);
            Demonstration source = test.library.find("local", "d-1").orElseThrow();
            assertThat(source.misled()).isEqualTo(1);
            assertThat(source.helped()).isZero();
        }
    }
}
