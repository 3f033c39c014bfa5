package dev.troupe.runtime.plans;

import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.planner.draft.Draft;
import dev.troupe.planner.draft.Drafter;
import dev.troupe.planner.draft.Solved;
import dev.troupe.planner.draft.ToolGraph;
import dev.troupe.runtime.bench.Bootstrap;
import dev.troupe.runtime.bench.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Drafts plans for requests whose right plans are known, and compares. */
public final class PlanBench {
    /** Tools that a planner would be shown. */
    private static final int SHOWN = 10;

    /** From here on a draft's tools count as right, as GNN4TaskPlan counts them. */
    private static final double RIGHT = 0.99;

    /** From this confidence on a draft is taken for the plan. */
    private static final double SURE = 0.8;

    private PlanBench() {}

    private record Result(double nodeF1, double linkF1, boolean shown, double confidence, double millis) {}

    /**
     * What came out. Means with their 95 % intervals, 0 to 1.
     *
     * @param accuracy share of requests with a node F1 of 0.99 or more
     * @param recallAt10 share of requests whose tools are all among the ten likeliest
     * @param sure share of drafts with a confidence of 0.8 or more
     * @param sureAccuracy accuracy among these, 0 where there are none
     * @param draftMillisMedian of a request's draft, its vector at hand
     * @param draftMillisP95 as the median
     * @param learnSeconds all learning altogether
     */
    public record Report(
            int learned,
            int tested,
            Interval nodeF1,
            Interval linkF1,
            Interval accuracy,
            Interval recallAt10,
            double sure,
            double sureAccuracy,
            double draftMillisMedian,
            double draftMillisP95,
            double learnSeconds) {
        /** For a person. */
        public String text() {
            return String.format(
                    Locale.ROOT,
                    "%d requests, learned from %d%n  node F1    %s%n  link F1    %s%n  accuracy   %s%n  all in 10  %s%n"
                            + "  sure       %.1f %% of the drafts, %.1f %% of these right%n"
                            + "  a draft    %.2f ms (95 %%: %.2f ms), learning %.1f s%n",
                    tested,
                    learned,
                    spelled(nodeF1),
                    spelled(linkF1),
                    spelled(accuracy),
                    spelled(recallAt10),
                    100 * sure,
                    100 * sureAccuracy,
                    draftMillisMedian,
                    draftMillisP95,
                    learnSeconds);
        }

        private static String spelled(Interval interval) {
            return String.format(
                    Locale.ROOT, "%.4f (95 %%: %.4f to %.4f)", interval.mean(), interval.low(), interval.high());
        }
    }

    /** Learns from some and is tested on others. */
    public static Report run(ToolGraph graph, List<Solved> train, List<Solved> test, Cancellation cancellation) {
        List<Result> results = new ArrayList<>();
        double seconds = fold(graph, train, test, results, cancellation);
        return report(train.size(), results, seconds);
    }

    /** Each request is tested once, by a drafter that has learned from the other folds. The seed decides the folds. */
    public static Report crossValidate(
            ToolGraph graph, List<Solved> all, int folds, long seed, Cancellation cancellation) {
        if (folds < 2 || folds > all.size()) {
            throw new TroupeException(
                    ErrorCode.USAGE, "--folds: " + folds + " (expected: 2 to " + all.size() + ")", null);
        }
        List<Solved> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(seed));
        List<Result> results = new ArrayList<>();
        double seconds = 0;
        for (int fold = 0; fold < folds; fold++) {
            List<Solved> train = new ArrayList<>();
            List<Solved> test = new ArrayList<>();
            for (int i = 0; i < shuffled.size(); i++) {
                (i % folds == fold ? test : train).add(shuffled.get(i));
            }
            seconds += fold(graph, train, test, results, cancellation);
        }
        return report(all.size() - all.size() / folds, results, seconds);
    }

    private static double fold(
            ToolGraph graph, List<Solved> train, List<Solved> test, List<Result> results, Cancellation cancellation) {
        long begun = System.nanoTime();
        Drafter drafter = Drafter.of(graph, train);
        double seconds = (System.nanoTime() - begun) / 1e9;
        for (Solved one : test) {
            cancellation.throwIfCancelled();
            long asked = System.nanoTime();
            Draft draft = drafter.draft(one.request());
            double millis = (System.nanoTime() - asked) / 1e6;
            results.add(new Result(
                    draft.plan().nodeF1(one.plan()),
                    draft.plan().linkF1(one.plan()),
                    new HashSet<>(draft.shown(SHOWN)).containsAll(one.plan().tools()),
                    draft.confidence(),
                    millis));
        }
        return seconds;
    }

    private static Report report(int learned, List<Result> results, double seconds) {
        List<Result> sure =
                results.stream().filter(result -> result.confidence() >= SURE).toList();
        double[] millis = results.stream().mapToDouble(Result::millis).sorted().toArray();
        return new Report(
                learned,
                results.size(),
                mean(results, Result::nodeF1),
                mean(results, Result::linkF1),
                mean(results, result -> result.nodeF1() >= RIGHT ? 1 : 0),
                mean(results, result -> result.shown() ? 1 : 0),
                (double) sure.size() / results.size(),
                sure.stream()
                        .mapToDouble(result -> result.nodeF1() >= RIGHT ? 1 : 0)
                        .average()
                        .orElse(0),
                millis[millis.length / 2],
                millis[(int) (0.95 * (millis.length - 1))],
                seconds);
    }

    private static Interval mean(List<Result> results, ToDoubleFunction<Result> value) {
        return Bootstrap.mean(results.stream()
                .map(result -> new double[] {value.applyAsDouble(result)})
                .toList());
    }
}
