package dev.troupe.runtime.cli;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.Receipt.Baseline;
import dev.troupe.knowledge.journal.Receipt.Basis;
import dev.troupe.knowledge.journal.Receipt.Step;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The task whose receipt the guide shows. */
final class SampleTasks {
    static final String ID = "0193a7c2-5d1e-7abc-8def-0123456789ab";

    private SampleTasks() {}

    static TaskRecord solved(Judge verified, Money cost, @Nullable String learned) {
        Usage usage = new Usage(1204, 987, 231);
        Money baseline = Money.parse("0.0036");
        return new TaskRecord(
                ID,
                "local",
                "analyst",
                "analyst",
                "c-1",
                "Which region had the highest revenue in 2025?",
                Instant.parse("2026-11-22T10:00:00Z"),
                "solved",
                "North",
                verified,
                0,
                "documented",
                "local/small",
                "python",
                "print('ANSWER: North')",
                null,
                learned,
                1,
                new Receipt(
                        cost,
                        new Baseline("openai/gpt-5", baseline, Basis.ESTIMATED),
                        baseline.minus(cost),
                        usage,
                        3,
                        31_000,
                        List.of(
                                step("quick", "gave up after 2 turns (KeyError 'region_name', twice)"),
                                step("documented", "solved it on turn 1"))),
                List.of(),
                null);
    }

    private static Step step(String stage, String outcome) {
        return new Step(stage, outcome, 15_500, new Usage(602, 490, 115), Money.ZERO, Money.ZERO, Basis.ESTIMATED);
    }
}
