package dev.troupe.agents.graph;

import java.time.Duration;

/**
 * Bounds of executing a graph.
 *
 * @param parallel tasks at a time
 * @param items values of one task that are worked on at a time, where it is done for each of several
 * @param mostItems values of one task altogether
 * @param mostAskedItems the same for agents, whose work costs
 * @param taskTime for one task on an expert, all its candidates together
 * @param pause before a candidate is tried again
 */
public record GraphLimits(
        int parallel, int items, int mostItems, int mostAskedItems, Duration taskTime, Duration pause) {
    /** Eight tasks at a time, of sixteen values at a time. */
    public static final GraphLimits DEFAULT =
            new GraphLimits(8, 16, 500, 8, Duration.ofSeconds(60), Duration.ofMillis(250));
}
