package dev.troupe.testkit;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.planner.draft.TaskPlan;
import dev.troupe.runtime.api.Answer;

/** AssertJ's {@code assertThat} for what teams give back. */
public final class TroupeAssertions {
    private TroupeAssertions() {}

    public static TaskAssert assertThat(Answer answer) {
        return new TaskAssert(answer.record());
    }

    public static TaskAssert assertThat(TaskRecord task) {
        return new TaskAssert(task);
    }

    public static ReceiptAssert assertThat(Receipt receipt) {
        return new ReceiptAssert(receipt);
    }

    public static PlanAssert assertThat(TaskPlan plan) {
        return new PlanAssert(plan);
    }
}
