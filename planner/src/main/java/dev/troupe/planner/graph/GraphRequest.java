package dev.troupe.planner.graph;

import dev.troupe.models.call.Money;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph that is to be executed.
 *
 * @param candidates for each task, best first
 * @param nobody for tasks without a candidate, why there is none
 * @param known results of tasks that were done before
 * @param money the most that it may cost
 * @param tokens the most that models may read and write for it
 */
public record GraphRequest(
        TaskGraph graph,
        Map<String, List<Candidate>> candidates,
        Map<String, String> nobody,
        List<TaskResult> known,
        Money money,
        long tokens) {
    public GraphRequest {
        candidates = new LinkedHashMap<>(candidates);
        nobody = Map.copyOf(nobody);
        known = List.copyOf(known);
    }
}
