package dev.troupe.runtime.team;

import dev.troupe.planner.ladder.Offer;
import java.util.List;

/**
 * Whom an agent's models may call.
 *
 * @param calls names of tools with functions and of MCP servers
 * @param uses other agents
 */
public record Reach(List<String> calls, List<Use> uses) {
    public static final Reach NONE = new Reach(List.of(), List.of());

    public Reach {
        calls = List.copyOf(calls);
        uses = List.copyOf(uses);
    }

    Reach without(List<Use> some) {
        return new Reach(calls, uses.stream().filter(use -> !some.contains(use)).toList());
    }

    /** Another agent, and what for. */
    public record Use(String agent, Offer.To to) {}
}
