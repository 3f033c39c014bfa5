package dev.troupe.models.recorded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request and what was answered: a line of a recording.
 *
 * @param promptTokens how many tokens the model counted in the prompt before the call
 * @param chunks the text as it was streamed
 * @param wallMillis how long the model took
 */
record Exchange(
        CanonicalRequest request, long promptTokens, ChatResponse response, List<String> chunks, long wallMillis) {
    private static final JsonMapper MAPPER = new JsonMapper();

    Exchange {
        chunks = List.copyOf(chunks);
    }

    /** Without the line's end. */
    String toLine() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("text", response.text());
        chunks.forEach(chunk -> answer.withArray("chunks").add(chunk));
        response.toolCalls().forEach(call -> answer.withArray("tool_calls").add(CanonicalRequest.toolCall(call)));
        answer.put("finish_reason", response.finishReason().name().toLowerCase(Locale.ROOT))
                .put("input_tokens", response.usage().inputTokens())
                .put("cached_tokens", response.usage().cachedTokens())
                .put("output_tokens", response.usage().outputTokens())
                .put("model", response.model())
                .put("cost_usd", response.cost().toDecimal())
                .put("wall_ms", wallMillis);
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("key", request.key());
        line.set("request", request.json());
        line.put("prompt_tokens", promptTokens).set("answer", answer);
        return line.toString();
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is no exchange, or its request is not the one of its key
     */
    static Exchange ofLine(String line) {
        JsonNode read;
        try {
            read = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage() + " (expected: an exchange)", e);
        }
        if (!(read.get("request") instanceof ObjectNode request)) {
            throw new IllegalArgumentException("request: missing (expected: an object)");
        }
        CanonicalRequest canonical = CanonicalRequest.of(request);
        if (!canonical.key().equals(text(read, "key"))) {
            throw new IllegalArgumentException("key: not that of its request (expected: a line that nobody changed)");
        }
        JsonNode answer = read.path("answer");
        List<String> chunks = new ArrayList<>();
        answer.path("chunks").forEach(chunk -> chunks.add(chunk.asText()));
        return new Exchange(
                canonical, number(read, "prompt_tokens"), response(answer), chunks, number(answer, "wall_ms"));
    }

    private static ChatResponse response(JsonNode answer) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : answer.path("tool_calls")) {
            calls.add(new ToolCall(text(call, "id"), text(call, "name"), text(call, "arguments")));
        }
        Usage usage = new Usage(
                number(answer, "input_tokens"), number(answer, "cached_tokens"), number(answer, "output_tokens"));
        return new ChatResponse(
                text(answer, "text"),
                calls,
                finishReason(text(answer, "finish_reason")),
                usage,
                text(answer, "model"),
                money(text(answer, "cost_usd")),
                true);
    }

    private static FinishReason finishReason(String name) {
        for (FinishReason reason : FinishReason.values()) {
            if (reason.name().toLowerCase(Locale.ROOT).equals(name)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("finish_reason: " + name + " (expected: stop, length, …)");
    }

    private static Money money(String dollars) {
        try {
            return Money.parse(dollars);
        } catch (TroupeException e) {
            throw new IllegalArgumentException("cost_usd: " + dollars + " (expected: an amount)", e);
        }
    }

    private static String text(JsonNode node, String name) {
        @Nullable JsonNode value = node.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException(name + ": missing (expected: a text)");
        }
        return value.textValue();
    }

    private static long number(JsonNode node, String name) {
        @Nullable JsonNode value = node.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new IllegalArgumentException(name + ": missing (expected: a number, 0 or more)");
        }
        return value.longValue();
    }
}
