package dev.troupe.planner.graph;

import dev.troupe.models.task.ValueType;

/**
 * What a file or a result is.
 *
 * @param many whether it is a list of such values
 */
public record Typed(ValueType type, boolean many) {
    @Override
    public String toString() {
        return many ? "a list of " + type.label() : type.label();
    }
}
