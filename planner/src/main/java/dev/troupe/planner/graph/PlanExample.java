package dev.troupe.planner.graph;

import dev.troupe.knowledge.journal.Verdict.Judge;
import java.util.List;

/**
 * A request whose plan is known.
 *
 * @param id of the demonstration, or {@code team-3} for the third of the team's own
 * @param request in words
 * @param resources that it was about, the attached ones
 * @param plan as a model writes it
 * @param verified who vouches for it; only what somebody vouches for is done again as it is
 * @param similarity to the request at hand, 0 to 1
 */
public record PlanExample(
        String id, String request, List<Resource> resources, String plan, Judge verified, double similarity) {
    public PlanExample {
        resources = List.copyOf(resources);
    }
}
