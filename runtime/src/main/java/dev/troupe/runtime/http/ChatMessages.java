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
    private static final int LONGEST_QUESTION = 1 << 20;
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
        Role role = role(message);
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
        return picture(address, "url");
    }

    /** @param name the field with the data URL */
    static Part picture(Fields fields, String name) {
        Matcher picture = PICTURE.matcher(fields.requiredText(name));
        if (!picture.matches()) {
            throw fields.invalid(name, "invalid_value", "no picture", "data:image/png;base64,… or jpeg, gif, webp");
        }
        try {
            Base64.getDecoder().decode(picture.group(2));
        } catch (IllegalArgumentException e) {
            throw fields.invalid(name, "invalid_value", "no base64", "base64 after the comma");
        }
        return new Part.Image(picture.group(1), picture.group(2));
    }

    static Role role(Fields message) {
        String name = message.requiredText("role");
        Role role = ROLES.get(name);
        if (role == null) {
            throw message.invalid(
                    "role",
                    "invalid_value",
                    name,
                    "one of " + ROLES.keySet().stream().sorted().toList());
        }
        return role;
    }

    /**
     * What the last message of a user asks.
     *
     * @param field where the messages stand
     * @throws ApiException 400 when none says anything
     */
    static String question(List<Message> messages, String field) {
        for (Message message : messages.reversed()) {
            if (message.role() == Role.USER) {
                String text = message.text().strip();
                boolean picture = message.parts().stream().anyMatch(Part.Image.class::isInstance);
                if ((text.isEmpty() && !picture) || text.length() > LONGEST_QUESTION) {
                    throw ApiException.invalid(
                            "invalid_value",
                            field,
                            field + ": the last of a user has " + text.length() + " characters (expected: 1 to "
                                    + LONGEST_QUESTION + ")");
                }
                return text.isEmpty() ? "(a picture)" : text;
            }
        }
        throw ApiException.invalid("invalid_value", field, field + ": none of a user (expected: a question)");
    }

    /** Whether a question says all that there is: in a conversation that Troupe keeps the rest is known to it. */
    static boolean questionIsAll(List<Message> messages, boolean kept) {
        Message last = messages.getLast();
        boolean plain = last.role() == Role.USER && last.parts().stream().allMatch(Part.Text.class::isInstance);
        return plain && (kept || messages.size() == 1);
    }

    /**
     * @param field where the messages stand
     * @throws ApiException 400 when something is wanted that an agent cannot do that brings its own tools and prompts
     */
    static void checkForAssistant(List<Message> messages, String field) {
        if (messages.stream().flatMap(message -> message.parts().stream()).anyMatch(Part.Image.class::isInstance)) {
            throw unsupported(field, "with a picture (expected: text, for this agent)");
        }
        if (messages.getLast().role() != Role.USER) {
            throw unsupported(field, "the last one is no user's (expected: the question)");
        }
    }

    static ApiException unsupported(String name, String what) {
        return ApiException.invalid("unsupported_parameter", name, name + ": " + what);
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
