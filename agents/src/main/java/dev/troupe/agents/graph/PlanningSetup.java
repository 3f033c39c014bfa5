package dev.troupe.agents.graph;

import dev.troupe.agents.expert.HostedExpert;
import dev.troupe.models.embedding.Embedder;
import dev.troupe.models.onnx.NativeThreads;
import dev.troupe.planner.graph.PlanExample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the planners of a team work with. Whoever makes it closes the embedder and the threads, after the team.
 *
 * @param experts by name
 * @param threads is asked once, when the first expert is needed
 * @param embedder of requests; null where no agent plans
 * @param examples the team file's solved requests
 * @param files of the team
 */
public record PlanningSetup(
        Map<String, HostedExpert> experts,
        Supplier<NativeThreads> threads,
        @Nullable Embedder embedder,
        List<PlanExample> examples,
        GraphFiles files,
        GraphLimits limits) {
    /** For teams in which nobody plans. */
    public static final PlanningSetup NONE = new PlanningSetup(
            Map.of(),
            () -> {
                throw new IllegalStateException("threads: none (expected: for a team with experts)");
            },
            null,
            List.of(),
            GraphFiles.NONE,
            GraphLimits.DEFAULT);

    public PlanningSetup {
        experts = new LinkedHashMap<>(experts);
        examples = List.copyOf(examples);
    }
}
