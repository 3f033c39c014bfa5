package dev.troupe.planner.graph;

import dev.troupe.models.call.Money;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a candidate stands now, as measured.
 *
 * @param problem why it cannot do anything at present; null when it can
 * @param answered tasks that it did, lately
 * @param failed tasks that it did not do, lately
 * @param right answers with its work in them that somebody found right
 * @param wrong those that somebody found wrong
 * @param typical the median time of a task; zero where it is not known
 * @param cost what a task costs on average
 */
public record Standing(
        @Nullable String problem, long answered, long failed, long right, long wrong, Duration typical, Money cost) {
    /** Nothing is known of it. */
    public static final Standing UNKNOWN = new Standing(null, 0, 0, 0, 0, Duration.ZERO, Money.ZERO);

    /** Verdicts that are taken as given before there are any. */
    private static final double ASSUMED_RIGHT = 4;

    private static final double ASSUMED = 5;

    /** Tasks that are taken as done before there are any. */
    private static final double ASSUMED_DONE = 4;

    /** How often its work was right, 0 to 1, by the verdicts: 0.8 where there are none. */
    double quality() {
        return (right + ASSUMED_RIGHT) / (right + wrong + ASSUMED);
    }

    /** How often it does what it is asked, 0 to 1: 1 where it has never failed. */
    double reliability() {
        return (answered + ASSUMED_DONE) / (answered + failed + ASSUMED_DONE);
    }
}
