package dev.troupe.planner.ladder;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.planner.graph.Capability;
import dev.troupe.planner.graph.GraphRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done next. Decided here, carried out by an agent's actor. */
public sealed interface Effect {
    /** Look for solved questions like this one. */
    record Search(String question, int limit, double similarity) implements Effect {}

    /**
     * Call a model.
     *
     * @param purpose what it is to do
     * @param limit the most that this call may spend, in and out; whoever makes it lowers the request's
     *     {@code maxTokens} to fit, or does not make it ({@code BUDGET_EXHAUSTED})
     */
    record CallModel(String rung, String model, Purpose purpose, ChatRequest request, Allowance limit)
            implements Effect {}

    /** Check a program's syntax and, if it can be parsed, run it. */
    record RunCode(String rung, String language, String source) implements Effect {}

    /**
     * Call a tool.
     *
     * @param stage the rung, or the agent's only stage
     * @param id as the model numbered its call; empty where it did not
     * @param arguments as the model wrote them, which may be no JSON at all
     */
    record CallTool(String stage, String id, String tool, String arguments) implements Effect {}

    /**
     * Ask another agent of the team, within the task's time.
     *
     * @param id as in {@link CallTool}
     * @param limit the most that it may spend
     */
    record AskAgent(String stage, String id, String agent, Offer.To to, String question, Allowance limit)
            implements Effect {}

    /** Ask whoever judges answers at once whether this one is right. */
    record AskVerdict(String rung, String answer) implements Effect {}

    /**
     * Look whether a solved question's program answers this one with other values.
     *
     * @param alike demonstrations that the search found, which are to be tried too
     */
    record FindReplay(String rung, String question, List<Demonstration> alike) implements Effect {
        public FindReplay {
            alike = List.copyOf(alike);
        }
    }

    /**
     * Look for plans of requests like this one, and draft one.
     *
     * @param capabilities what may be planned with
     * @param show how many plans are wanted
     */
    record Recall(String question, List<Capability> capabilities, int show) implements Effect {
        public Recall {
            capabilities = List.copyOf(capabilities);
        }
    }

    /** Look how these experts and agents stand. */
    record Survey(List<String> candidates) implements Effect {
        public Survey {
            candidates = List.copyOf(candidates);
        }
    }

    /** Execute a plan. */
    record RunGraph(GraphRequest request) implements Effect {}

    /** The task is over. */
    record Finish(Outcome outcome) implements Effect {}

    /** What a model is called for. */
    enum Purpose {
        SOLVE,
        JUDGE,
        /** To say which tasks are to be done, or who does them. */
        PLAN,
        /** To write an answer from the results of tasks. */
        RESPOND
    }

    /** How a task ended. */
    sealed interface Outcome {
        /**
         * There is an answer.
         *
         * @param verified who vouches for it; {@code NONE} when only an exit code does, or nobody
         * @param exitCode of the last program of the solving rung, null if none ran
         * @param language of {@code code}
         * @param code the program that gave the answer, null if none did
         * @param demonstration the best of the demonstrations that the solving rung was shown
         */
        record Solved(
                String answer,
                Judge verified,
                String rung,
                @Nullable Integer exitCode,
                @Nullable String language,
                @Nullable String code,
                @Nullable String demonstration)
                implements Outcome {}

        /**
         * No rung found an answer that counts.
         *
         * @param why for the user: what the last rung failed on, or what ran out
         * @param ranOut {@code BUDGET_EXHAUSTED} or {@code TIMEOUT}; null when every rung gave up by itself
         * @param bestGuess an answer that the verifier refused or could not judge, or null; never presented as verified
         */
        record Unsolved(
                String why,
                @Nullable ErrorCode ranOut,
                @Nullable String bestGuess) implements Outcome {}

        /** It could not be tried at all: no model answered, no sandbox started, or it was cancelled. */
        record Failed(ErrorCode code, String message) implements Outcome {}
    }
}
