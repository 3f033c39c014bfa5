package dev.troupe.runtime.team;

import dev.troupe.planner.ladder.Offer;
import dev.troupe.runtime.team.yaml.Fields;
import dev.troupe.runtime.team.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what an agent may call: its {@code tools} and {@code uses}. */
final class ReachReader {
    private static final String EXPECTED_USE = "an agent of the file, or { agent: reviewer, to: review }";

    private final String agent;
    private final ToolsSection tools;
    private final McpSection mcp;
    private final List<String> agents;
    private final boolean chats;
    private final List<String> calls = new ArrayList<>();
    private final List<Reach.Use> uses = new ArrayList<>();

    /**
     * @param agents the names of all agents of the file
     * @param chats whether it is one that writes no programs, and only asks other agents
     */
    ReachReader(String agent, ToolsSection tools, McpSection mcp, List<String> agents, boolean chats) {
        this.agent = agent;
        this.tools = tools;
        this.mcp = mcp;
        this.agents = agents;
        this.chats = chats;
    }

    Reach reach() {
        return new Reach(calls, uses);
    }

    /** The code tools among them. */
    List<String> tools(@Nullable Value value) {
        List<String> known = new ArrayList<>(tools.names());
        known.addAll(mcp.names());
        List<String> code = new ArrayList<>();
        for (Value item : value == null ? List.<Value>of() : value.list("a list of tools")) {
            String tool = item.text("a tool");
            if (tool == null) {
                continue;
            }
            if (!known.contains(tool)) {
                AgentsSection.unknown(item, tool, "tool", known);
            } else if (code.contains(tool) || calls.contains(tool)) {
                item.problem(Value.quote(tool) + " again", "each tool once", null);
            } else if (!tools.tools().containsKey(tool)) {
                // A server that is left out offers nothing.
                if (!mcp.leftOut().containsKey(tool)) {
                    calls.add(tool);
                }
            } else if (chats) {
                item.problem(
                        Value.quote(tool) + " runs programs",
                        "a tool with functions or an MCP server; or kind: assistant",
                        null);
            } else {
                code.add(tool);
            }
        }
        return code;
    }

    /** The agent that reviews, or null. */
    @Nullable
    String uses(@Nullable Value value) {
        String reviewer = null;
        for (Value item : value == null ? List.<Value>of() : value.list("a list of agents")) {
            Reach.Use use = use(item);
            if (use == null) {
                continue;
            }
            boolean again = uses.stream().anyMatch(other -> other.agent().equals(use.agent()))
                    || use.agent().equals(reviewer);
            if (again || (reviewer != null && use.to() == Offer.To.REVIEW)) {
                item.problem(
                        again ? Value.quote(use.agent()) + " again" : "a second reviewer",
                        again ? "each agent once" : "one",
                        null);
            } else {
                reviewer = use.to() == Offer.To.REVIEW ? use.agent() : reviewer;
                uses.add(use);
            }
        }
        return reviewer;
    }

    private Reach.@Nullable Use use(Value item) {
        if (item.isText()) {
            String name = other(item);
            return name == null ? null : new Reach.Use(name, Offer.To.ASK);
        }
        Fields fields = item.fields(TeamKeys.USE);
        Value named = fields == null ? null : fields.require("agent", EXPECTED_USE);
        Value toValue = fields == null ? null : fields.get("to");
        String to =
                toValue == null ? "ask" : toValue.oneOf(chats ? List.of("ask") : List.of("ask", "hand_over", "review"));
        String name = named == null ? null : other(named);
        return name == null || to == null ? null : new Reach.Use(name, Offer.To.valueOf(to.toUpperCase(Locale.ROOT)));
    }

    private @Nullable String other(Value value) {
        String name = value.text(EXPECTED_USE);
        if (name == null) {
            return null;
        }
        if (name.equals(agent)) {
            value.problem("itself", "another agent", null);
            return null;
        }
        if (!agents.contains(name)) {
            AgentsSection.unknown(
                    value,
                    name,
                    "agent",
                    agents.stream().filter(other -> !other.equals(agent)).toList());
            return null;
        }
        if (tools.names().contains(name)) {
            value.problem("a tool is called " + name + " too", "an agent whose name no tool has", null);
            return null;
        }
        return name;
    }
}
