package dev.troupe.planner.draft;

import java.util.List;

/**
 * Something that can do a task: an expert, an agent, a function.
 *
 * @param name unique in its graph
 * @param description what it does, name and all
 * @param inputs types that it takes; empty where types are not declared
 * @param outputs types that it gives; empty where types are not declared
 */
public record Tool(String name, Embedded description, List<String> inputs, List<String> outputs) {
    public Tool {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** A tool without declared types. */
    public Tool(String name, Embedded description) {
        this(name, description, List.of(), List.of());
    }
}
