package dev.troupe.models.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.Message;
import dev.troupe.models.local.worker.WorkerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks a request over before it goes to a process that a bad one could bring down, and puts it into its form. */
final class RequestCheck {
    /** No vocabulary has many tokens that long: a prompt with more characters cannot fit, and is not sent to be counted. */
    private static final int CHARACTERS_PER_TOKEN = 64;

    private final int contextTokens;

    RequestCheck(int contextTokens) {
        this.contextTokens = contextTokens;
    }

    /** @throws TroupeException {@code INPUT_INVALID} */
    WorkerRequest.Generate generate(long id, ChatRequest request) {
        ChatRequest.Sampling sampling = request.sampling();
        require(sampling.temperature() == null || inRange(sampling.temperature(), 2), "temperature", "0 to 2");
        require(sampling.topP() == null || inRange(sampling.topP(), 1), "top_p", "0 to 1");
        require(sampling.maxTokens() == null || sampling.maxTokens() >= 1, "max_tokens", "1 or more");
        require(sampling.stop().stream().noneMatch(String::isEmpty), "stop", "no empty text");
        return new WorkerRequest.Generate(
                id,
                turns(request),
                schema(request),
                sampling.temperature(),
                sampling.topP(),
                sampling.seed(),
                sampling.maxTokens(),
                sampling.stop());
    }

    /** @throws TroupeException {@code INPUT_INVALID} */
    List<WorkerRequest.Turn> turns(ChatRequest request) {
        require(!request.messages().isEmpty(), "messages", "at least one");
        List<WorkerRequest.Turn> turns = new ArrayList<>(
                request.messages().stream().map(RequestCheck::turn).toList());
        if (!request.tools().isEmpty()) {
            describeTools(turns, ToolCalling.instructions(request.tools()));
        }
        long characters =
                turns.stream().mapToLong(turn -> turn.content().length()).sum();
        long most = (long) contextTokens * CHARACTERS_PER_TOKEN;
        if (characters > most) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "prompt: %d characters (expected: at most %d for a context of %d tokens)"
                            .formatted(characters, most, contextTokens),
                    "shorten the question or its documents, or raise the model's context");
        }
        return turns;
    }

    private static void describeTools(List<WorkerRequest.Turn> turns, String instructions) {
        WorkerRequest.Turn first = turns.getFirst();
        if (first.role().equals("system")) {
            turns.set(0, new WorkerRequest.Turn("system", first.content() + "\n\n" + instructions));
        } else {
            turns.addFirst(new WorkerRequest.Turn("system", instructions));
        }
    }

    private static WorkerRequest.Turn turn(Message message) {
        require(
                message.parts().stream().allMatch(Message.Part.Text.class::isInstance),
                "message: an image",
                "text only, for a local model");
        return switch (message.role()) {
            case SYSTEM -> new WorkerRequest.Turn("system", message.text());
            case USER -> new WorkerRequest.Turn("user", message.text());
            case ASSISTANT -> new WorkerRequest.Turn("assistant", ToolCalling.text(message));
            case TOOL -> new WorkerRequest.Turn("user", "Result of the tool:\n" + message.text());
        };
    }

    private static @Nullable String schema(ChatRequest request) {
        ChatRequest.ResponseFormat format = request.responseFormat();
        JsonNode schema;
        if (!request.tools().isEmpty()) {
            schema = ToolCalling.schema(request.tools(), format);
        } else if (format != null) {
            schema = format.schema();
        } else {
            return null;
        }
        SchemaCheck.check(schema);
        return schema.toString();
    }

    private static boolean inRange(double value, double most) {
        return value >= 0 && value <= most;
    }

    private static void require(boolean holds, String field, String expected) {
        if (!holds) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, field + " (expected: " + expected + ")", null);
        }
    }
}
