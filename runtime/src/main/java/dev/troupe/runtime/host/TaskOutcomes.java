package dev.troupe.runtime.host;

import dev.troupe.agents.Agent;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import org.jspecify.annotations.Nullable;

/** What a task's outcome means to whoever asked. */
public final class TaskOutcomes {
    private TaskOutcomes() {}

    /** What is on the disk of it, or null when nothing is. */
    public static @Nullable TaskRecord record(Agent.Outcome outcome) {
        return switch (outcome) {
            case Agent.Answered answered -> answered.record();
            case Agent.Failed failed -> failed.record();
            case Agent.Cancelled cancelled -> cancelled.record();
            case Agent.Overloaded overloaded -> null;
            case Agent.Rejected rejected -> null;
        };
    }

    /** @throws TroupeException unless it was answered */
    public static void orThrow(Agent.Outcome outcome) {
        switch (outcome) {
            case Agent.Answered answered -> {
                // There is nothing wrong with it.
            }
            case Agent.Failed failed -> {
                ErrorCode code = failed.code();
                throw new TroupeException(code == null ? ErrorCode.UNSOLVED : code, failed.message(), hint(failed));
            }
            case Agent.Cancelled cancelled ->
                throw new TroupeException(ErrorCode.CANCELLED, "cancelled: " + cancelled.why(), null);
            case Agent.Overloaded overloaded ->
                throw new TroupeException(ErrorCode.OVERLOADED, overloaded.message(), null);
            case Agent.Rejected rejected -> throw new TroupeException(rejected.code(), rejected.message(), null);
        }
    }

    private static @Nullable String hint(Agent.Failed failed) {
        if (failed.hint() != null || failed.bestGuess() == null) {
            return failed.hint();
        }
        return "the best guess, which nobody vouches for: " + failed.bestGuess();
    }
}
