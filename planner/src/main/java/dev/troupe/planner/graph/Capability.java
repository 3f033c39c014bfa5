package dev.troupe.planner.graph;

import dev.troupe.models.task.ValueType;
import java.util.List;

/**
 * A type of task that can be planned with.
 *
 * @param name as plans write it: {@code image-to-text}
 * @param description what it does, for who plans
 * @param result the type of what it gives
 * @param repeatable whether doing it again is safe and costs nothing
 * @param answers whether its result, as it is, is what was asked for
 */
public record Capability(
        String name,
        String description,
        List<Parameter> parameters,
        ValueType result,
        boolean repeatable,
        boolean answers) {
    public Capability {
        parameters = List.copyOf(parameters);
    }
}
