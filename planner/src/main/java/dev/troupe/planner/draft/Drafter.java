package dev.troupe.planner.draft;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.planner.draft.Draft.Ranked;
import dev.troupe.planner.draft.Logistic.Example;
import dev.troupe.planner.draft.PlanSearch.Found;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Drafts plans, and learns from solved requests.
 *
 * <p>A request is compared with the solved ones ({@link Likeness}); {@link KernelRidge} turns that into weights of their
 * plans; weights, neighbours, descriptions and what tools come together give each tool a probability ({@link
 * ToolEvidence}, {@link Logistic}); {@link PlanSearch} finds the plan that is expected to agree best with the right one.
 * What combines the evidence is learned from the weights that each solved request would get had it not been learned.
 *
 * <p>{@link #add} is cheap (one pass over a matrix of the solved requests) and counts at once; what is learned about
 * words and evidence as a whole waits for {@link #relearned}, which {@link #isDue} says. The same solved
 * requests in the same order give the same drafts. Not thread-safe: whoever owns it asks and adds one at a time.
 */
public final class Drafter {
    /** Solved requests that are kept, the latest: memory and time grow with its square, learning anew with its cube. */
    public static final int CAPACITY = 4000;

    private static final float RIDGE = 0.1f;

    /** Tools that are not in the plan, drawn for each solved request to learn from. */
    private static final int OTHERS = 20;

    private static final long SEED = 20261125;

    /** As learned from UltraTool: where a team begins that has solved little or nothing. */
    private static final Logistic TOOLS =
            new Logistic(7.7, -0.07, 0.9, 0, -0.03, -0.06, 0.76, -1.1, 0.17, 0.09, 4.6, -0.47, -4.5);

    private static final Logistic CONFIDENCE = new Logistic(0.2, 5.6, 2.9, 0, -3.1);

    private final ToolGraph graph;
    private final List<Solved> solved;
    private final Likeness likeness;
    private final SolvedPlans plans;
    private final ToolEvidence evidence;
    private final KernelRidge ridge;
    private final Logistic tools;
    private final Logistic confidence;
    private final int learnedAtOnce;

    private Drafter(ToolGraph graph, List<Solved> all) {
        this.graph = graph;
        this.solved = new ArrayList<>(all.subList(Math.max(0, all.size() - CAPACITY), all.size()));
        List<String> texts = solved.stream().map(one -> one.request().text()).toList();
        this.likeness = new Likeness(OrderedWords.of(texts), dimensions(graph));
        this.plans = new SolvedPlans(graph);
        this.evidence = new ToolEvidence(graph, plans, texts);
        this.learnedAtOnce = solved.size();
        int[] numbers = new int[solved.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = note(solved.get(i));
        }
        this.ridge = new KernelRidge(
                likeness.matrix(solved.stream().map(Solved::request).toList()), numbers, plans.size(), RIDGE);
        this.tools = TOOLS.learn(toolExamples());
        this.confidence = CONFIDENCE.learn(confidenceExamples());
    }

    /**
     * A drafter that knows these solved requests, of which the last {@value #CAPACITY} count.
     *
     * @throws TroupeException {@code INPUT_INVALID} when a plan names a tool that the graph has not, or not all requests
     *     and descriptions have vectors of the same dimensions
     */
    public static Drafter of(ToolGraph graph, Collection<Solved> solved) {
        return new Drafter(graph, List.copyOf(solved));
    }

    private static int dimensions(ToolGraph graph) {
        int dimensions = graph.tools().getFirst().description().shared().length;
        for (Tool tool : graph.tools()) {
            if (tool.description().shared().length != dimensions) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID,
                        "tool " + tool.name() + ": " + tool.description().shared().length + " dimensions (expected: "
                                + dimensions + ")",
                        "All requests and tools have vectors of the same weights, or none has.");
            }
        }
        return dimensions;
    }

    /** Notes a solved request everywhere but in the matrix; the number of its plan. */
    private int note(Solved one) {
        if (one.plan().tools().isEmpty()) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, "plan: no tools (expected: at least one)", null);
        }
        int number = plans.add(one.plan());
        likeness.add(one.request());
        evidence.add(plans.get(number).tools());
        return number;
    }

    /** How many solved requests it knows. */
    public int size() {
        return solved.size();
    }

    /** Learns one more solved request; from now on it counts. */
    public void add(Solved one) {
        float[] alike = likeness.to(one.request());
        ridge.add(alike, note(one));
        solved.add(one);
    }

    /** Whether {@link #relearned} is worth its time: a tenth more was added, or there are more than fit. */
    public boolean isDue() {
        return solved.size() > learnedAtOnce + learnedAtOnce / 10 || solved.size() > CAPACITY + CAPACITY / 10;
    }

    /** A drafter that has learned from all that this one knows as if at once. */
    public Drafter relearned() {
        return new Drafter(graph, solved);
    }

    /**
     * A plan for this request.
     *
     * @throws TroupeException {@code INPUT_INVALID} when its vector has other dimensions than those that were learned
     */
    public Draft draft(Embedded request) {
        float[] alike = likeness.to(request);
        float[] weights = ridge.weights(alike);
        double[] probabilities = probabilities(evidence.of(request, weights, alike, -1));
        List<Found> best = PlanSearch.best(graph, plans, weights, probabilities);
        List<Ranked> ranking = IntStream.range(0, graph.size())
                .mapToObj(tool -> new Ranked(graph.name(tool), probabilities[tool]))
                .sorted(Comparator.comparingDouble(Ranked::probability).reversed())
                .toList();
        double sure = solved.isEmpty() ? 0 : confidence.probability(sureness(best, probabilities));
        return new Draft(best.getFirst().plan(), ranking, sure);
    }

    private double[] probabilities(double[][] features) {
        return Arrays.stream(features).mapToDouble(tools::probability).toArray();
    }

    private List<Example> toolExamples() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < solved.size(); i++) {
            double[][] features = left(i);
            int[] right = plans.ofRequest(i).tools();
            for (int tool : right) {
                examples.add(new Example(features[tool], true, 1));
            }
            int others = graph.size() - right.length;
            int drawn = Math.min(OTHERS, others);
            for (int j = 0; j < drawn; j++) {
                int tool = random.nextInt(graph.size());
                while (among(right, tool)) {
                    tool = random.nextInt(graph.size());
                }
                examples.add(new Example(features[tool], false, (double) others / drawn));
            }
        }
        return examples;
    }

    private List<Example> confidenceExamples() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < solved.size(); i++) {
            double[] probabilities = probabilities(left(i));
            List<Found> best = PlanSearch.best(graph, plans, ridge.weightsWithout(i), probabilities);
            int[] right = plans.ofRequest(i).tools();
            int[] ours = best.getFirst().tools();
            boolean same = ours.length == right.length && Arrays.stream(ours).allMatch(tool -> among(right, tool));
            examples.add(new Example(sureness(best, probabilities), same, 1));
        }
        return examples;
    }

    /** The evidence for a solved request's tools as if it had not been learned. */
    private double[][] left(int i) {
        Embedded request = solved.get(i).request();
        return evidence.of(request, ridge.weightsWithout(i), likeness.to(request), i);
    }

    /** What tells how sure a draft is: its value, its lead, the weakest tool in it and the strongest one out of it. */
    private static double[] sureness(List<Found> best, double[] probabilities) {
        Found first = best.getFirst();
        double weakest = 1;
        double strongest = 0;
        for (int tool = 0; tool < probabilities.length; tool++) {
            if (among(first.tools(), tool)) {
                weakest = Math.min(weakest, probabilities[tool]);
            } else {
                strongest = Math.max(strongest, probabilities[tool]);
            }
        }
        double lead = best.size() > 1 ? first.value() - best.get(1).value() : first.value();
        return new double[] {first.value(), lead, weakest, strongest};
    }

    private static boolean among(int[] tools, int tool) {
        return Arrays.stream(tools).anyMatch(one -> one == tool);
    }
}
