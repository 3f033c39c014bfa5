package dev.troupe.agents.expert;

import dev.troupe.models.expert.Expert;
import dev.troupe.models.task.Task;
import java.util.function.Supplier;

/**
 * An expert that a team may use.
 *
 * @param name in the team
 * @param open loads it; called again after each failure
 */
public record HostedExpert(String name, Task task, Supplier<Expert> open, ExpertLimits limits) {}
