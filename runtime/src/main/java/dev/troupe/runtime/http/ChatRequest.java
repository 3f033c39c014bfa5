package dev.troupe.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for with {@code POST /v1/chat/completions}, checked.
 *
 * @param model an agent, or the team for its entry
 * @param messages one or more, the last of a user
 * @param includeUsage whether a stream ends with the tokens that were used
 * @param conversation what the tasks of one conversation have in common, or null
 * @param upstream what is for the model behind an agent that has one
 */
record ChatRequest(
        String model,
        List<Message> messages,
        boolean stream,
        boolean includeUsage,
        @Nullable String conversation,
        Upstream upstream) {
    private static final int MOST_MESSAGES = 10_000;
    private static final int MOST_PARTS = 1_000;
    private static final int LONGEST_CONVERSATION = 200;
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    /**
     * A message.
     *
     * @param text its text parts, joined by line breaks; empty where there is none
     */
    record Message(String role, String text) {}

    /**
     * What agents of kind {@code assistant} do not take from a client: their team file says it.
     *
     * @param tools as they were sent, or null
     * @param responseFormat as it was sent, or null
     */
    record Upstream(
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Long maxTokens,
            @Nullable Long seed,
            List<String> stop,
            @Nullable JsonNode tools,
            @Nullable JsonNode toolChoice,
            @Nullable JsonNode responseFormat) {}

    /** @throws ApiException 400 */
    static ChatRequest of(Fields fields, @Nullable String conversationHeader) {
        String model = fields.requiredText("model");
        List<Message> messages = messages(fields);
        boolean stream = fields.flag("stream");
        Fields options = fields.object("stream_options");
        if (options != null && !stream) {
            throw fields.invalid("stream_options", "invalid_value", "an object", "only with stream: true");
        }
        Long choices = fields.integer("n", 1, 1);
        if (choices == null && fields.has("n")) {
            throw fields.missing("n");
        }
        fields.text("user");
        return new ChatRequest(
                model,
                messages,
                stream,
                options != null && options.flag("include_usage"),
                conversation(fields, conversationHeader),
                upstream(fields));
    }

    private static List<Message> messages(Fields fields) {
        List<Fields> sent = fields.objects("messages", MOST_MESSAGES);
        if (sent == null) {
            throw fields.missing("messages");
        }
        if (sent.isEmpty()) {
            throw fields.invalid("messages", "empty_array", "empty", "one message or more");
        }
        List<Message> messages = new ArrayList<>();
        sent.forEach(message -> messages.add(message(message)));
        return messages;
    }

    private static Message message(Fields message) {
        String role = message.requiredText("role");
        if (!ROLES.contains(role)) {
            throw message.invalid(
                    "role",
                    "invalid_value",
                    role,
                    "one of " + ROLES.stream().sorted().toList());
        }
        JsonNode content = message.raw("content");
        if (content == null) {
            // An assistant that only called tools has said nothing.
            if (role.equals("assistant")) {
                return new Message(role, "");
            }
            throw message.missing("content");
        }
        if (content.isTextual()) {
            return new Message(role, content.textValue());
        }
        if (!content.isArray()) {
            throw message.wrongType("content", content, "a string or an array of objects");
        }
        List<Fields> parts = message.objects("content", MOST_PARTS);
        List<String> texts = new ArrayList<>();
        for (Fields part : parts == null ? List.<Fields>of() : parts) {
            text(part, texts);
        }
        return new Message(role, String.join("\n", texts));
    }

    private static void text(Fields part, List<String> texts) {
        String type = part.requiredText("type");
        switch (type) {
            case "text" -> texts.add(part.requiredText("text"));
            case "refusal" -> texts.add(part.requiredText("refusal"));
            default ->
                throw part.invalid("type", "invalid_value", type, "text; pictures, sound and files are not taken here");
        }
    }

    private static @Nullable String conversation(Fields fields, @Nullable String header) {
        String named = fields.text("conversation");
        String conversation = named == null ? header : named;
        if (conversation != null && (conversation.isBlank() || conversation.length() > LONGEST_CONVERSATION)) {
            throw fields.invalid(
                    "conversation",
                    "invalid_value",
                    conversation.length() + " characters",
                    "1 to " + LONGEST_CONVERSATION);
        }
        return conversation;
    }

    private static Upstream upstream(Fields fields) {
        Long completion = fields.integer("max_completion_tokens", 1, Integer.MAX_VALUE);
        Long older = fields.integer("max_tokens", 1, Integer.MAX_VALUE);
        fields.number("presence_penalty", -2, 2);
        fields.number("frequency_penalty", -2, 2);
        fields.objects("tools", 128);
        fields.object("response_format");
        return new Upstream(
                fields.number("temperature", 0, 2),
                fields.number("top_p", 0, 1),
                completion == null ? older : completion,
                fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                fields.texts("stop", 4),
                fields.raw("tools"),
                fields.raw("tool_choice"),
                fields.raw("response_format"));
    }

    /** @throws ApiException 400 when something is wanted that an agent cannot do that brings its own tools and prompts */
    void checkForAssistant() {
        JsonNode tools = upstream.tools();
        if (tools != null && !tools.isEmpty()) {
            throw ApiException.invalid(
                    "unsupported_parameter",
                    "tools",
                    "tools: of the client (expected: none; this agent brings its own)");
        }
        JsonNode format = upstream.responseFormat();
        if (format != null && !format.path("type").asText().equals("text")) {
            throw ApiException.invalid(
                    "unsupported_parameter",
                    "response_format",
                    "response_format: " + format.path("type").asText() + " (expected: text, from this agent)");
        }
    }
}
