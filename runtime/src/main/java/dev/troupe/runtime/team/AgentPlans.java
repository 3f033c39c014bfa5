package dev.troupe.runtime.team;

import dev.troupe.agents.graph.GraphFiles;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.embedding.Embedder;
import dev.troupe.planner.chat.ChatPlan;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.stages.StagesPlan;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns an agent of a team file, of whatever kind, into what the planner decides by. */
public final class AgentPlans {
    /** What is left of a model's context for the rest of the prompt and the answer: two of three parts. */
    private static final int PARTS = 3;

    private AgentPlans() {}

    /**
     * The agent's plan. What it tells of a conversation fits the smallest of its models.
     *
     * @param models the agent's, by their names in the team file
     * @param embedder see {@link LadderPlans#of}
     */
    public static AgentPlan of(
            TeamFile team, AgentSettings agent, Map<String, ChatModel> models, @Nullable Embedder embedder) {
        int room = models.entrySet().stream()
                .filter(model -> agent.models().contains(model.getKey()))
                .mapToInt(model -> model.getValue().contextTokens() / PARTS)
                .min()
                .orElse(Integer.MAX_VALUE);
        int history = Math.min(agent.historyTokens(), room);
        return switch (agent) {
            case AssistantSettings assistant ->
                LadderPlans.of(team, assistant, embedder).withHistoryTokens(history);
            case ChatSettings chat -> {
                ModelSettings model = Objects.requireNonNull(team.models().get(chat.model()), chat.model());
                Sampling sampling = model.sampling();
                yield new ChatPlan(chat.instructions(), chat.model(), sampling, history);
            }
            case PlannerSettings planner -> {
                ModelSettings model = Objects.requireNonNull(team.models().get(planner.model()), planner.model());
                yield new StagesPlan(
                        planner.instructions(),
                        planner.model(),
                        model.sampling(),
                        Candidates.of(planner.uses(), team.experts(), team.agents()),
                        planner.requirements(),
                        StagesPlan.Options.DEFAULT.showing(planner.show()),
                        history,
                        GraphFiles.ofTeam(planner.files()).resources());
            }
        };
    }
}
