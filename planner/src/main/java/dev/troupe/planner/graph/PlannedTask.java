package dev.troupe.planner.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task of a plan.
 *
 * @param id {@code t1}, unique in the plan and what went before it
 * @param arguments by the parameters' names, in their order
 * @param each the parameter that was given a list where it takes one value: the task is done for each of them, and gives
 *     a list; null where it is done once
 */
public record PlannedTask(
        String id,
        Capability capability,
        Map<String, List<Argument>> arguments,
        @Nullable String each) {
    public PlannedTask {
        Map<String, List<Argument>> copy = new LinkedHashMap<>();
        arguments.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        arguments = Collections.unmodifiableMap(copy);
    }

    /** What it gives. */
    public Typed result() {
        return new Typed(capability.result(), each != null);
    }

    /** The tasks that have to be done before it. */
    public Set<String> after() {
        Set<String> before = new LinkedHashSet<>();
        arguments
                .values()
                .forEach(values -> values.forEach(value -> {
                    if (value instanceof Argument.OfTask task) {
                        before.add(task.id());
                    }
                }));
        return before;
    }

    /** Its arguments as plans write them. */
    public Map<String, List<String>> inputs() {
        Map<String, List<String>> inputs = new LinkedHashMap<>();
        arguments.forEach((name, values) ->
                inputs.put(name, values.stream().map(Argument::written).toList()));
        return inputs;
    }
}
