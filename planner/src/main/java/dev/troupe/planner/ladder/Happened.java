package dev.troupe.planner.ladder;

import dev.troupe.knowledge.demonstration.Match;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.knowledge.replay.Replay;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.planner.draft.Draft;
import dev.troupe.planner.graph.PlanExample;
import dev.troupe.planner.graph.Standing;
import dev.troupe.planner.graph.TaskResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of an effect. The history of a task is a list of these, and the next decision a function of it. */
public sealed interface Happened {
    /** The search ended; best match first. A search that failed found nothing. */
    record Found(List<Match> matches) implements Happened {
        public Found {
            matches = List.copyOf(matches);
        }
    }

    /**
     * It is known whether there is a replay.
     *
     * @param source the demonstration whose program it is, null when there is none
     */
    record ReplayFound(
            Effect.FindReplay search,
            Replay replay,
            @Nullable Demonstration source) implements Happened {}

    /** A model answered. */
    record ModelAnswered(Effect.CallModel call, ChatResponse response) implements Happened {}

    /**
     * A model could not be asked, or failed; the attempt is over.
     *
     * @param usage tokens that were spent in vain
     * @param cost what they cost
     */
    record ModelFailed(Effect.CallModel call, ErrorCode code, String message, Usage usage, Money cost)
            implements Happened {
        /** A call that spent nothing. */
        public ModelFailed(Effect.CallModel call, ErrorCode code, String message) {
            this(call, code, message, Usage.NONE, Money.ZERO);
        }
    }

    /** The program cannot be parsed and was not executed. */
    record CodeUnparseable(Effect.RunCode run, String error) implements Happened {}

    /**
     * A program ran.
     *
     * @param output capped, head and tail kept
     * @param end {@code exited}, or the limit that ended it: {@code wall_time}, {@code memory}, …
     * @param responses what the responses that it got from hosts are made of
     */
    record CodeRan(Effect.RunCode run, int exitCode, String output, String end, List<String> responses)
            implements Happened {
        public CodeRan {
            responses = List.copyOf(responses);
        }

        /** A program that asked no hosts. */
        public CodeRan(Effect.RunCode run, int exitCode, String output, String end) {
            this(run, exitCode, output, end, List.of());
        }

        /** What {@code end} says of a program that ended by itself. */
        public static final String EXITED = "exited";

        public boolean succeeded() {
            return exitCode == 0 && end.equals(EXITED);
        }
    }

    /**
     * A tool was called.
     *
     * @param problem the type of what went wrong, or null: {@code bad_arguments}, {@code timed_out}, …
     * @param told the result, or the error with its type, as the model reads it
     */
    record ToolCalled(Effect.CallTool call, @Nullable String problem, String told) implements Happened {}

    /**
     * Another agent was asked.
     *
     * @param answer null where there is none that counts
     * @param told the answer, or why there is none
     * @param code why it failed or was not even asked, or null
     * @param receipt of its task; null where it never began
     */
    record AgentAsked(
            Effect.AskAgent asked,
            @Nullable String answer,
            String told,
            Judge verified,
            @Nullable ErrorCode code,
            @Nullable Receipt receipt)
            implements Happened {
        /** The tokens of its task. */
        public Usage usage() {
            return receipt == null ? Usage.NONE : receipt.usage();
        }

        /** What its task cost. */
        public Money cost() {
            return receipt == null ? Money.ZERO : receipt.cost();
        }
    }

    /** What only happens to planners. */
    sealed interface OfPlanner extends Happened {}

    /**
     * Plans of requests like this one were looked for. A search that failed found nothing.
     *
     * @param draft null where there is nothing to draft from
     * @param learned from how many solved requests it was drafted
     * @param examples the most alike first
     */
    record Recalled(@Nullable Draft draft, int learned, List<PlanExample> examples) implements OfPlanner {
        public Recalled {
            examples = List.copyOf(examples);
        }
    }

    /** How candidates stand, by name; one that did not say in time has a problem. */
    record Surveyed(Map<String, Standing> standings) implements OfPlanner {
        public Surveyed {
            standings = Map.copyOf(standings);
        }
    }

    /**
     * A plan was executed, as far as that was possible.
     *
     * @param results one for each of its tasks, in the plan's order
     * @param parts receipts of the agents that were asked; what they cost is in the results too
     */
    record GraphRan(Effect.RunGraph run, List<TaskResult> results, List<Receipt> parts) implements OfPlanner {
        public GraphRan {
            results = List.copyOf(results);
            parts = List.copyOf(parts);
        }
    }

    /** The answer was judged by the person who was asked. */
    record VerdictGiven(Effect.AskVerdict asked, boolean right) implements Happened {}

    /** The program could not be run at all: no sandbox, no time left, cancelled. Ends the task. */
    record CodeFailed(Effect.RunCode run, ErrorCode code, String message) implements Happened {}
}
