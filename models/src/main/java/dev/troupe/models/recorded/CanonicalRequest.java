package dev.troupe.models.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A request in the one form that equal requests share: JSON with sorted keys, without what was not said. It holds the
 * model, messages, tools, the format of the answer and how tokens are chosen; no key of an endpoint, which is no part of
 * a request.
 */
record CanonicalRequest(ObjectNode json) {
    static final String SAMPLING = "sampling";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** @param model {@code provider/model} */
    static CanonicalRequest of(String model, ChatRequest request) {
        ObjectNode json = NODES.objectNode().put("model", model);
        request.messages().forEach(message -> json.withArray("messages").add(message(message)));
        for (ChatRequest.ToolSpec tool : request.tools()) {
            json.withArray("tools")
                    .addObject()
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("parameters", tool.parameters());
        }
        ChatRequest.ResponseFormat format = request.responseFormat();
        if (format != null) {
            json.putObject("response_format").put("name", format.name()).set("schema", format.schema());
        }
        json.set(SAMPLING, sampling(request.sampling()));
        try {
            // As a reader will see it: numbers may be of another kind then, and half a surrogate pair is replaced.
            byte[] written = MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
            return new CanonicalRequest((ObjectNode) sorted(MAPPER.readTree(written)));
        } catch (IOException e) {
            throw new IllegalStateException("a request that is no JSON", e);
        }
    }

    /** One that was read from a file. */
    static CanonicalRequest of(ObjectNode read) {
        return new CanonicalRequest((ObjectNode) sorted(read));
    }

    private static ObjectNode message(Message message) {
        ObjectNode node = NODES.objectNode().put("role", message.role().name().toLowerCase(Locale.ROOT));
        for (Message.Part part : message.parts()) {
            ObjectNode written = node.withArray("parts").addObject();
            switch (part) {
                case Message.Part.Text text -> written.put("text", text.text());
                case Message.Part.Image image ->
                    written.put("media_type", image.mediaType()).put("base64", image.base64());
            }
        }
        for (Message.ToolCall call : message.toolCalls()) {
            node.withArray("tool_calls").add(toolCall(call));
        }
        return message.toolCallId() == null ? node : node.put("tool_call_id", message.toolCallId());
    }

    static ObjectNode toolCall(Message.ToolCall call) {
        return NODES.objectNode().put("id", call.id()).put("name", call.name()).put("arguments", call.arguments());
    }

    private static ObjectNode sampling(ChatRequest.Sampling sampling) {
        ObjectNode node = NODES.objectNode();
        put(node, "temperature", sampling.temperature());
        put(node, "top_p", sampling.topP());
        put(node, "seed", sampling.seed());
        put(node, "max_tokens", sampling.maxTokens());
        sampling.stop().forEach(stop -> node.withArray("stop").add(stop));
        return node;
    }

    private static void put(ObjectNode node, String name, @Nullable Number value) {
        if (value != null) {
            node.putPOJO(name, value);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode sorted = NODES.objectNode();
            new TreeSet<>(names(object)).forEach(name -> sorted.set(name, sorted(object.get(name))));
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode sorted = NODES.arrayNode();
            array.forEach(item -> sorted.add(sorted(item)));
            return sorted;
        }
        return node;
    }

    private static List<String> names(ObjectNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }

    String model() {
        return json.path("model").asText();
    }

    /** SHA-256 of it all, in hexadecimal. */
    String key() {
        return hash(json);
    }

    /** As {@link #key()}, of the prompt alone: how tokens are chosen is left out. */
    String promptKey() {
        return hash(json.deepCopy().without(SAMPLING));
    }

    private static String hash(JsonNode node) {
        try {
            byte[] text = node.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
