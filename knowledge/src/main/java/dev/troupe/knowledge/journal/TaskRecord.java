package dev.troupe.knowledge.journal;

import dev.troupe.knowledge.journal.Verdict.Judge;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that is over, with everything that is known of it.
 *
 * @param outcome {@code solved}, {@code unsolved}, {@code failed} or {@code cancelled}
 * @param answer empty unless solved
 * @param verified who vouches for the answer when the task ended
 * @param exitCode of the last program, null if none ran
 * @param rung the rung that solved it
 * @param language of {@code code}
 * @param code the program that gave the answer
 * @param shown the demonstration that the solving rung was shown
 * @param learned the demonstration that this task left behind
 * @param escalations how many rungs gave up before
 * @param artifacts paths of files that the code wrote
 * @param error the error code's name, for {@code failed} and {@code cancelled}
 * @param replayed the demonstration whose program was run again, with other values or as it is, or null
 * @param earlierTurns how many questions of its conversation it was told of; 0 in records from before there were
 *     conversations
 * @param plan the tasks that were planned for it; empty for agents that plan none
 */
public record TaskRecord(
        String task,
        String tenant,
        String team,
        String agent,
        String conversation,
        String question,
        Instant started,
        String outcome,
        String answer,
        Judge verified,
        @Nullable Integer exitCode,
        @Nullable String rung,
        @Nullable String model,
        @Nullable String language,
        @Nullable String code,
        @Nullable String shown,
        @Nullable String learned,
        int escalations,
        Receipt receipt,
        List<String> artifacts,
        @Nullable String error,
        @Nullable String replayed,
        int earlierTurns,
        List<PlanStep> plan) {
    public TaskRecord {
        artifacts = List.copyOf(artifacts);
        // Records from before there were plans have none.
        plan = orNone(plan);
    }

    private static List<PlanStep> orNone(@Nullable List<PlanStep> plan) {
        return plan == null ? List.of() : List.copyOf(plan);
    }

    /** A task for which nothing was planned. */
    public TaskRecord(
            String task,
            String tenant,
            String team,
            String agent,
            String conversation,
            String question,
            Instant started,
            String outcome,
            String answer,
            Judge verified,
            @Nullable Integer exitCode,
            @Nullable String rung,
            @Nullable String model,
            @Nullable String language,
            @Nullable String code,
            @Nullable String shown,
            @Nullable String learned,
            int escalations,
            Receipt receipt,
            List<String> artifacts,
            @Nullable String error,
            @Nullable String replayed,
            int earlierTurns) {
        this(
                task,
                tenant,
                team,
                agent,
                conversation,
                question,
                started,
                outcome,
                answer,
                verified,
                exitCode,
                rung,
                model,
                language,
                code,
                shown,
                learned,
                escalations,
                receipt,
                artifacts,
                error,
                replayed,
                earlierTurns,
                List.of());
    }

    /** A task that stands by itself, in which no program was run again. */
    public TaskRecord(
            String task,
            String tenant,
            String team,
            String agent,
            String conversation,
            String question,
            Instant started,
            String outcome,
            String answer,
            Judge verified,
            @Nullable Integer exitCode,
            @Nullable String rung,
            @Nullable String model,
            @Nullable String language,
            @Nullable String code,
            @Nullable String shown,
            @Nullable String learned,
            int escalations,
            Receipt receipt,
            List<String> artifacts,
            @Nullable String error) {
        this(
                task,
                tenant,
                team,
                agent,
                conversation,
                question,
                started,
                outcome,
                answer,
                verified,
                exitCode,
                rung,
                model,
                language,
                code,
                shown,
                learned,
                escalations,
                receipt,
                artifacts,
                error,
                null,
                0);
    }

    /** Whether the answer is that of a program that was run again: no model had a part in it. */
    public boolean solvedByReplay() {
        return replayed != null && outcome.equals("solved") && replayed.equals(shown) && model == null;
    }

    /** The demonstration whose program was run again and gave no answer that counts, or null. */
    public @Nullable String brokenReplay() {
        return solvedByReplay() ? null : replayed;
    }

    /** As it is, with the demonstration that it left behind, or null. */
    public TaskRecord withLearned(@Nullable String demonstration) {
        return new TaskRecord(
                task,
                tenant,
                team,
                agent,
                conversation,
                question,
                started,
                outcome,
                answer,
                verified,
                exitCode,
                rung,
                model,
                language,
                code,
                shown,
                demonstration,
                escalations,
                receipt,
                artifacts,
                error,
                replayed,
                earlierTurns,
                plan);
    }
}
