package dev.troupe.runtime.team;

import dev.troupe.runtime.team.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at who uses whom, once all agents are known: no agent may come to ask itself, nor through too many others. */
final class UsesCheck {
    /** How deep agents may ask agents; a running team holds it too. */
    static final int DEEPEST = 4;

    private final Map<String, AgentSettings> agents;
    private final Value section;
    private boolean circles;

    UsesCheck(Map<String, AgentSettings> agents, Value section) {
        this.agents = agents;
        this.section = section;
    }

    void check() {
        agents.keySet().forEach(name -> {
            List<String> chain = new ArrayList<>(List.of(name));
            if (circle(chain)) {
                circles = true;
                // Told once, at the first of the circle in the file's order.
                boolean first = agents.keySet().stream()
                        .filter(chain::contains)
                        .findFirst()
                        .orElse(name)
                        .equals(name);
                if (first && chain.getFirst().equals(chain.getLast())) {
                    problem(
                            name,
                            "a circle: " + String.join(" → ", chain),
                            "agents that do not come back to themselves");
                }
            }
        });
        if (!circles) {
            agents.keySet().forEach(this::depth);
        }
    }

    private void depth(String name) {
        int depth = depth(name, DEEPEST + 2);
        if (depth == DEEPEST + 1) {
            problem(name, "agents that ask agents, " + depth + " deep", "at most " + DEEPEST);
        }
    }

    private int depth(String name, int most) {
        if (most == 0) {
            return 0;
        }
        return uses(name).stream()
                .mapToInt(use -> 1 + depth(use, most - 1))
                .max()
                .orElse(0);
    }

    /** Whether following the chain comes back to its first; it is left in the chain then. */
    private boolean circle(List<String> chain) {
        for (String next : uses(chain.getLast())) {
            boolean closed = next.equals(chain.getFirst());
            if (!closed && chain.contains(next)) {
                continue;
            }
            chain.add(next);
            if (closed || circle(chain)) {
                return true;
            }
            chain.removeLast();
        }
        return false;
    }

    private List<String> uses(String name) {
        AgentSettings agent = agents.get(name);
        return agent == null
                ? List.of()
                : agent.reach().uses().stream().map(Reach.Use::agent).toList();
    }

    private void problem(String name, String message, String expected) {
        Value agent = section.peek(name);
        Value uses = agent == null ? null : agent.peek("uses");
        if (uses != null) {
            uses.problem(message, expected, null);
        }
    }
}
