package dev.troupe.agents.expert;

import dev.troupe.models.call.Deadline;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.task.Inputs;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A request on its way through an expert: what is known of it so far. Of one actor only. */
final class ExpertRequest {
    private final long number;
    private final String tenant;
    private final Inputs inputs;
    private final Deadline deadline;
    private final ActorRef<ExpertActor.Outcome> replyTo;
    private final long cameNanos = System.nanoTime();
    private Expert.@Nullable Prepared prepared;
    private Expert.@Nullable Result[] results = new Expert.Result[0];
    private int missing;
    private ExpertActor.@Nullable Outcome outcome;
    private boolean replied;

    ExpertRequest(long number, ExpertActor.Apply apply) {
        this.number = number;
        this.tenant = apply.tenant();
        this.inputs = apply.inputs();
        this.deadline = apply.deadline();
        this.replyTo = apply.replyTo();
    }

    long number() {
        return number;
    }

    String tenant() {
        return tenant;
    }

    Inputs inputs() {
        return inputs;
    }

    Deadline deadline() {
        return deadline;
    }

    ActorRef<ExpertActor.Outcome> replyTo() {
        return replyTo;
    }

    long ageNanos() {
        return System.nanoTime() - cameNanos;
    }

    boolean isPrepared() {
        return prepared != null;
    }

    Expert.Prepared prepared() {
        return Objects.requireNonNull(prepared, "prepared");
    }

    void prepared(Expert.Prepared ready) {
        prepared = ready;
        results = new Expert.Result[ready.pieces().size()];
        missing = results.length;
    }

    /** True when it was the last one that was missing. */
    boolean result(int index, Expert.Result result) {
        results[index] = result;
        missing--;
        return missing == 0;
    }

    List<Expert.Result> results() {
        return Arrays.stream(results).map(Objects::requireNonNull).toList();
    }

    /** The first outcome counts. True when this was it. */
    boolean end(ExpertActor.Outcome how) {
        if (outcome != null) {
            return false;
        }
        outcome = how;
        return true;
    }

    boolean hasEnded() {
        return outcome != null;
    }

    boolean hasReplied() {
        return replied;
    }

    /** Tells who asked; once. */
    void reply() {
        if (!replied) {
            replied = true;
            replyTo.tell(Objects.requireNonNull(outcome, "outcome"));
        }
    }
}
