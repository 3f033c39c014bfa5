package dev.troupe.runtime.api;

/**
 * A program's own verifier. What it agrees to counts as verified by a rule; after its no the rung tries again, as long as
 * it has turns, and then the next one does. Thread-safe; called on a virtual thread, which may wait.
 */
@FunctionalInterface
public interface AnswerCheck {
    /** Whether that is the right answer to the question. What it throws ends the task as failed. */
    boolean isRight(String question, String answer);
}
