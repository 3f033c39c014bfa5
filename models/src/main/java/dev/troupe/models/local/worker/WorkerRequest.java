package dev.troupe.models.local.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model's process is asked, one JSON object a line. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerRequest.Load.class, name = "load"),
    @JsonSubTypes.Type(value = WorkerRequest.Generate.class, name = "generate"),
    @JsonSubTypes.Type(value = WorkerRequest.Count.class, name = "count"),
    @JsonSubTypes.Type(value = WorkerRequest.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = WorkerRequest.Look.class, name = "look"),
    @JsonSubTypes.Type(value = WorkerRequest.Stop.class, name = "stop")
})
public sealed interface WorkerRequest {
    /** The id that {@link Load} is answered under; the others bring their own. */
    long LOADING = 0;

    /**
     * Loads the model; comes first and once on each connection. A process that has loaded another one says so.
     *
     * @param stamp stands for the version of the model's file and of this program
     * @param batchTokens prompt tokens computed at a stretch, between which a cancellation takes effect
     */
    record Load(String file, int contextTokens, int threads, int batchTokens, String stamp) implements WorkerRequest {}

    /**
     * Continues a conversation. One at a time: the next is sent when this one's end was reported.
     *
     * @param schema a JSON schema, already validated, that the answer must satisfy, or null
     */
    record Generate(
            long id,
            List<Turn> turns,
            @Nullable String schema,
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer seed,
            @Nullable Integer maxTokens,
            List<String> stop)
            implements WorkerRequest {}

    /** Counts the tokens of a prompt; at any time. */
    record Count(long id, List<Turn> turns) implements WorkerRequest {}

    /** Ends a generation, whose end is then reported. */
    record Cancel(long id) implements WorkerRequest {}

    /** Asks what the process is doing. */
    record Look(long id) implements WorkerRequest {}

    /** Ends the process, whatever it is doing. */
    record Stop() implements WorkerRequest {}

    /**
     * One message.
     *
     * @param role {@code system}, {@code user} or {@code assistant}
     */
    record Turn(String role, String content) {}
}
