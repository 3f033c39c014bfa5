package dev.troupe.planner.draft;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools that may be planned with, and which may follow which. Immutable. */
public final class ToolGraph {
    private final List<Tool> tools;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<BitSet> followers = new ArrayList<>();

    private ToolGraph(List<Tool> tools) {
        this.tools = List.copyOf(tools);
        for (Tool tool : tools) {
            if (places.put(tool.name(), places.size()) != null) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID, "tool: " + tool.name() + " (expected: each name once)", null);
            }
            followers.add(new BitSet());
        }
        if (tools.isEmpty()) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, "tools: none (expected: at least one)", null);
        }
    }

    /**
     * A graph with these links.
     *
     * @throws TroupeException {@code INPUT_INVALID} when there is no tool, a name occurs twice or a link names none
     */
    public static ToolGraph of(List<Tool> tools, Collection<Link> links) {
        ToolGraph graph = new ToolGraph(tools);
        for (Link link : links) {
            graph.followers.get(graph.place(link.source())).set(graph.place(link.target()));
        }
        return graph;
    }

    /**
     * A graph in which a tool may follow another that gives a type which it takes, or where either declares none.
     *
     * @throws TroupeException {@code INPUT_INVALID} when there is no tool or a name occurs twice
     */
    public static ToolGraph typed(List<Tool> tools) {
        ToolGraph graph = new ToolGraph(tools);
        for (int source = 0; source < tools.size(); source++) {
            for (int target = 0; target < tools.size(); target++) {
                List<String> given = tools.get(source).outputs();
                List<String> taken = tools.get(target).inputs();
                if (given.isEmpty() || taken.isEmpty() || !Collections.disjoint(given, taken)) {
                    graph.followers.get(source).set(target);
                }
            }
        }
        return graph;
    }

    public List<Tool> tools() {
        return tools;
    }

    int size() {
        return tools.size();
    }

    String name(int place) {
        return tools.get(place).name();
    }

    boolean follows(int source, int target) {
        return followers.get(source).get(target);
    }

    /**
     * The tool's place in {@link #tools}.
     *
     * @throws TroupeException {@code INPUT_INVALID} when there is none of that name
     */
    int place(String name) {
        @Nullable Integer place = places.get(name);
        if (place == null) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "tool: " + name + " (expected: one of the " + tools.size() + " of the graph)",
                    "Plans and links may name only tools that the graph has.");
        }
        return place;
    }
}
