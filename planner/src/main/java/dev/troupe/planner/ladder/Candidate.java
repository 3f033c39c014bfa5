package dev.troupe.planner.ladder;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.planner.ladder.Effect.Outcome;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
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
    /** Whether it is a program's, whose output the pattern finds something in. */
    boolean matches(String pattern) {
        try {
            return code != null && Pattern.compile(pattern).matcher(output).find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** The task's end with this answer. */
    Outcome.Solved solved(Judge verified, @Nullable String demonstration) {
        return new Outcome.Solved(answer, verified, attempt.rung().name(), exitCode, language, code, demonstration);
    }

    /** The one whose answer most of them gave, the first among equals. */
    static Candidate mostGiven(List<Candidate> all) {
        return Collections.max(
                all,
                Comparator.comparingLong(candidate -> all.stream()
                        .filter(other -> other.answer().equals(candidate.answer()))
                        .count()));
    }

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
