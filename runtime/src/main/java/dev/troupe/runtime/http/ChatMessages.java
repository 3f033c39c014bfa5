package dev.troupe.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.chat.Message;
import dev.troupe.models.chat.Message.Part;
import dev.troupe.models.chat.Message.Role;
import dev.troupe.models.chat.Message.ToolCall;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the messages of a request: texts, pictures as data URLs, calls of tools and their results. */
final class ChatMessages {
    private static final int MOST_MESSAGES = 10_000;
    private static final int MOST_PARTS = 1_000;
    private static final int MOST_CALLS = 128;
    private static final Map<String, Role> ROLES = Map.of(
            "system", Role.SYSTEM,
            "developer", Role.SYSTEM,
            "user", Role.USER,
            "assistant", Role.ASSISTANT,
            "tool", Role.TOOL);
    private static final Pattern PICTURE =
            Pattern.compile("data:(image/(?:png|jpeg|gif|webp));base64,(.+)", Pattern.DOTALL);

    private ChatMessages() {}

    /** @throws ApiException 400 */
    static List<Message> read(Fields fields) {
        List<Fields> sent = fields.objects("messages", MOST_MESSAGES);
        if (sent == null) {
            throw fields.missing("messages");
        }
        if (sent.isEmpty()) {
            throw fields.invalid("messages", "empty_array", "empty", "one message or more");
        }
        return sent.stream().map(ChatMessages::message).toList();
    }

    private static Message message(Fields message) {
        String name = message.requiredText("role");
        Role role = ROLES.get(name);
        if (role == null) {
            throw message.invalid(
                    "role",
                    "invalid_value",
                    name,
                    "one of " + ROLES.keySet().stream().sorted().toList());
        }
        List<ToolCall> calls = role == Role.ASSISTANT ? calls(message) : List.of();
        String answers = role == Role.TOOL ? message.requiredText("tool_call_id") : null;
        return new Message(role, parts(message, role), calls, answers);
    }

    private static List<Part> parts(Fields message, Role role) {
        JsonNode content = message.raw("content");
        if (content == null) {
            // An assistant that only called tools has said nothing.
            if (role == Role.ASSISTANT) {
                return List.of();
            }
            throw message.missing("content");
        }
        if (content.isTextual()) {
            return List.of(new Part.Text(content.textValue()));
        }
        if (!content.isArray()) {
            throw message.wrongType("content", content, "a string or an array of objects");
        }
        List<Part> parts = new ArrayList<>();
        List<Fields> sent = message.objects("content", MOST_PARTS);
        for (Fields part : sent == null ? List.<Fields>of() : sent) {
            parts.add(part(part));
        }
        return parts;
    }

    private static Part part(Fields part) {
        String type = part.requiredText("type");
        return switch (type) {
            case "text" -> new Part.Text(part.requiredText("text"));
            case "refusal" -> new Part.Text(part.requiredText("refusal"));
            case "image_url" -> picture(part);
            default ->
                throw part.invalid(
                        "type", "invalid_value", type, "text or image_url; sound and files are not taken here");
        };
    }

    /** Nothing is fetched for a client: a picture comes with its request. */
    private static Part picture(Fields part) {
        Fields address = part.object("image_url");
        if (address == null) {
            throw part.missing("image_url");
        }
        Matcher picture = PICTURE.matcher(address.requiredText("url"));
        if (!picture.matches()) {
            throw address.invalid("url", "invalid_value", "no picture", "data:image/png;base64,… or jpeg, gif, webp");
        }
        try {
            Base64.getDecoder().decode(picture.group(2));
        } catch (IllegalArgumentException e) {
            throw address.invalid("url", "invalid_value", "no base64", "base64 after the comma");
        }
        return new Part.Image(picture.group(1), picture.group(2));
    }

    private static List<ToolCall> calls(Fields message) {
        List<Fields> sent = message.objects("tool_calls", MOST_CALLS);
        List<ToolCall> calls = new ArrayList<>();
        for (Fields call : sent == null ? List.<Fields>of() : sent) {
            Fields function = call.object("function");
            if (function == null) {
                throw call.missing("function");
            }
            calls.add(new ToolCall(
                    call.requiredText("id"), function.requiredText("name"), function.requiredText("arguments")));
        }
        return calls;
    }
}
