package dev.troupe.planner.draft;

import dev.troupe.planner.draft.SolvedPlans.Known;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the plan that is expected to agree best with the right one, by the F1 of its tools and of its links.
 *
 * <p>For a plan of a given length both are sums: over its tools, of 2 p / (length + expected length), and over its links,
 * of what the weights of the solved plans that have the link are worth at that length (a plug-in estimate of the expected
 * loss: Ciliberto, Rosasco and Rudi, arXiv 1605.07588). So the best chain of each length is the path of greatest weight in
 * the tool graph, which a beam finds, and the plans of solved requests, chains or not, are measured by the same sums.
 */
final class PlanSearch {
    /** What the links count for beside the tools. */
    private static final double LINKS = 0.8;

    /** Chains that are kept at each length, and tools that they are made of. */
    private static final int WIDTH = 12;

    /** Of a chain. */
    private static final int MOST_TOOLS = 8;

    private final ToolGraph graph;
    private final SolvedPlans plans;
    private final double[] probabilities;
    private final double expected;
    /** For each number of links, from 1, what each is worth; at 0, what it is worth that there is none. */
    private final double[][] worth;

    private PlanSearch(ToolGraph graph, SolvedPlans plans, float[] weights, double[] probabilities) {
        this.graph = graph;
        this.plans = plans;
        this.probabilities = probabilities;
        this.expected = Arrays.stream(probabilities).sum();
        this.worth = worth(plans, weights);
    }

    /**
     * A plan and how well it is thought to agree.
     *
     * @param tools their places in the graph, in order
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(int[] tools, TaskPlan plan, double value) {}

    /**
     * The best plan, and after it the best that has other tools, where there is one.
     *
     * @param weights of the solved plans
     * @param probabilities of the tools
     */
    static List<Found> best(ToolGraph graph, SolvedPlans plans, float[] weights, double[] probabilities) {
        PlanSearch search = new PlanSearch(graph, plans, weights, probabilities);
        List<Found> found = search.chains();
        for (int i = 0; i < plans.size(); i++) {
            Known known = plans.get(i);
            found.add(new Found(known.tools(), known.plan(), search.value(known.tools(), known.links())));
        }
        found.sort(Comparator.comparingDouble(Found::value).reversed());
        Found first = found.getFirst();
        int[] tools = sorted(first.tools());
        return found.stream()
                .filter(other -> !Arrays.equals(sorted(other.tools()), tools))
                .findFirst()
                .map(second -> List.of(first, second))
                .orElse(List.of(first));
    }

    private static int[] sorted(int[] tools) {
        return Arrays.stream(tools).sorted().toArray();
    }

    private static double[][] worth(SolvedPlans plans, float[] weights) {
        int most = Math.max(MOST_TOOLS, plans.longest() * plans.longest());
        double[][] mass = new double[most + 1][];
        double none = 0;
        for (int i = 0; i < weights.length; i++) {
            int[] links = plans.get(i).links();
            if (links.length == 0) {
                none += weights[i];
                continue;
            }
            if (mass[links.length] == null) {
                mass[links.length] = new double[plans.links()];
            }
            for (int link : links) {
                mass[links.length][link] += weights[i];
            }
        }
        double[][] worth = new double[most + 1][];
        worth[0] = new double[] {none};
        for (int ours = 1; ours <= most; ours++) {
            if (ours >= MOST_TOOLS && mass[ours] == null) {
                continue;
            }
            worth[ours] = new double[plans.links()];
            for (int theirs = 1; theirs <= most; theirs++) {
                if (mass[theirs] != null) {
                    for (int link = 0; link < worth[ours].length; link++) {
                        worth[ours][link] += 2 * mass[theirs][link] / (ours + theirs);
                    }
                }
            }
        }
        return worth;
    }

    private double value(int[] tools, int[] links) {
        double value = links.length == 0 ? LINKS * worth[0][0] : 0;
        for (int tool : tools) {
            value += ofTool(tool, tools.length);
        }
        for (int link : links) {
            value += LINKS * worth[links.length][link];
        }
        return value;
    }

    private double ofTool(int tool, int length) {
        return 2 * probabilities[tool] / (length + expected);
    }

    private double ofLink(int source, int target, int length) {
        int link = plans.link(source, target);
        return link < 0 ? 0 : LINKS * worth[length - 1][link];
    }

    private List<Found> chains() {
        int[] tools = IntStream.range(0, graph.size())
                .boxed()
                .sorted(Comparator.comparingDouble(tool -> -probabilities[tool]))
                .limit(WIDTH)
                .mapToInt(Integer::intValue)
                .toArray();
        List<Found> found = new ArrayList<>();
        for (int length = 1; length <= Math.min(plans.longest(), MOST_TOOLS); length++) {
            for (Chain chain : chains(tools, length)) {
                TaskPlan plan = TaskPlan.chain(
                        Arrays.stream(chain.tools).mapToObj(graph::name).toList());
                found.add(new Found(chain.tools, plan, chain.value));
            }
        }
        return found;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chain(int[] tools, double value) {}

    private List<Chain> chains(int[] tools, int length) {
        List<Chain> chains = new ArrayList<>();
        for (int tool : tools) {
            chains.add(new Chain(new int[] {tool}, ofTool(tool, length) + (length == 1 ? LINKS * worth[0][0] : 0)));
        }
        for (int size = 2; size <= length; size++) {
            List<Chain> longer = new ArrayList<>();
            for (Chain chain : chains) {
                extend(chain, tools, length, longer);
            }
            longer.sort(Comparator.comparingDouble(Chain::value).reversed());
            chains = longer.size() > WIDTH ? longer.subList(0, WIDTH) : longer;
        }
        return chains;
    }

    private void extend(Chain chain, int[] tools, int length, List<Chain> longer) {
        int last = chain.tools[chain.tools.length - 1];
        for (int tool : tools) {
            boolean may = graph.follows(last, tool) || plans.link(last, tool) >= 0;
            if (may && Arrays.stream(chain.tools).noneMatch(used -> used == tool)) {
                int[] extended = Arrays.copyOf(chain.tools, chain.tools.length + 1);
                extended[chain.tools.length] = tool;
                longer.add(new Chain(extended, chain.value + ofTool(tool, length) + ofLink(last, tool, length)));
            }
        }
    }
}
