package dev.troupe.agents.expert;

import java.time.Duration;

/**
 * How an expert gathers requests, and where its patience ends.
 *
 * @param batchSize pieces of one run, 1 or more
 * @param longestWait how long the oldest piece waits for others, 0 or more
 * @param queue requests that may be under way, all tenants together, 1 or more
 * @param runners runs at a time, 1 or more; each takes one thread of the machine's budget
 * @param longestLoad after which loading counts as failed
 * @param longestRun after which a run counts as hanging
 * @param firstPause between a failure and the next load; doubles from failure to failure
 * @param longestPause that it doubles up to
 * @param failuresInARow failed runs after which the session is opened anew
 */
public record ExpertLimits(
        int batchSize,
        Duration longestWait,
        int queue,
        int runners,
        Duration longestLoad,
        Duration longestRun,
        Duration firstPause,
        Duration longestPause,
        int failuresInARow) {
    /** Up to 16 pieces, gathered for 5 ms. */
    public static final ExpertLimits DEFAULT = new ExpertLimits(
            16,
            Duration.ofMillis(5),
            1024,
            // Two halves of a batch on two cores took as long as one batch on each in turn; more runners only queue.
            Math.min(2, Runtime.getRuntime().availableProcessors()),
            Duration.ofMinutes(2),
            Duration.ofSeconds(60),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            3);

    public ExpertLimits {
        require(batchSize >= 1, "batch.size", batchSize);
        require(queue >= 1, "queue", queue);
        require(runners >= 1, "runners", runners);
        require(failuresInARow >= 1, "failuresInARow", failuresInARow);
        if (longestWait.isNegative()) {
            throw new IllegalArgumentException("batch.wait: " + longestWait + " (expected: 0 or more)");
        }
    }

    private static void require(boolean holds, String name, int value) {
        if (!holds) {
            throw new IllegalArgumentException("%s: %d (expected: 1 or more)".formatted(name, value));
        }
    }

    /** The same with another way of gathering. */
    public ExpertLimits batching(int size, Duration atMost) {
        return new ExpertLimits(
                size, atMost, queue, runners, longestLoad, longestRun, firstPause, longestPause, failuresInARow);
    }
}
