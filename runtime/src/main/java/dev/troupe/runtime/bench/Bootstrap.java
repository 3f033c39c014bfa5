package dev.troupe.runtime.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bootstrap intervals of a mean by the percentile method (Efron and Tibshirani, An Introduction to the Bootstrap,
 * chapter 13), resampling whole groups (chapter 8.4): questions of one template fail and succeed together, and an
 * interval that took them for independent would be too narrow.
 */
public final class Bootstrap {
    static final int RESAMPLES = 10_000;
    static final long SEED = 20261122;

    private Bootstrap() {}

    /**
     * The mean of all values and its interval.
     *
     * @param groups values that belong together; none of the groups is empty
     */
    public static Interval mean(List<double[]> groups) {
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("groups: none (expected: at least one)");
        }
        double[] sums =
                groups.stream().mapToDouble(group -> Arrays.stream(group).sum()).toArray();
        double[] means = new double[RESAMPLES];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            int count = 0;
            for (int j = 0; j < sums.length; j++) {
                int drawn = random.nextInt(sums.length);
                sum += sums[drawn];
                count += groups.get(drawn).length;
            }
            means[i] = sum / count;
        }
        Arrays.sort(means);
        double mean = Arrays.stream(sums).sum()
                / groups.stream().mapToInt(group -> group.length).sum();
        return new Interval(mean, quantile(means, 0.025), quantile(means, 0.975));
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
