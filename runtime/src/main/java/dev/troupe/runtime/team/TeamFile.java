package dev.troupe.runtime.team;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.planner.ladder.LadderPlan;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A team, as its file describes it and as checked: every name refers to something, every path lies inside the team's
 * folder, every amount is in range. Maps keep the file's order.
 *
 * @param file the team file, absolute
 * @param team its name; data is kept per tenant and team
 * @param models by name; a model whose key is not set is left out
 * @param experts by name
 * @param tools by name, {@code python}, {@code shell} and {@code node}
 * @param functions tools that are Java functions, by name
 * @param mcp servers of tools, by name
 * @param agents by name
 * @param entry the agent that is asked, a key of {@code agents}
 * @param baseline {@code provider/model} that receipts compare with
 * @param prices by {@code provider/model}, replacing those of the price table
 * @param notices what was left out and why, for the user
 */
public record TeamFile(
        Path file,
        String team,
        Map<String, ModelSettings> models,
        Map<String, ExpertSettings> experts,
        Map<String, CodeToolSettings> tools,
        Map<String, FunctionSettings> functions,
        Map<String, McpSettings> mcp,
        Map<String, AgentSettings> agents,
        String entry,
        String baseline,
        Map<String, ModelPrice> prices,
        Budget budget,
        List<String> notices) {
    /** What receipts compare with when the file does not say. */
    public static final String DEFAULT_BASELINE = "openai/gpt-5";

    public TeamFile {
        models = inOrder(models);
        experts = inOrder(experts);
        tools = inOrder(tools);
        functions = inOrder(functions);
        mcp = inOrder(mcp);
        agents = inOrder(agents);
        prices = inOrder(prices);
        notices = List.copyOf(notices);
    }

    private static <T> Map<String, T> inOrder(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The folder that the file lies in; its relative paths start here. */
    public Path folder() {
        Path folder = file.getParent();
        return folder == null ? file : folder;
    }

    /** The rungs of the agent that is asked, by their names in the file's order; a planner has none. */
    public List<String> rungNames() {
        if (entryAgent() instanceof PlannerSettings) {
            return List.of();
        }
        return entryAssistant().ladder().stream()
                .map(AssistantSettings.RungSettings::name)
                .toList();
    }

    /** Whether the file has a rung of that name whose model cannot be asked here. */
    public boolean leavesOut(String rung) {
        return notices.stream().anyMatch(notice -> notice.contains(": rung " + rung + " is left out with the model "));
    }

    /** The same with another version of the agent that is asked. */
    public TeamFile withEntryAgent(AssistantSettings agent) {
        Map<String, AgentSettings> others = new LinkedHashMap<>(agents);
        others.put(entry, agent);
        return new TeamFile(
                file, team, models, experts, tools, functions, mcp, others, entry, baseline, prices, budget, notices);
    }

    /**
     * The same with other models of the same names.
     *
     * @param morePrices of models that the file gives no price of, by {@code provider/model}
     */
    public TeamFile withModels(Map<String, ModelSettings> others, Map<String, ModelPrice> morePrices) {
        Map<String, ModelPrice> all = new LinkedHashMap<>(morePrices);
        all.putAll(prices);
        return new TeamFile(
                file, team, others, experts, tools, functions, mcp, agents, entry, baseline, all, budget, notices);
    }

    /** The same with another judge of all answers of agents with a ladder. */
    public TeamFile withVerifier(LadderPlan.Verifier verifier) {
        Map<String, AgentSettings> judged = new LinkedHashMap<>(agents);
        judged.replaceAll((name, agent) ->
                agent instanceof AssistantSettings assistant ? assistant.withVerifier(verifier) : agent);
        return new TeamFile(
                file, team, models, experts, tools, functions, mcp, judged, entry, baseline, prices, budget, notices);
    }

    /** The same with nothing that runs before programs. */
    public TeamFile withoutPreludes() {
        Map<String, CodeToolSettings> plain = new LinkedHashMap<>(tools);
        plain.replaceAll((name, tool) -> tool.withoutPrelude());
        return new TeamFile(
                file, team, models, experts, plain, functions, mcp, agents, entry, baseline, prices, budget, notices);
    }

    /** The agent that is asked. */
    public AgentSettings entryAgent() {
        AgentSettings agent = agents.get(entry);
        if (agent == null) {
            throw new IllegalStateException("entry: " + entry + " (expected: one of " + agents.keySet() + ")");
        }
        return agent;
    }

    /**
     * The agent that is asked, where it is one with a ladder.
     *
     * @throws TroupeException {@code TEAM_INVALID} when it is of another kind
     */
    public AssistantSettings entryAssistant() {
        if (entryAgent() instanceof AssistantSettings assistant) {
            return assistant;
        }
        throw new TroupeException(
                ErrorCode.TEAM_INVALID,
                "agents." + entry + ".kind: chat (expected: assistant)",
                "only an agent with a ladder can be measured");
    }
}
