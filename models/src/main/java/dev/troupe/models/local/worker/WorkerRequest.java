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
    @JsonSubTypes.Type(value = WorkerRequest.Cancel.class, name = "cancel")
})
public sealed interface WorkerRequest {
    /** The id that {@link Load} is answered under; the others bring their own. */
    long LOADING = 0;

    /**
     * Loads the model; comes first and once.
     *
     * @param batchTokens prompt tokens computed at a stretch, between which a cancellation takes effect
     */
    record Load(String file, int contextTokens, int threads, int batchTokens) implements WorkerRequest {}

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

    /**
     * One message.
     *
     * @param role {@code system}, {@code user} or {@code assistant}
     */
    record Turn(String role, String content) {}
}
