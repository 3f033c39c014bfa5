package dev.troupe.planner.ladder;

import org.jspecify.annotations.Nullable;

/**
 * An answer that nobody has verified yet.
 *
 * @param attempt that gave it
 * @param turn of the attempt, from 1
 * @param exitCode of the program behind it, 0, or null when there is none
 * @param code of that program, its answer marked
 * @param output of that program, empty when there is none
 */
record Candidate(
        Attempt attempt,
        int turn,
        String answer,
        @Nullable Integer exitCode,
        @Nullable String language,
        @Nullable String code,
        String output) {
    /** An answer with the program that ran last, if any did. */
    static Candidate of(Attempt attempt, String answer, Happened.@Nullable CodeRan run) {
        return run == null
                ? new Candidate(attempt, attempt.turns(), answer, null, null, null, "")
                : new Candidate(
                        attempt,
                        attempt.turns(),
                        answer,
                        run.exitCode(),
                        run.run().language(),
                        run.run().language().equals("python")
                                ? Answers.marked(run.run().source(), run.output(), answer)
                                : run.run().source(),
                        run.output());
    }
}
