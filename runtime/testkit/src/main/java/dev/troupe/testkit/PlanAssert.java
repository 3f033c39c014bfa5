package dev.troupe.testkit;

import dev.troupe.planner.draft.Link;
import dev.troupe.planner.draft.TaskPlan;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on a plan of tasks: which tools, and what runs before what. */
public final class PlanAssert extends AbstractAssert<PlanAssert, TaskPlan> {
    PlanAssert(TaskPlan plan) {
        super(plan, PlanAssert.class);
    }

    /** These tools, in whatever order. */
    public PlanAssert uses(String... tools) {
        Assertions.assertThat(actual.tools()).as("tools of the plan").containsExactlyInAnyOrder(tools);
        return this;
    }

    /** One tool's result goes to the other, directly. */
    public PlanAssert hasLink(String source, String target) {
        Assertions.assertThat(actual.links()).as("links of the plan").contains(new Link(source, target));
        return this;
    }

    /** One tool comes before the other in the plan's order. */
    public PlanAssert runsBefore(String first, String second) {
        Assertions.assertThat(actual.tools()).as("tools of the plan").containsSubsequence(first, second);
        return this;
    }

    /** Every link joins tools of the plan and agrees with its order. */
    public PlanAssert isWellFormed() {
        for (Link link : actual.links()) {
            runsBefore(link.source(), link.target());
        }
        return this;
    }
}
