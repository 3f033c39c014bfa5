package dev.troupe.runtime.team;

import dev.troupe.planner.graph.PlanExample;
import dev.troupe.planner.graph.Requirements;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An agent that plans tasks, has experts and other agents do them, and answers from the results.
 *
 * @param model of the team, which plans and writes answers
 * @param uses names of experts and agents of the team, in the file's order
 * @param reach the agents among them
 * @param files what tasks may work on, by the names that plans use: paths relative to the team's folder
 * @param examples solved requests
 * @param show how many of them the model is shown at most
 * @param requirements what experts have to be like
 */
public record PlannerSettings(
        String name,
        String instructions,
        String model,
        List<String> uses,
        Reach reach,
        Map<String, Path> files,
        List<PlanExample> examples,
        int show,
        Requirements requirements,
        int historyTokens)
        implements AgentSettings {
    /** As {@code kind} names it. */
    public static final String KIND = "planner";

    /** Solved requests that are shown when the file does not say. */
    public static final int DEFAULT_SHOW = 8;

    public PlannerSettings {
        uses = List.copyOf(uses);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        examples = List.copyOf(examples);
    }

    @Override
    public List<String> tools() {
        return List.of();
    }

    @Override
    public PlannerSettings without(List<Reach.Use> some) {
        List<String> gone = some.stream().map(Reach.Use::agent).toList();
        return new PlannerSettings(
                name,
                instructions,
                model,
                uses.stream().filter(use -> !gone.contains(use)).toList(),
                reach.without(some),
                files,
                examples,
                show,
                requirements,
                historyTokens);
    }

    @Override
    public List<String> models() {
        return List.of(model);
    }
}
