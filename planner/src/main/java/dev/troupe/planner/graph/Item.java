package dev.troupe.planner.graph;

import dev.troupe.models.task.Value;

/**
 * A value with the name of where it comes from: a file, or the id of a task.
 */
public record Item(String name, Value value) {}
