package dev.troupe.agents.expert;

import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Expert;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How an expert stands, for whoever chooses among several.
 *
 * @param name in the team
 * @param placement what it computes on and why; empty as long as it is not loaded
 * @param problem why it is not loaded; null when it is, or when it is loading for the first time
 * @param underWay requests that have no answer yet
 * @param waiting pieces of them that wait for a run
 * @param answered requests with an answer, since the beginning
 * @param failed requests without one, since the beginning
 * @param refused requests that were not taken, since the beginning
 * @param restarts sessions that failed, since the beginning
 * @param meanBatch pieces of a run, on average
 * @param typical the median time to an answer, over the last ones; zero before the first
 * @param slow the time that 95 of 100 of them took at most
 */
public record ExpertHealth(
        String name,
        State state,
        String placement,
        @Nullable String problem,
        int underWay,
        int waiting,
        long answered,
        long failed,
        long refused,
        long restarts,
        double meanBatch,
        Duration typical,
        Duration slow) {
    /** Whether it can answer. */
    public enum State {
        LOADING,
        READY,
        /** It failed, and is opened anew after a pause. */
        DOWN
    }

    /** Keeps count for one actor. */
    static final class Counter {
        private static final int KEPT = 512;

        private final String name;
        private final long[] latest = new long[KEPT];
        private State state = State.LOADING;
        private long answered;
        private long failed;
        private long refused;
        private long restarts;
        private long runs;
        private long pieces;

        Counter(String name) {
            this.name = name;
        }

        void answered(Duration wall) {
            latest[(int) (answered % KEPT)] = wall.toNanos();
            answered++;
        }

        void failed() {
            failed++;
        }

        void refused() {
            refused++;
        }

        void ran(int size) {
            runs++;
            pieces += size;
        }

        void opened() {
            state = State.READY;
        }

        void down() {
            state = State.DOWN;
            restarts++;
        }

        ExpertHealth read(@Nullable Expert expert, @Nullable TroupeException problem, int underWay, int waiting) {
            long[] sorted = Arrays.copyOf(latest, (int) Math.min(answered, KEPT));
            Arrays.sort(sorted);
            return new ExpertHealth(
                    name,
                    state,
                    expert == null ? "" : expert.placement(),
                    problem == null ? null : problem.getMessage(),
                    underWay,
                    waiting,
                    answered,
                    failed,
                    refused,
                    restarts,
                    runs == 0 ? 0 : (double) pieces / runs,
                    quantile(sorted, 0.5),
                    quantile(sorted, 0.95));
        }

        private static Duration quantile(long[] sorted, double share) {
            return sorted.length == 0
                    ? Duration.ZERO
                    : Duration.ofNanos(sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
        }
    }
}
