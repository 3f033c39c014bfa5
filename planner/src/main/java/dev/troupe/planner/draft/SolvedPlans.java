package dev.troupe.planner.draft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distinct plans of the solved requests, as numbers: places of tools in the graph, and numbers of links. */
final class SolvedPlans {
    private final ToolGraph graph;
    private final Map<TaskPlan, Integer> numbers = new HashMap<>();
    private final Map<Integer, Integer> linkNumbers = new HashMap<>();
    private final List<Known> plans = new ArrayList<>();
    private final List<Integer> ofRequests = new ArrayList<>();
    private int longest = 1;

    SolvedPlans(ToolGraph graph) {
        this.graph = graph;
    }

    /** One of the plans. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Known(TaskPlan plan, int[] tools, int[] links) {}

    /** Notes the plan of one more solved request; its number among the distinct ones. */
    int add(TaskPlan solved) {
        TaskPlan plan = solved.distinct();
        int[] tools = plan.tools().stream().mapToInt(graph::place).toArray();
        int[] pairs = plan.links().stream()
                .mapToInt(link -> pair(graph.place(link.source()), graph.place(link.target())))
                .toArray();
        int number = numbers.computeIfAbsent(plan, unknown -> {
            int[] links = new int[pairs.length];
            for (int i = 0; i < links.length; i++) {
                links[i] = linkNumbers.computeIfAbsent(pairs[i], first -> linkNumbers.size());
            }
            plans.add(new Known(plan, tools, links));
            return plans.size() - 1;
        });
        ofRequests.add(number);
        longest = Math.max(longest, tools.length);
        return number;
    }

    private int pair(int source, int target) {
        return source * graph.size() + target;
    }

    /** The link's number, or -1 where no solved plan has it. */
    int link(int source, int target) {
        return linkNumbers.getOrDefault(pair(source, target), -1);
    }

    int links() {
        return linkNumbers.size();
    }

    int size() {
        return plans.size();
    }

    Known get(int number) {
        return plans.get(number);
    }

    /** The plan of a solved request, by the order in which they were added. */
    Known ofRequest(int request) {
        return plans.get(ofRequests.get(request));
    }

    int number(int request) {
        return ofRequests.get(request);
    }

    /** How many tools the longest has, at least 1. */
    int longest() {
        return longest;
    }
}
