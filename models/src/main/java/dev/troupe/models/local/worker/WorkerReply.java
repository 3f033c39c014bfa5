package dev.troupe.models.local.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a model's process answers, one JSON object a line. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerReply.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = WorkerReply.Piece.class, name = "piece"),
    @JsonSubTypes.Type(value = WorkerReply.Done.class, name = "done"),
    @JsonSubTypes.Type(value = WorkerReply.Counted.class, name = "counted"),
    @JsonSubTypes.Type(value = WorkerReply.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = WorkerReply.Status.class, name = "status")
})
public sealed interface WorkerReply {
    /** The id of the request that this answers. */
    long id();

    /** The model is loaded, by the process {@code pid}. */
    record Ready(long id, long millis, long pid) implements WorkerReply {}

    /** Text as it is written; never empty. */
    record Piece(long id, String text) implements WorkerReply {}

    /**
     * A generation has ended.
     *
     * @param inputTokens of the prompt
     * @param cachedTokens of these, the ones that were not computed again
     * @param outputTokens that were chosen, the one that ends the answer included
     */
    record Done(long id, long inputTokens, long cachedTokens, long outputTokens, End end) implements WorkerReply {}

    /** The answer to {@link WorkerRequest.Count}. */
    record Counted(long id, long tokens) implements WorkerReply {}

    /** The request cannot be carried out; nothing was written. */
    record Refused(long id, Reason reason, String message) implements WorkerReply {}

    /**
     * What the process is doing.
     *
     * @param file the model's, empty before it is loaded
     * @param clients how many are connected that want the model
     * @param idleMillis since when there is none
     * @param keepAliveMillis how long it stays then
     */
    record Status(long id, long pid, String file, int clients, long idleMillis, long keepAliveMillis)
            implements WorkerReply {}

    /** Why a generation ended. */
    enum End {
        STOP,
        LENGTH,
        CANCELLED
    }

    /** Why a request was refused. */
    enum Reason {
        MODEL_NOT_LOADED,
        OTHER_MODEL,
        PROMPT_TOO_LONG,
        FAILED
    }
}
