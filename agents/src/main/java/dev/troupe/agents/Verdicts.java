package dev.troupe.agents;

/**
 * Whoever says at once whether an answer is right, for plans whose verifier is
 * {@link dev.troupe.planner.ladder.LadderPlan.Verifier.Asked}. Thread-safe; called on a virtual thread, which may wait.
 */
@FunctionalInterface
public interface Verdicts {
    /** Nobody is there: no answer is called right. */
    Verdicts NOBODY = (task, question, answer) -> false;

    /** Whether the answer is right. What it throws ends the task as failed. */
    boolean right(String task, String question, String answer);
}
