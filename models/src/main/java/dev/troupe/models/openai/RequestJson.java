package dev.troupe.models.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.Message;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a request as {@code POST /chat/completions} takes it. */
final class RequestJson {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private RequestJson() {}

    static byte[] write(String model, ChatRequest request, Dialect dialect) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("model", model);
        ArrayNode messages = body.putArray("messages");
        request.messages().forEach(message -> messages.add(message(message)));
        request.tools().forEach(tool -> body.withArray("tools").add(tool(tool)));
        if (request.responseFormat() != null) {
            body.set("response_format", responseFormat(request.responseFormat()));
        }
        sampling(body, request.sampling(), dialect);
        body.put("stream", true);
        if (dialect.has(Dialect.STREAM_OPTIONS)) {
            body.putObject(Dialect.STREAM_OPTIONS).put("include_usage", true);
        }
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sampling(ObjectNode body, ChatRequest.Sampling sampling, Dialect dialect) {
        put(body, "temperature", sampling.temperature(), dialect);
        put(body, "top_p", sampling.topP(), dialect);
        put(body, "seed", sampling.seed(), dialect);
        put(body, dialect.maxTokens(), sampling.maxTokens(), dialect);
        sampling.stop().forEach(stop -> body.withArray("stop").add(stop));
    }

    private static void put(ObjectNode body, String field, @Nullable Number value, Dialect dialect) {
        if (value != null && dialect.has(field)) {
            body.putPOJO(field, value);
        }
    }

    private static ObjectNode message(Message message) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("role", message.role().name().toLowerCase(Locale.ROOT));
        if (message.parts().stream().allMatch(Message.Part.Text.class::isInstance)) {
            if (message.parts().isEmpty()) {
                node.putNull("content");
            } else {
                // Plain text is what every server understands.
                node.put("content", message.text());
            }
        } else {
            ArrayNode parts = node.putArray("content");
            message.parts().forEach(part -> parts.add(part(part)));
        }
        for (Message.ToolCall call : message.toolCalls()) {
            ObjectNode written = node.withArray("tool_calls").addObject();
            written.put("id", call.id()).put("type", "function");
            written.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        }
        if (message.toolCallId() != null) {
            node.put("tool_call_id", message.toolCallId());
        }
        return node;
    }

    private static ObjectNode part(Message.Part part) {
        ObjectNode node = MAPPER.createObjectNode();
        if (part instanceof Message.Part.Text text) {
            return node.put("type", "text").put("text", text.text());
        }
        Message.Part.Image image = (Message.Part.Image) part;
        node.put("type", "image_url")
                .putObject("image_url")
                .put("url", "data:" + image.mediaType() + ";base64," + image.base64());
        return node;
    }

    private static ObjectNode tool(ChatRequest.ToolSpec tool) {
        ObjectNode node = MAPPER.createObjectNode().put("type", "function");
        node.putObject("function")
                .put("name", tool.name())
                .put("description", tool.description())
                .set("parameters", tool.parameters());
        return node;
    }

    private static ObjectNode responseFormat(ChatRequest.ResponseFormat format) {
        ObjectNode node = MAPPER.createObjectNode().put("type", "json_schema");
        node.putObject("json_schema")
                .put("name", format.name())
                .put("strict", isStrict(format.schema()))
                .set("schema", format.schema());
        return node;
    }

    /** OpenAI's strict mode refuses schemas in which an object is open or a property optional. */
    static boolean isStrict(JsonNode schema) {
        if (schema.has("properties")) {
            Set<String> required = new HashSet<>();
            schema.path("required").forEach(name -> required.add(name.asText()));
            boolean closed = schema.path("additionalProperties").isBoolean()
                    && !schema.path("additionalProperties").asBoolean();
            if (!closed
                    || schema.get("properties")
                            .propertyStream()
                            .anyMatch(entry -> !required.contains(entry.getKey()))) {
                return false;
            }
        }
        return schema.valueStream().allMatch(RequestJson::isStrict);
    }
}
