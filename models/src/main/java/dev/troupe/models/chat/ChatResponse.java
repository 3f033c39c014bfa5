package dev.troupe.models.chat;

import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import java.util.List;

/**
 * What a chat model answered.
 *
 * @param text the whole text, empty when it only called tools
 * @param model the name that the provider gave, for the record
 * @param cost at list price; zero for local models
 * @param recorded whether it comes out of a recording, at the cost of then
 */
public record ChatResponse(
        String text,
        List<Message.ToolCall> toolCalls,
        FinishReason finishReason,
        Usage usage,
        String model,
        Money cost,
        boolean recorded) {
    public ChatResponse {
        toolCalls = List.copyOf(toolCalls);
    }

    /** What a model answered just now. */
    public ChatResponse(
            String text,
            List<Message.ToolCall> toolCalls,
            FinishReason finishReason,
            Usage usage,
            String model,
            Money cost) {
        this(text, toolCalls, finishReason, usage, model, cost, false);
    }

    public Message toMessage() {
        return new Message(
                Message.Role.ASSISTANT,
                text.isEmpty() ? List.of() : List.of(new Message.Part.Text(text)),
                toolCalls,
                null);
    }

    /** Why the model stopped. */
    public enum FinishReason {
        STOP,
        LENGTH,
        TOOL_CALLS,
        CONTENT_FILTER
    }
}
