package dev.troupe.planner.ladder;

import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;

/**
 * What may be spent: a task's lease, or what is left of it for one call.
 *
 * @param money at most this much
 * @param tokens at most this many, in and out together
 */
public record Allowance(Money money, long tokens) {
    public static final Allowance UNLIMITED = new Allowance(new Money(Long.MAX_VALUE), Long.MAX_VALUE);

    /** The fewest tokens that a call can make sense with: less than this and it is not made. */
    static final long FEWEST_TOKENS = 32;

    /** What is left after that was spent; zero, never negative, for tokens. */
    public Allowance minus(Money spent, Usage used) {
        return new Allowance(money.minus(spent), Math.max(0, tokens - used.totalTokens()));
    }

    /** Whether a call is still possible: a model that costs nothing may be asked when exactly no money is left. */
    public boolean allowsACall() {
        return !money.isNegative() && tokens >= FEWEST_TOKENS;
    }
}
