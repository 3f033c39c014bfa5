package dev.troupe.models.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.Message;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tool calls for models of any training: the prompt describes the tools, and a grammar holds the answer to one JSON
 * object, either {@code {"tool": …, "arguments": …}} or {@code {"answer": …}}. So a call always names a tool that exists,
 * with arguments of the right shape.
 */
final class ToolCalling {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ToolCalling() {}

    /** The schema that an answer to a request with tools must satisfy. */
    static JsonNode schema(List<ChatRequest.ToolSpec> tools, ChatRequest.@Nullable ResponseFormat format) {
        ObjectNode schema = MAPPER.createObjectNode();
        ArrayNode choices = schema.putArray("anyOf");
        for (ChatRequest.ToolSpec tool : tools) {
            requireSelfContained(tool.name(), tool.parameters());
            ObjectNode named = MAPPER.createObjectNode().put("const", tool.name());
            choices.add(object("tool", named, "arguments", tool.parameters()));
        }
        JsonNode answer;
        if (format == null) {
            answer = MAPPER.createObjectNode().put("type", "string");
        } else {
            requireSelfContained(format.name(), format.schema());
            answer = format.schema();
        }
        choices.add(object("answer", answer, null, null));
        return schema;
    }

    private static ObjectNode object(
            String first, JsonNode firstSchema, @Nullable String second, @Nullable JsonNode secondSchema) {
        ObjectNode object = MAPPER.createObjectNode().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        properties.set(first, firstSchema);
        required.add(first);
        if (second != null && secondSchema != null) {
            properties.set(second, secondSchema);
            required.add(second);
        }
        object.put("additionalProperties", false);
        return object;
    }

    /** A reference would point to another place once its schema is a part of a larger one. */
    private static void requireSelfContained(String name, JsonNode schema) {
        if (!schema.findValues("$ref").isEmpty()) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "schema of " + name + ": $ref (expected: no references where tools are given)",
                    null);
        }
    }

    /** What the model is told; it comes first in the prompt and stays the same from call to call. */
    static String instructions(List<ChatRequest.ToolSpec> tools) {
        StringBuilder text = new StringBuilder("""
                You can use these tools. Answer with one JSON object and nothing else:
                {"tool": NAME, "arguments": {...}} to use a tool, or {"answer": ...} when you know the answer.
                """);
        for (ChatRequest.ToolSpec tool : tools) {
            text.append("- ")
                    .append(tool.name())
                    .append(": ")
                    .append(tool.description())
                    .append(" Arguments: ")
                    .append(tool.parameters())
                    .append('\n');
        }
        return text.toString();
    }

    /** An assistant's turn that called tools, in the words that the model is held to. */
    static String text(Message message) {
        StringBuilder text = new StringBuilder(message.text());
        for (Message.ToolCall call : message.toolCalls()) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append("{\"tool\": ")
                    .append(MAPPER.getNodeFactory().textNode(call.name()))
                    .append(", \"arguments\": ")
                    .append(call.arguments())
                    .append('}');
        }
        return text.toString();
    }

    /** What the model chose, or nothing when the text was cut before its end. */
    static Optional<Choice> parse(String text, String callId) {
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (node.has("tool")) {
            return Optional.of(new Choice(
                    "",
                    List.of(new Message.ToolCall(
                            callId,
                            node.get("tool").asText(),
                            node.get("arguments").toString()))));
        }
        JsonNode answer = node.path("answer");
        return Optional.of(new Choice(answer.isTextual() ? answer.asText() : answer.toString(), List.of()));
    }

    /** An answer, or calls of tools. */
    record Choice(String text, List<Message.ToolCall> calls) {}
}
