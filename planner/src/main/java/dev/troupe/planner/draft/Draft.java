package dev.troupe.planner.draft;

import java.util.List;

/**
 * A proposal for a request.
 *
 * @param plan the one that is expected to agree best with the right one
 * @param ranking all tools, the likeliest first: the few at its head are what a planner needs to see
 * @param confidence how likely it is that the plan has just the right tools, 0 to 1, as seen on what was learned
 */
public record Draft(TaskPlan plan, List<Ranked> ranking, double confidence) {
    public Draft {
        ranking = List.copyOf(ranking);
    }

    /**
     * A tool with how likely it belongs to the plan.
     *
     * @param probability 0 to 1
     */
    public record Ranked(String tool, double probability) {}

    /** The names of the likeliest tools, at most {@code limit}. */
    public List<String> shown(int limit) {
        return ranking.stream().limit(limit).map(Ranked::tool).toList();
    }
}
