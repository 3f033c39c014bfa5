package dev.troupe.planner.ladder;

import dev.troupe.models.chat.ChatRequest.ResponseFormat;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.models.chat.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of the model for one task, over what the team file says. Only agents that are a model with
 * instructions can do all of it, see {@link AgentPlan#refusal}.
 *
 * @param messages the whole conversation as the caller keeps it, with the question and what follows it (tool calls and
 *     their results); null for the conversation that Troupe keeps
 * @param tools functions that the model may ask the caller to call
 * @param responseFormat the JSON schema that the answer must satisfy, or null
 * @param sampling what is not null replaces the team file's; stop texts do when there are any
 */
public record ChatOptions(
        @Nullable List<Message> messages,
        List<ToolSpec> tools,
        @Nullable ResponseFormat responseFormat,
        Sampling sampling) {
    public static final ChatOptions NONE = new ChatOptions(null, List.of(), null, Sampling.DEFAULT);

    public ChatOptions {
        messages = messages == null ? null : List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** The options of a caller who only wants tokens chosen otherwise. */
    public static ChatOptions of(Sampling sampling) {
        return new ChatOptions(null, List.of(), null, sampling);
    }

    /** What these options and the team file's sampling come to. */
    public Sampling over(Sampling base) {
        return new Sampling(
                sampling.temperature() == null ? base.temperature() : sampling.temperature(),
                sampling.topP() == null ? base.topP() : sampling.topP(),
                sampling.seed() == null ? base.seed() : sampling.seed(),
                sampling.maxTokens() == null ? base.maxTokens() : sampling.maxTokens(),
                sampling.stop().isEmpty() ? base.stop() : sampling.stop());
    }
}
