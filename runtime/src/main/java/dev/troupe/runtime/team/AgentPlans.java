package dev.troupe.runtime.team;

import dev.troupe.agents.graph.GraphFiles;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.models.embedding.Embedder;
import dev.troupe.planner.chat.ChatPlan;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.Offer;
import dev.troupe.planner.stages.StagesPlan;
import dev.troupe.tools.call.Tool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns an agent of a team file, of whatever kind, into what the planner decides by. */
public final class AgentPlans {
    /** What is left of a model's context for the rest of the prompt and the answer: two of three parts. */
    private static final int PARTS = 3;

    private static final int LONGEST_DESCRIPTION = 200;

    private AgentPlans() {}

    /**
     * The agent's plan. What it tells of a conversation fits the smallest of its models.
     *
     * @param models the agent's, by their names in the team file
     * @param tools what is offered, by the names of functions and MCP servers
     * @param embedder see {@link LadderPlans#of}
     */
    public static AgentPlan of(
            TeamFile team,
            AgentSettings agent,
            Map<String, ChatModel> models,
            Map<String, List<Tool.Spec>> tools,
            @Nullable Embedder embedder) {
        int room = models.entrySet().stream()
                .filter(model -> agent.models().contains(model.getKey()))
                .mapToInt(model -> model.getValue().contextTokens() / PARTS)
                .min()
                .orElse(Integer.MAX_VALUE);
        int history = Math.min(agent.historyTokens(), room);
        Offer offer = offer(team, agent.reach(), tools);
        return switch (agent) {
            case AssistantSettings assistant ->
                LadderPlans.of(team, assistant, embedder)
                        .withHistoryTokens(history)
                        .withOffer(offer);
            case ChatSettings chat -> {
                ModelSettings model = Objects.requireNonNull(team.models().get(chat.model()), chat.model());
                Sampling sampling = model.sampling();
                yield new ChatPlan(chat.instructions(), chat.model(), sampling, history, offer, chat.turns());
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

    private static Offer offer(TeamFile team, Reach reach, Map<String, List<Tool.Spec>> tools) {
        List<ToolSpec> specs = reach.calls().stream()
                .flatMap(name -> tools.getOrDefault(name, List.of()).stream())
                .map(spec -> new ToolSpec(spec.name(), spec.description(), spec.parameters()))
                .toList();
        List<Offer.Use> uses = reach.uses().stream()
                .filter(use -> use.to() != Offer.To.REVIEW)
                .map(use -> new Offer.Use(use.agent(), description(team, use), use.to()))
                .toList();
        return new Offer(specs, uses);
    }

    /** The first line of what the other agent is told of itself. */
    private static String description(TeamFile team, Reach.Use use) {
        AgentSettings agent = team.agents().get(use.agent());
        String instructions = agent == null ? "" : agent.instructions().strip();
        String line = instructions.lines().findFirst().orElse("");
        String what = line.length() <= LONGEST_DESCRIPTION ? line : line.substring(0, LONGEST_DESCRIPTION - 1) + "…";
        String does = use.to() == Offer.To.ASK ? "asks the agent " : "hands the whole task over to the agent ";
        return does + use.agent() + (what.isEmpty() ? "" : ", which was told: " + what);
    }
}
