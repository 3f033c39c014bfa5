package dev.troupe.knowledge.journal;

import dev.troupe.knowledge.journal.Receipt.Baseline;
import dev.troupe.knowledge.journal.Receipt.Basis;
import dev.troupe.knowledge.journal.Receipt.Step;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import java.time.Instant;
import java.util.List;

/** Entries as they come up in life, for the tests of this module. */
public final class Samples {
    private Samples() {}

    public static TaskRecord task(String id, String question, String code, String answer, Judge verified) {
        Usage usage = new Usage(1204, 987, 231);
        return new TaskRecord(
                id,
                "local",
                "analyst",
                "analyst",
                "c-1",
                question,
                Instant.parse("2026-11-22T10:00:00.123456Z"),
                "solved",
                answer,
                verified,
                0,
                "documented",
                "small",
                "python",
                code,
                null,
                null,
                1,
                receipt(usage, new Money(1_000_000_000), new Money(3_600_000_000L)),
                List.of("chart.png"),
                null);
    }

    public static TaskRecord task(String id) {
        return task(id, "Which region had the highest revenue in 2025?", "print('ANSWER: North')", "North", Judge.NONE);
    }

    /** A task that was solved by whoever was shown a demonstration. */
    static TaskRecord shown(String id, String demonstration) {
        TaskRecord task = task(id);
        return new TaskRecord(
                id,
                task.tenant(),
                task.team(),
                task.agent(),
                task.conversation(),
                task.question(),
                task.started(),
                task.outcome(),
                task.answer(),
                task.verified(),
                task.exitCode(),
                task.rung(),
                task.model(),
                task.language(),
                task.code(),
                demonstration,
                null,
                0,
                task.receipt(),
                task.artifacts(),
                null);
    }

    static Receipt receipt(Usage usage, Money cost, Money baseline) {
        return new Receipt(
                cost,
                new Baseline("openai/gpt-5", baseline, Basis.ESTIMATED),
                baseline.minus(cost),
                usage,
                3,
                31_000,
                List.of(
                        new Step("quick", "gave up after 2 turns", 20_000, usage, cost, Money.ZERO, Basis.MEASURED),
                        new Step(
                                "documented",
                                "solved it on turn 1",
                                11_000,
                                Usage.NONE,
                                Money.ZERO,
                                baseline.minus(cost),
                                Basis.ESTIMATED)));
    }

    public static Entry.TaskStarted started(String task) {
        return new Entry.TaskStarted(task, "local", "analyst", "analyst", "c-1", "How many?");
    }
}
