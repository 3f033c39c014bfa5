package dev.troupe.models.call;

import java.time.Duration;

/**
 * What every call of a model or a tool carries.
 *
 * @param task the task that the call belongs to
 * @param tenant {@code local}, or the name of the client's key
 * @param deadline after it the call fails with {@code TIMEOUT}
 * @param cancellation ends the call with {@code CANCELLED}
 */
public record CallContext(String task, String tenant, Deadline deadline, Cancellation cancellation) {
    /** The tenant of whoever uses this machine's command line. */
    public static final String LOCAL = "local";

    /** A call that belongs to no task: a pull, a check, a test. */
    public static CallContext standalone(Duration time) {
        return new CallContext("-", LOCAL, Deadline.after(time), new Cancellation());
    }

    /** The same with a deadline at most {@code time} from now. */
    public CallContext within(Duration time) {
        return new CallContext(task, tenant, deadline.earlier(Deadline.after(time)), cancellation);
    }

    /** @throws TroupeException {@code CANCELLED} or {@code TIMEOUT} when there is no point in going on */
    public void check() {
        cancellation.throwIfCancelled();
        if (deadline.hasPassed()) {
            throw new TroupeException(ErrorCode.TIMEOUT, "task " + task + ": its time is used up", null);
        }
    }
}
