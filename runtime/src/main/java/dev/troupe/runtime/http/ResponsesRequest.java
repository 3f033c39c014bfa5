package dev.troupe.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.troupe.models.chat.ChatRequest.ResponseFormat;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.Message;
import dev.troupe.models.chat.Message.Part;
import dev.troupe.models.chat.Message.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for with {@code POST /v1/responses}, checked.
 *
 * @param input one message or more
 * @param instructions said before them, or null
 * @param previous the response that this one follows, or null
 * @param conversation a conversation that the client names, or null
 * @param responseFormat the schema of the answer, or null for text
 */
record ResponsesRequest(
        String model,
        List<Message> input,
        @Nullable String instructions,
        @Nullable String previous,
        @Nullable String conversation,
        boolean stream,
        @Nullable ResponseFormat responseFormat,
        Sampling sampling) {
    private static final int MOST_ITEMS = 10_000;
    private static final int MOST_PARTS = 1_000;

    /** @throws ApiException 400 */
    static ResponsesRequest of(Fields fields) {
        String model = fields.requiredText("model");
        List<Message> input = input(fields);
        String previous = fields.text("previous_response_id");
        String conversation = conversation(fields);
        if (previous != null && conversation != null) {
            throw ChatMessages.unsupported("previous_response_id", "beside conversation (expected: one of them)");
        }
        if (fields.flag("background")) {
            throw ChatMessages.unsupported("background", "true (expected: false; stream it, or wait)");
        }
        List<Fields> tools = fields.objects("tools", 128);
        if (tools != null && !tools.isEmpty()) {
            throw ChatMessages.unsupported("tools", "of the client (expected: none; /v1/chat/completions takes them)");
        }
        Long tokens = fields.integer("max_output_tokens", 1, Integer.MAX_VALUE);
        fields.flag("store");
        fields.text("user");
        return new ResponsesRequest(
                model,
                input,
                fields.text("instructions"),
                previous,
                conversation,
                fields.flag("stream"),
                responseFormat(fields),
                new Sampling(
                        fields.number("temperature", 0, 2),
                        fields.number("top_p", 0, 1),
                        null,
                        tokens == null ? null : tokens.intValue(),
                        List.of()));
    }

    /** Its name, or an object with it. */
    private static @Nullable String conversation(Fields fields) {
        JsonNode conversation = fields.raw("conversation");
        if (conversation == null || conversation.isTextual()) {
            return ChatRequest.named(fields, conversation == null ? null : conversation.textValue());
        }
        Fields object = fields.object("conversation");
        return object == null ? null : ChatRequest.named(fields, object.requiredText("id"));
    }

    private static List<Message> input(Fields fields) {
        JsonNode input = fields.raw("input");
        if (input == null) {
            throw fields.missing("input");
        }
        if (input.isTextual()) {
            return List.of(Message.user(input.textValue()));
        }
        if (!input.isArray()) {
            throw fields.wrongType("input", input, "a string or an array of messages");
        }
        List<Fields> items = fields.objects("input", MOST_ITEMS);
        if (items == null || items.isEmpty()) {
            throw fields.invalid("input", "empty_array", "empty", "one message or more");
        }
        return items.stream().map(ResponsesRequest::message).toList();
    }

    private static Message message(Fields item) {
        String type = item.text("type");
        if (type != null && !type.equals("message")) {
            throw item.invalid("type", "invalid_value", type, "message");
        }
        Role role = ChatMessages.role(item);
        if (role == Role.TOOL) {
            throw item.invalid("role", "invalid_value", "tool", "assistant, developer, system or user");
        }
        JsonNode content = item.raw("content");
        if (content == null) {
            throw item.missing("content");
        }
        if (content.isTextual()) {
            return new Message(role, List.of(new Part.Text(content.textValue())), List.of(), null);
        }
        List<Part> parts = new ArrayList<>();
        List<Fields> sent = item.objects("content", MOST_PARTS);
        for (Fields part : sent == null ? List.<Fields>of() : sent) {
            parts.add(part(part));
        }
        return new Message(role, parts, List.of(), null);
    }

    private static Part part(Fields part) {
        String type = part.requiredText("type");
        return switch (type) {
            case "input_text", "output_text" -> new Part.Text(part.requiredText("text"));
            case "refusal" -> new Part.Text(part.requiredText("refusal"));
            case "input_image" -> ChatMessages.picture(part, "image_url");
            default ->
                throw part.invalid(
                        "type",
                        "invalid_value",
                        type,
                        "input_text, output_text or input_image; files are not taken here");
        };
    }

    private static @Nullable ResponseFormat responseFormat(Fields fields) {
        Fields text = fields.object("text");
        Fields format = text == null ? null : text.object("format");
        if (format == null) {
            return null;
        }
        String type = format.requiredText("type");
        JsonNode any = JsonNodeFactory.instance.objectNode().put("type", "object");
        return switch (type) {
            case "text" -> null;
            case "json_object" -> new ResponseFormat("answer", any);
            case "json_schema" -> {
                Fields schema = format.object("schema");
                yield new ResponseFormat(format.requiredText("name"), schema == null ? any : schema.object());
            }
            default -> throw format.invalid("type", "invalid_value", type, "text, json_object or json_schema");
        };
    }

    /** @throws ApiException 400 when something is wanted that an agent cannot do that brings its own tools and prompts */
    void checkForAssistant() {
        if (responseFormat != null) {
            throw ChatMessages.unsupported("text.format", "JSON (expected: text, from this agent)");
        }
        ChatMessages.checkForAssistant(input, "input");
    }

    /** @throws ApiException 400 when no message of a user says anything */
    String question() {
        return ChatMessages.question(input, "input");
    }

    /** Whether the conversation that Troupe keeps and the question are all that the agent is told. */
    boolean questionIsAll() {
        return (instructions == null || instructions.isBlank()) && ChatMessages.questionIsAll(input, false);
    }

    /**
     * All that the agent is told.
     *
     * @param before what was said in the conversation until now
     */
    List<Message> messages(List<Message> before) {
        List<Message> messages = new ArrayList<>();
        if (instructions != null && !instructions.isBlank()) {
            messages.add(Message.system(instructions));
        }
        messages.addAll(before);
        messages.addAll(input);
        return messages;
    }
}
