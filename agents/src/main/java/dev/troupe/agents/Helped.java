package dev.troupe.agents;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Happened;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a verdict says of the demonstration that a task was shown. */
final class Helped {
    private Helped() {}

    /**
     * Whether it helped; null where nobody can say: an exit code alone is no verdict. It helped the first rung that saw it or
     * nobody: a later one got there in spite of it.
     */
    static @Nullable Boolean of(Job job, List<Happened> history, Outcome ended) {
        boolean judged = switch (job.plan().verifier()) {
            case Verifier.Rule rule -> true;
            case Verifier.Judge judge -> true;
            case Verifier.Reviewer reviewer -> true;
            case Verifier.Asked asked -> true;
            case Verifier.None none -> false;
            case Verifier.Person person -> false;
        };
        if (ended instanceof Outcome.Solved solved) {
            // Where nobody looked at the answer, a replay is as verified as its source and says nothing new of it.
            return (judged && solved.verified() != Judge.NONE)
                    ? job.plan().escalations(job.question(), history) == 0
                    : null;
        }
        boolean refused =
                ended instanceof Outcome.Unsolved unsolved && unsolved.ranOut() == null && unsolved.bestGuess() != null;
        return (judged && refused) ? Boolean.FALSE : null;
    }
}
