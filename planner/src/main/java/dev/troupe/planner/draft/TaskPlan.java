package dev.troupe.planner.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tools that a request needs and what runs before what.
 *
 * @param tools names, in an order that agrees with the links; a name may occur twice
 * @param links between these tools
 */
public record TaskPlan(List<String> tools, List<Link> links) {
    public TaskPlan {
        tools = List.copyOf(tools);
        links = List.copyOf(links);
    }

    /** One after the other. */
    public static TaskPlan chain(List<String> tools) {
        List<Link> links = new ArrayList<>();
        for (int i = 1; i < tools.size(); i++) {
            links.add(new Link(tools.get(i - 1), tools.get(i)));
        }
        return new TaskPlan(tools, links);
    }

    /** The same with each tool and link once: what is learned, since a draft never names a tool twice. */
    TaskPlan distinct() {
        Set<Link> kept = new LinkedHashSet<>(links);
        kept.removeIf(link -> link.source().equals(link.target()));
        return new TaskPlan(List.copyOf(new LinkedHashSet<>(tools)), List.copyOf(kept));
    }

    /**
     * How well this plan's tools agree with the right one's: F1 as GNN4TaskPlan computes it, what both have over the
     * lengths of the lists, 0 to 1; 0 where either is empty.
     */
    public double nodeF1(TaskPlan right) {
        return f1(tools, right.tools);
    }

    /** As {@link #nodeF1}, of the links. */
    public double linkF1(TaskPlan right) {
        return f1(links, right.links);
    }

    private static <T> double f1(List<T> ours, List<T> right) {
        Set<T> both = new HashSet<>(ours);
        both.retainAll(new HashSet<>(right));
        return both.isEmpty() ? 0 : 2.0 * both.size() / (ours.size() + right.size());
    }
}
