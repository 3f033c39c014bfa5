package dev.troupe.models.call;

import org.jspecify.annotations.Nullable;

/** An expected failure: what went wrong, its code, and what to do about it. Never carries a secret or a prompt. */
public final class TroupeException extends RuntimeException {
    private final ErrorCode code;
    private final @Nullable String hint;
    private Usage spent = Usage.NONE;
    private Money cost = Money.ZERO;

    /**
     * @param message what went wrong, naming the place: {@code budget.task: -1 USD (expected: 0 USD or more)}
     * @param hint what to do next, or null where there is nothing
     */
    public TroupeException(ErrorCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    public TroupeException(ErrorCode code, String message, @Nullable String hint) {
        this(code, message, hint, null);
    }

    public ErrorCode code() {
        return code;
    }

    public @Nullable String hint() {
        return hint;
    }

    /** The same exception, with the tokens that were spent before it failed; estimated where the provider told none. */
    public TroupeException spending(Usage tokens) {
        spent = tokens;
        return this;
    }

    /** As {@link #spending(Usage)}, where the price is known too. */
    public TroupeException spending(Usage tokens, Money price) {
        spent = tokens;
        cost = price;
        return this;
    }

    /** What is known to have been spent in vain. */
    public Usage spent() {
        return spent;
    }

    /** What {@link #spent()} cost; zero where nobody who knows prices has seen the exception. */
    public Money cost() {
        return cost;
    }
}
