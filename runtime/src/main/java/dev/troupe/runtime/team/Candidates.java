package dev.troupe.runtime.team;

import dev.troupe.models.expert.catalogue.CatalogueExpert;
import dev.troupe.models.expert.catalogue.ExpertCatalogue;
import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.graph.Capabilities;
import dev.troupe.planner.graph.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who can do what in a team: its experts by their tasks, its agents by their kinds. */
final class Candidates {
    private static final ExpertCatalogue CATALOGUE = ExpertCatalogue.builtIn();

    private Candidates() {}

    /** Those of these names that there are, in order. */
    static List<Candidate> of(
            List<String> names, Map<String, ExpertSettings> experts, Map<String, AgentSettings> agents) {
        List<Candidate> candidates = new ArrayList<>();
        for (String name : names) {
            ExpertSettings expert = experts.get(name);
            AgentSettings agent = agents.get(name);
            if (expert != null) {
                candidates.add(expert(expert));
            } else if (agent != null) {
                List<String> able =
                        capabilities(agent).stream().map(Capability::name).toList();
                candidates.add(Candidate.agent(name, able, agent.instructions()));
            }
        }
        return candidates;
    }

    private static Candidate expert(ExpertSettings expert) {
        @Nullable
        String licence =
                CATALOGUE.lookUp(expert.model()).map(CatalogueExpert::licence).orElse(null);
        return new Candidate(expert.name(), false, List.of(expert.task().label()), "", licence, expert.device());
    }

    /** What an agent can be given to do. */
    private static List<Capability> capabilities(AgentSettings agent) {
        return switch (agent) {
            case ChatSettings chat ->
                List.of(
                        Capabilities.of(dev.troupe.models.task.Task.QUESTION_ANSWERING),
                        Capabilities.SUMMARIZATION,
                        Capabilities.TEXT_GENERATION);
            case AssistantSettings assistant ->
                assistant.tools().isEmpty()
                        ? List.of(Capabilities.TEXT_GENERATION)
                        : List.of(Capabilities.TABLE_QUESTION_ANSWERING, Capabilities.TEXT_GENERATION);
            case PlannerSettings planner -> List.of();
        };
    }
}
