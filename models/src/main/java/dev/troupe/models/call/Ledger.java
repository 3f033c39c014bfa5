package dev.troupe.models.call;

/**
 * Where every spent token is written down: leased before a call, settled after it, failed calls too. Both are durable
 * when the method returns. Thread-safe.
 */
public interface Ledger {
    /**
     * Reserves what a call may spend at most.
     *
     * @throws TroupeException {@code BUDGET_EXHAUSTED} when the task's or the day's budget does not hold that much;
     *     the message names which
     */
    Lease lease(LeaseRequest request);

    /**
     * What a call asks for.
     *
     * @param model {@code provider/model}
     * @param maximumCost the most it may cost
     * @param maximumTokens the most tokens it may use, in and out
     */
    record LeaseRequest(String task, String tenant, String model, Money maximumCost, long maximumTokens) {}

    /** What was reserved. */
    interface Lease {
        /**
         * Writes down what was really spent and frees the rest. A second call does nothing.
         *
         * @param outcome {@code ok}, {@code recorded}, or the error code in lower case
         */
        void settle(Usage usage, Money cost, String outcome);
    }
}
