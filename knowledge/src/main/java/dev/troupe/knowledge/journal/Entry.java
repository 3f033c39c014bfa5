package dev.troupe.knowledge.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import org.jspecify.annotations.Nullable;

/** Something that happened and is never forgotten or changed. Written as JSON; its names are part of the format. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.Leased.class, name = "leased"),
    @JsonSubTypes.Type(value = Entry.Settled.class, name = "settled"),
    @JsonSubTypes.Type(value = Entry.TaskStarted.class, name = "task-started"),
    @JsonSubTypes.Type(value = Entry.TaskEnded.class, name = "task-ended"),
    @JsonSubTypes.Type(value = Entry.VerdictGiven.class, name = "verdict"),
    @JsonSubTypes.Type(value = Entry.DemonstrationStored.class, name = "demonstration"),
    @JsonSubTypes.Type(value = Entry.DemonstrationUsed.class, name = "demonstration-used"),
    @JsonSubTypes.Type(value = Entry.TurnUndone.class, name = "turn-undone"),
})
public sealed interface Entry {
    /** Money and tokens were set aside for a call, out of the budget of {@code team}. */
    record Leased(
            String lease, String task, String tenant, String team, String model, Money maximumCost, long maximumTokens)
            implements Entry {}

    /** A call ended; what it really spent. */
    record Settled(String lease, String task, Usage usage, Money cost, String outcome) implements Entry {}

    /** A question was taken on. */
    record TaskStarted(String task, String tenant, String team, String agent, String conversation, String question)
            implements Entry {}

    /** A task is over: solved, given up, failed or cancelled. */
    record TaskEnded(TaskRecord record) implements Entry {}

    /**
     * Somebody judged an answer.
     *
     * @param because a person's reason
     * @param answer what would have been right
     */
    record VerdictGiven(
            String task,
            Verdict verdict,
            @Nullable String because,
            @Nullable String answer) implements Entry {}

    /** A demonstration as it is from now on; replaces an earlier one with the same id. */
    record DemonstrationStored(Demonstration demonstration) implements Entry {}

    /** A demonstration was shown; whether the attempt that saw it came out right. */
    record DemonstrationUsed(String demonstration, String task, boolean helped) implements Entry {}

    /** The task's question and answer no longer belong to its conversation; its receipt stays. */
    record TurnUndone(String task, String tenant) implements Entry {}
}
