package dev.troupe.agents;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.ChatOptions;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The protocol that all agents share: a team, one of its agents, and later whatever lies on another machine. Each
 * {@link Ask} gets exactly one {@link Outcome}, within the time that it allows.
 */
public final class Agent {
    private Agent() {}

    /** What an agent is told. */
    public sealed interface Command extends Wire {}

    /**
     * Solve this.
     *
     * @param task a new time-ordered UUID (see {@link TaskIds}); the same one twice is rejected
     * @param parent the task that this one is a part of, or null
     * @param tenant {@code local}, or the name of the client's key
     * @param agent which of the team's agents, or null for its entry
     * @param conversation tasks of one conversation of a tenant share a work folder, run one after another, and each is
     *     told of those that were answered before it
     * @param parts the question
     * @param within how long the asker waits; work that cannot end in time is dropped
     * @param budget the most that it may spend
     * @param options what is wanted of the model, null for what the team file says
     * @param events gets what happens meanwhile, see {@link EventStream}; null for nobody
     */
    public record Ask(
            String task,
            @Nullable String parent,
            String tenant,
            @Nullable String agent,
            String conversation,
            List<Part> parts,
            Duration within,
            Allowance budget,
            @Nullable ChatOptions options,
            @Nullable ActorRef<EventStream.Signal> events,
            ActorRef<Outcome> replyTo)
            implements Command {
        public Ask {
            parts = List.copyOf(parts);
        }

        /** Without wishes. */
        public Ask(
                String task,
                @Nullable String parent,
                String tenant,
                @Nullable String agent,
                String conversation,
                List<Part> parts,
                Duration within,
                Allowance budget,
                @Nullable ActorRef<EventStream.Signal> events,
                ActorRef<Outcome> replyTo) {
            this(task, parent, tenant, agent, conversation, parts, within, budget, null, events, replyTo);
        }
    }

    /** Stop working on a task; its asker gets {@link Cancelled}. Without effect on one that is over or unknown. */
    public record Cancel(String task, String why) implements Command {}

    /**
     * What somebody thinks of an answer.
     *
     * @param because a reason, or null
     * @param answer what would have been right, or null
     */
    public record Feedback(
            String task,
            String tenant,
            Verdict verdict,
            @Nullable String because,
            @Nullable String answer,
            ActorRef<FeedbackReply> replyTo)
            implements Command {}

    /** Come back to a task's events, which are kept until some minutes after its end. */
    public record Watch(String task, long afterNumber, ActorRef<EventStream.Signal> events) implements Command {}

    /** A piece of a question. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Part.Text.class, name = "text"),
        @JsonSubTypes.Type(value = Part.Image.class, name = "image"),
        @JsonSubTypes.Type(value = Part.FileHandle.class, name = "file"),
    })
    public sealed interface Part {
        record Text(String text) implements Part {}

        record Image(String mediaType, String base64) implements Part {}

        /** A file that the agent's tools can open. */
        record FileHandle(String path) implements Part {}
    }

    /** How a task ended. */
    public sealed interface Outcome extends Wire {
        String task();
    }

    /**
     * There is an answer. It is on the disk.
     *
     * @param record says who vouches for it, and what it cost
     * @param toolCalls what the model asks the caller to call, only where {@link Ask#options} named tools; the answer's
     *     text may be empty then
     * @param finishReason why the model that gave the answer stopped; null when none did
     */
    public record Answered(
            TaskRecord record,
            List<Message.ToolCall> toolCalls,
            @Nullable FinishReason finishReason) implements Outcome {
        public Answered {
            toolCalls = List.copyOf(toolCalls);
        }

        /** An answer in words. */
        public Answered(TaskRecord record) {
            this(record, List.of(), null);
        }

        @Override
        public String task() {
            return record.task();
        }
    }

    /**
     * There is no answer that counts.
     *
     * @param code why; null when every rung was tried and gave up
     * @param bestGuess an answer that was refused or could not be judged, or null; nobody vouches for it
     * @param record what it cost, or null when not even that could be stored
     */
    public record Failed(
            String task,
            @Nullable ErrorCode code,
            String message,
            @Nullable String hint,
            @Nullable String bestGuess,
            @Nullable TaskRecord record)
            implements Outcome {}

    /** The request makes no sense; nothing was done. */
    public record Rejected(String task, ErrorCode code, String message) implements Outcome, FeedbackReply {}

    /** There is no room for it now; nothing was done. */
    public record Overloaded(String task, String message) implements Outcome {}

    /**
     * It was cancelled.
     *
     * @param record what it had cost by then, or null when it had not begun
     */
    public record Cancelled(
            String task, String why, @Nullable TaskRecord record) implements Outcome {}

    /** What comes of feedback: {@link Judged}, or {@link Rejected}. */
    public sealed interface FeedbackReply extends Wire {}

    /**
     * The verdict is on the disk.
     *
     * @param demonstration the id of what the task had left behind, or null
     * @param retired ids of demonstrations that are no longer shown because of it
     */
    public record Judged(String task, @Nullable String demonstration, List<String> retired) implements FeedbackReply {
        public Judged {
            retired = List.copyOf(retired);
        }
    }
}
