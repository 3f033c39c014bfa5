package dev.troupe.agents;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.troupe.knowledge.journal.Verdict.Judge;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a task while it ran.
 *
 * @param number 1, 2, 3, … within the task, without gaps
 * @param atMillis milliseconds since 1970
 */
public record TaskEvent(String task, long number, long atMillis, What what) {
    /** What happened. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RungStarted.class, name = "rung-started"),
        @JsonSubTypes.Type(value = TextDelta.class, name = "text-delta"),
        @JsonSubTypes.Type(value = Called.class, name = "called"),
        @JsonSubTypes.Type(value = Code.class, name = "code"),
        @JsonSubTypes.Type(value = OutputChunk.class, name = "output-chunk"),
        @JsonSubTypes.Type(value = CodeEnded.class, name = "code-ended"),
        @JsonSubTypes.Type(value = Retried.class, name = "retried"),
        @JsonSubTypes.Type(value = Escalated.class, name = "escalated"),
        @JsonSubTypes.Type(value = DemonstrationShown.class, name = "demonstration-shown"),
        @JsonSubTypes.Type(value = Replay.class, name = "replay"),
        @JsonSubTypes.Type(value = ToolCalled.class, name = "tool-called"),
        @JsonSubTypes.Type(value = ToolEnded.class, name = "tool-ended"),
        @JsonSubTypes.Type(value = AgentAsked.class, name = "agent-asked"),
        @JsonSubTypes.Type(value = AgentEnded.class, name = "agent-ended"),
        @JsonSubTypes.Type(value = Verifying.class, name = "verifying"),
        @JsonSubTypes.Type(value = Judgement.class, name = "judgement"),
        @JsonSubTypes.Type(value = ModelFailed.class, name = "model-failed"),
        @JsonSubTypes.Type(value = PlanDrawn.class, name = "plan-drawn"),
        @JsonSubTypes.Type(value = PlanTask.class, name = "plan-task"),
        @JsonSubTypes.Type(value = Finished.class, name = "finished"),
    })
    public sealed interface What {}

    /** A rung tries. */
    public record RungStarted(String rung, String model, int turns) implements What {}

    /** A model wrote something. */
    public record TextDelta(String rung, String text) implements What {}

    /**
     * A model has answered.
     *
     * @param model its name in the team file
     * @param inputTokens of the prompt, {@code cachedTokens} included
     * @param costUsd dollars, with 12 decimals
     */
    public record Called(String model, long inputTokens, long cachedTokens, long outputTokens, String costUsd)
            implements What {}

    /** A program is about to be run. */
    public record Code(String rung, String language, String source) implements What {}

    /** The program printed something. */
    public record OutputChunk(String text) implements What {}

    /**
     * The program ended.
     *
     * @param exitCode null when it was not run
     * @param end {@code exited}, {@code unparseable}, or the limit that ended it
     */
    public record CodeEnded(@Nullable Integer exitCode, String end, long wallMillis) implements What {}

    /** The same rung goes on. */
    public record Retried(String rung, String why) implements What {}

    /** The rung before gave up and this one tries. */
    public record Escalated(String rung, String why) implements What {}

    /** A solved question is shown to all rungs. */
    public record DemonstrationShown(String id, String question, Judge verified, double similarity) implements What {}

    /**
     * Whether a solved question's program is run again.
     *
     * @param demonstration whose program, or null when there is none
     * @param text {@code d-12 with name Paris for London}, or why there is none
     */
    public record Replay(String rung, @Nullable String demonstration, String text) implements What {}

    /**
     * A tool is about to be called.
     *
     * @param arguments as the model wrote them, cut when they are long
     */
    public record ToolCalled(String rung, String tool, String arguments) implements What {}

    /**
     * The call is over.
     *
     * @param problem the type of what went wrong, or null
     * @param text the result or the error, cut when it is long
     */
    public record ToolEnded(String tool, @Nullable String problem, String text, long wallMillis) implements What {}

    /**
     * Another agent is asked.
     *
     * @param to {@code ask}, {@code hand_over} or {@code review}
     * @param part the task that it works on
     */
    public record AgentAsked(String agent, String to, String question, String part) implements What {}

    /**
     * The other agent is done.
     *
     * @param answered whether there is an answer
     * @param text the answer, or why there is none
     */
    public record AgentEnded(String agent, String part, boolean answered, String text, long wallMillis)
            implements What {}

    /**
     * An answer is put before a judge.
     *
     * @param model the judge model, or the agent that reviews
     */
    public record Verifying(String model, String answer) implements What {}

    /** The judge model spoke. */
    public record Judgement(String reply) implements What {}

    /** A model could not be asked. */
    public record ModelFailed(String model, String code, String message) implements What {}

    /**
     * There is a plan, whose tasks wait to be done; it may be the rest of one that went before.
     *
     * @param tasks each after those that it needs
     */
    public record PlanDrawn(List<Planned> tasks) implements What {
        public PlanDrawn {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * A task of a plan.
     *
     * @param task its type
     * @param inputs what it is given, by the names of its arguments
     * @param after ids of the tasks whose results it takes
     */
    public record Planned(String id, String task, Map<String, List<String>> inputs, List<String> after) {
        public Planned {
            inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
            after = List.copyOf(after);
        }
    }

    /**
     * A task of the plan has come on.
     *
     * @param state {@code waiting}, {@code running}, {@code done}, {@code failed}, {@code skipped} or {@code cancelled}
     * @param expert the expert or agent that works on it or did; null where nobody does
     * @param wallMillis since its start
     * @param why it is so; empty where there is nothing to say
     */
    public record PlanTask(
            String id, String state, @Nullable String expert, long wallMillis, String why) implements What {}

    /**
     * It is over; the last event.
     *
     * @param outcome {@code solved}, {@code unsolved}, {@code failed} or {@code cancelled}
     */
    public record Finished(String outcome, String answer, Judge verified, String why) implements What {}
}
