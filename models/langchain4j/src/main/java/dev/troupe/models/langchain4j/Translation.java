package dev.troupe.models.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Requests of ours in LangChain4j's words, and its responses in ours. */
final class Translation {
    private Translation() {}

    static dev.langchain4j.model.chat.request.ChatRequest request(ChatRequest request) {
        Sampling sampling = request.sampling();
        // What nothing is said about stays the model's own: setting it would override what its builder was told.
        var builder = dev.langchain4j.model.chat.request.ChatRequest.builder().messages(messages(request.messages()));
        if (sampling.temperature() != null) {
            builder.temperature(sampling.temperature());
        }
        if (sampling.topP() != null) {
            builder.topP(sampling.topP());
        }
        if (sampling.maxTokens() != null) {
            builder.maxOutputTokens(sampling.maxTokens());
        }
        if (!sampling.stop().isEmpty()) {
            builder.stopSequences(sampling.stop());
        }
        if (!request.tools().isEmpty()) {
            builder.toolSpecifications(
                    request.tools().stream().map(Translation::tool).toList());
        }
        ChatRequest.ResponseFormat format = request.responseFormat();
        if (format != null) {
            builder.responseFormat(dev.langchain4j.model.chat.request.ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder()
                            .name(format.name())
                            .rootElement(JsonRawSchema.from(format.schema().toString()))
                            .build())
                    .build());
        }
        return builder.build();
    }

    private static List<ChatMessage> messages(List<Message> messages) {
        Map<String, String> calledNames = new HashMap<>();
        List<ChatMessage> translated = new ArrayList<>();
        for (Message message : messages) {
            message.toolCalls().forEach(call -> calledNames.put(call.id(), call.name()));
            translated.add(message(message, calledNames));
        }
        return translated;
    }

    private static ChatMessage message(Message message, Map<String, String> calledNames) {
        return switch (message.role()) {
            case SYSTEM -> SystemMessage.from(message.text());
            case USER ->
                UserMessage.from(
                        message.parts().stream().map(Translation::content).toList());
            case ASSISTANT -> assistant(message);
            case TOOL -> {
                String id = Objects.requireNonNullElse(message.toolCallId(), "");
                yield ToolExecutionResultMessage.from(id, calledNames.getOrDefault(id, id), message.text());
            }
        };
    }

    private static Content content(Message.Part part) {
        return switch (part) {
            case Message.Part.Text text -> TextContent.from(text.text());
            case Message.Part.Image image -> ImageContent.from(image.base64(), image.mediaType());
        };
    }

    private static AiMessage assistant(Message message) {
        List<ToolExecutionRequest> calls = message.toolCalls().stream()
                .map(call -> ToolExecutionRequest.builder()
                        .id(call.id())
                        .name(call.name())
                        .arguments(call.arguments())
                        .build())
                .toList();
        if (calls.isEmpty()) {
            return AiMessage.from(message.text());
        }
        return message.text().isEmpty() ? AiMessage.from(calls) : AiMessage.from(message.text(), calls);
    }

    private static ToolSpecification tool(ToolSpec tool) {
        JsonObjectSchema.Builder parameters = JsonObjectSchema.builder();
        for (Map.Entry<String, JsonNode> property :
                tool.parameters().path("properties").properties()) {
            parameters.addProperty(
                    property.getKey(), JsonRawSchema.from(property.getValue().toString()));
        }
        List<String> required = new ArrayList<>();
        tool.parameters().path("required").forEach(name -> required.add(name.asText()));
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(parameters.required(required).build())
                .build();
    }

    /** @param promptTokens what the prompt is taken to have where the model does not say */
    static ChatResponse response(
            dev.langchain4j.model.chat.response.ChatResponse response, String name, long promptTokens) {
        AiMessage message = response.aiMessage();
        @Nullable String said = message.text();
        String text = said == null ? "" : said;
        List<Message.ToolCall> calls = message.toolExecutionRequests().stream()
                .map(call -> new Message.ToolCall(
                        Objects.requireNonNullElse(call.id(), call.name()), call.name(), call.arguments()))
                .toList();
        @Nullable String told = response.modelName();
        return new ChatResponse(
                text,
                calls,
                reason(response.finishReason(), !calls.isEmpty()),
                usage(response.tokenUsage(), promptTokens, text),
                told == null ? name : told,
                Money.ZERO);
    }

    private static ChatResponse.FinishReason reason(@Nullable FinishReason reason, boolean calls) {
        if (reason == null) {
            return calls ? ChatResponse.FinishReason.TOOL_CALLS : ChatResponse.FinishReason.STOP;
        }
        return switch (reason) {
            case LENGTH -> ChatResponse.FinishReason.LENGTH;
            case CONTENT_FILTER -> ChatResponse.FinishReason.CONTENT_FILTER;
            case TOOL_EXECUTION -> ChatResponse.FinishReason.TOOL_CALLS;
            case STOP, OTHER -> calls ? ChatResponse.FinishReason.TOOL_CALLS : ChatResponse.FinishReason.STOP;
        };
    }

    /** LangChain4j's common usage knows no cached tokens: all count as computed. */
    private static Usage usage(@Nullable TokenUsage usage, long promptTokens, String text) {
        @Nullable Integer in = usage == null ? null : usage.inputTokenCount();
        @Nullable Integer out = usage == null ? null : usage.outputTokenCount();
        return new Usage(in == null ? promptTokens : in, 0, out == null ? Math.ceilDiv(text.length(), 3) : out);
    }
}
