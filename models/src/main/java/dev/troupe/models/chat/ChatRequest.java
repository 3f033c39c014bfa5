package dev.troupe.models.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chat model is asked.
 *
 * @param messages the conversation, oldest first; what stays the same between calls comes first, so that a prompt cache
 *     can serve it
 * @param tools functions that the model may call
 * @param responseFormat the JSON schema that the answer must satisfy, or null for free text
 */
public record ChatRequest(
        List<Message> messages,
        List<ToolSpec> tools,
        @Nullable ResponseFormat responseFormat,
        Sampling sampling) {
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    public static ChatRequest of(Sampling sampling, Message... messages) {
        return new ChatRequest(List.of(messages), List.of(), null, sampling);
    }

    public ChatRequest withSampling(Sampling other) {
        return new ChatRequest(messages, tools, responseFormat, other);
    }

    /**
     * A function that the model may call.
     *
     * @param parameters a JSON schema of type object
     */
    public record ToolSpec(String name, String description, JsonNode parameters) {}

    /** A named JSON schema. */
    public record ResponseFormat(String name, JsonNode schema) {}

    /**
     * How tokens are chosen; null leaves a value to the provider.
     *
     * @param temperature 0 (always the likeliest token) to 2
     * @param topP 0 to 1
     * @param seed makes sampling repeatable where the provider supports it
     * @param maxTokens the most tokens to write
     * @param stop texts that end the answer and are not part of it
     */
    public record Sampling(
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer seed,
            @Nullable Integer maxTokens,
            List<String> stop) {
        public static final Sampling DEFAULT = new Sampling(null, null, null, null, List.of());

        public Sampling {
            stop = List.copyOf(stop);
        }

        public Sampling withTemperature(double other) {
            return new Sampling(other, topP, seed, maxTokens, stop);
        }

        public Sampling withMaxTokens(int other) {
            return new Sampling(temperature, topP, seed, other, stop);
        }
    }
}
