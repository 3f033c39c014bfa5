package dev.troupe.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.troupe.models.chat.ChatRequest.ResponseFormat;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.ladder.ChatOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for with {@code POST /v1/chat/completions}, checked.
 *
 * @param model an agent, or the team for its entry
 * @param messages one or more
 * @param includeUsage whether a stream ends with the tokens that were used
 * @param conversation a conversation that Troupe keeps, or null for one that the client keeps
 * @param detached whether the task goes on when the client is gone; its events and its receipt tell the rest then
 * @param responseFormat the schema of the answer, or null for text
 */
record ChatRequest(
        String model,
        List<Message> messages,
        boolean stream,
        boolean includeUsage,
        @Nullable String conversation,
        boolean detached,
        List<ToolSpec> tools,
        @Nullable ResponseFormat responseFormat,
        Sampling sampling) {
    private static final int LONGEST_CONVERSATION = 200;

    /** @throws ApiException 400 */
    static ChatRequest of(Fields fields, @Nullable String conversationHeader) {
        String model = fields.requiredText("model");
        List<Message> messages = ChatMessages.read(fields);
        boolean stream = fields.flag("stream");
        Fields options = fields.object("stream_options");
        if (options != null && !stream) {
            throw fields.invalid("stream_options", "invalid_value", "an object", "only with stream: true");
        }
        fields.integer("n", 1, 1);
        fields.text("user");
        return new ChatRequest(
                model,
                messages,
                stream,
                options != null && options.flag("include_usage"),
                conversation(fields, conversationHeader),
                fields.flag("detached"),
                tools(fields),
                responseFormat(fields),
                sampling(fields));
    }

    private static @Nullable String conversation(Fields fields, @Nullable String header) {
        String named = fields.text("conversation");
        return named(fields, named == null ? header : named);
    }

    /** A conversation that a client names, checked. */
    static @Nullable String named(Fields fields, @Nullable String conversation) {
        if (conversation != null && (conversation.isBlank() || conversation.length() > LONGEST_CONVERSATION)) {
            throw fields.invalid(
                    "conversation",
                    "invalid_value",
                    conversation.length() + " characters",
                    "1 to " + LONGEST_CONVERSATION);
        }
        return conversation;
    }

    private static List<ToolSpec> tools(Fields fields) {
        List<Fields> sent = fields.objects("tools", 128);
        JsonNode choice = fields.raw("tool_choice");
        if (choice != null
                && !choice.asText().equals("auto")
                && !choice.asText().equals("none")) {
            throw fields.invalid("tool_choice", "unsupported_parameter", "another choice", "auto or none");
        }
        List<ToolSpec> tools = new ArrayList<>();
        for (Fields tool : sent == null ? List.<Fields>of() : sent) {
            String type = tool.requiredText("type");
            Fields function = tool.object("function");
            if (!type.equals("function") || function == null) {
                throw tool.invalid("type", "invalid_value", type, "function, with what it is");
            }
            Fields parameters = function.object("parameters");
            String description = function.text("description");
            tools.add(new ToolSpec(
                    function.requiredText("name"),
                    description == null ? "" : description,
                    parameters == null ? anyObject() : parameters.object()));
        }
        return choice != null && choice.asText().equals("none") ? List.of() : tools;
    }

    private static JsonNode anyObject() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }

    private static @Nullable ResponseFormat responseFormat(Fields fields) {
        Fields format = fields.object("response_format");
        if (format == null) {
            return null;
        }
        String type = format.requiredText("type");
        return switch (type) {
            case "text" -> null;
            case "json_object" -> new ResponseFormat("answer", anyObject());
            case "json_schema" -> {
                Fields named = format.object("json_schema");
                if (named == null) {
                    throw format.missing("json_schema");
                }
                Fields schema = named.object("schema");
                yield new ResponseFormat(named.requiredText("name"), schema == null ? anyObject() : schema.object());
            }
            default -> throw format.invalid("type", "invalid_value", type, "text, json_object or json_schema");
        };
    }

    private static Sampling sampling(Fields fields) {
        Long completion = fields.integer("max_completion_tokens", 1, Integer.MAX_VALUE);
        Long older = fields.integer("max_tokens", 1, Integer.MAX_VALUE);
        Long tokens = completion == null ? older : completion;
        Long seed = fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        fields.number("presence_penalty", -2, 2);
        fields.number("frequency_penalty", -2, 2);
        return new Sampling(
                fields.number("temperature", 0, 2),
                fields.number("top_p", 0, 1),
                seed == null ? null : seed == seed.intValue() ? seed.intValue() : Long.hashCode(seed),
                tokens == null ? null : tokens.intValue(),
                fields.texts("stop", 4));
    }

    /** @throws ApiException 400 when something is wanted that an agent cannot do that brings its own tools and prompts */
    void checkForAssistant() {
        if (!tools.isEmpty()) {
            throw ChatMessages.unsupported("tools", "of the client (expected: none; this agent brings its own)");
        }
        if (responseFormat != null) {
            throw ChatMessages.unsupported("response_format", "JSON (expected: text, from this agent)");
        }
        ChatMessages.checkForAssistant(messages, "messages");
    }

    /** @throws ApiException 400 when no message of a user says anything */
    String question() {
        return ChatMessages.question(messages, "messages");
    }

    /** What goes to the agent beside the question. */
    ChatOptions options() {
        boolean questionIsAll = ChatMessages.questionIsAll(messages, conversation != null);
        return new ChatOptions(questionIsAll ? null : messages, tools, responseFormat, sampling);
    }
}
