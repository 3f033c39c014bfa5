package dev.troupe.planner.ladder;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.chat.ChatRequest;
import org.jspecify.annotations.Nullable;

/** What is to be done next. Decided here, carried out by an agent's actor. */
public sealed interface Effect {
    /** Look for solved questions like this one. */
    record Search(String question, int limit, double similarity) implements Effect {}

    /**
     * Call a model.
     *
     * @param purpose whether it is to solve the question or to judge an answer
     */
    record CallModel(String rung, String model, Purpose purpose, ChatRequest request) implements Effect {}

    /** Check a program's syntax and, if it can be parsed, run it. */
    record RunCode(String rung, String language, String source) implements Effect {}

    /** The task is over. */
    record Finish(Outcome outcome) implements Effect {}

    /** What a model is called for. */
    enum Purpose {
        SOLVE,
        JUDGE
    }

    /** How a task ended. */
    sealed interface Outcome {
        /**
         * There is an answer.
         *
         * @param demonstration the demonstration that the solving rung was shown
         */
        record Solved(
                String answer,
                Judge verified,
                String rung,
                @Nullable String language,
                @Nullable String code,
                @Nullable String demonstration)
                implements Outcome {}

        /**
         * No rung found an answer that counts.
         *
         * @param why for the user: what the last rung failed on
         * @param bestGuess an answer that the verifier refused or could not judge, or null; never presented as verified
         */
        record Unsolved(String why, @Nullable String bestGuess) implements Outcome {}
    }
}
