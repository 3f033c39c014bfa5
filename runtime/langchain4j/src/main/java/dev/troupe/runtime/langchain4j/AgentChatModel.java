package dev.troupe.runtime.langchain4j;

import com.fasterxml.jackson.databind.json.JsonMapper;
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
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatRequest.ResponseFormat;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.runtime.api.Answer;
import dev.troupe.runtime.api.Question;
import dev.troupe.runtime.api.Team;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An agent of a team as a LangChain4j chat model: the conversation that LangChain4j keeps goes to the agent, its last
 * user's message as the question. A response's id is the task's, so that it can be judged and its receipt looked up; its
 * token usage is that of all calls. Tools and response formats are for agents of kind {@code chat}; others refuse them.
 * Thread-safe; the team is closed by whoever opened it.
 */
public final class AgentChatModel implements ChatModel {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Team team;
    private final @Nullable String agent;

    private AgentChatModel(Team team, @Nullable String agent) {
        this.team = team;
        this.agent = agent;
    }

    /** The team's entry. */
    public static AgentChatModel of(Team team) {
        return new AgentChatModel(team, null);
    }

    /** An agent of the team; others than the entry need {@code everyAgent()} among the team's options. */
    public static AgentChatModel of(Team team, String agent) {
        return new AgentChatModel(team, agent);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        List<Message> messages =
                request.messages().stream().map(AgentChatModel::message).toList();
        String text = question(messages);
        boolean alone = messages.size() == 1
                && messages.getFirst().parts().stream().allMatch(Message.Part.Text.class::isInstance);
        Question question = new Question(
                text,
                agent,
                null,
                dev.troupe.models.call.CallContext.LOCAL,
                null,
                null,
                new ChatOptions(alone ? null : messages, tools(request), format(request), sampling(request)),
                List.of());
        try {
            return response(team.ask(question).join());
        } catch (TroupeException e) {
            throw failure(e);
        }
    }

    private static String question(List<Message> messages) {
        for (Message message : messages.reversed()) {
            if (message.role() == Message.Role.USER) {
                return message.text().isBlank() ? "(a picture)" : message.text();
            }
        }
        throw new InvalidRequestException("messages: none of a user (expected: a question)");
    }

    private static Message message(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> Message.system(system.text());
            case UserMessage user ->
                new Message(
                        Message.Role.USER,
                        user.contents().stream().map(AgentChatModel::part).toList(),
                        List.of(),
                        null);
            case AiMessage ai -> assistant(ai);
            case ToolExecutionResultMessage result -> Message.tool(result.id(), result.text());
            default ->
                throw new InvalidRequestException(
                        "message: " + message.type() + " (expected: system, user, ai or tool)");
        };
    }

    private static Message.Part part(Content content) {
        if (content instanceof TextContent text) {
            return new Message.Part.Text(text.text());
        }
        if (content instanceof ImageContent image && image.image().base64Data() != null) {
            String type = Objects.requireNonNullElse(image.image().mimeType(), "image/png");
            // Refused here rather than by the model, where it would cost.
            byte[] unused = Base64.getDecoder().decode(image.image().base64Data());
            return new Message.Part.Image(type, image.image().base64Data());
        }
        throw new InvalidRequestException("content: " + content.type() + " (expected: text, or an image in base64)");
    }

    private static Message assistant(AiMessage message) {
        @Nullable String text = message.text();
        return new Message(
                Message.Role.ASSISTANT,
                text == null || text.isEmpty() ? List.of() : List.of(new Message.Part.Text(text)),
                message.toolExecutionRequests().stream()
                        .map(call -> new Message.ToolCall(
                                Objects.requireNonNullElse(call.id(), call.name()), call.name(), call.arguments()))
                        .toList(),
                null);
    }

    private static List<ToolSpec> tools(ChatRequest request) {
        List<ToolSpec> tools = new ArrayList<>();
        for (ToolSpecification tool : request.toolSpecifications()) {
            @Nullable JsonObjectSchema given = tool.parameters();
            JsonObjectSchema parameters =
                    given == null ? JsonObjectSchema.builder().build() : given;
            Map<String, Object> schema = JsonSchemaElementUtils.toMap(parameters);
            tools.add(new ToolSpec(
                    tool.name(), Objects.requireNonNullElse(tool.description(), ""), MAPPER.valueToTree(schema)));
        }
        return tools;
    }

    private static @Nullable ResponseFormat format(ChatRequest request) {
        @Nullable
        JsonSchema schema = request.responseFormat() == null
                ? null
                : request.responseFormat().jsonSchema();
        return schema == null
                ? null
                : new ResponseFormat(
                        Objects.requireNonNullElse(schema.name(), "answer"),
                        MAPPER.valueToTree(JsonSchemaElementUtils.toMap(schema.rootElement())));
    }

    private static Sampling sampling(ChatRequest request) {
        @Nullable List<String> stop = request.stopSequences();
        return new Sampling(
                request.temperature(),
                request.topP(),
                null,
                request.maxOutputTokens(),
                stop == null ? List.of() : stop);
    }

    private ChatResponse response(Answer answer) {
        List<ToolExecutionRequest> calls = answer.toolCalls().stream()
                .map(call -> ToolExecutionRequest.builder()
                        .id(call.id())
                        .name(call.name())
                        .arguments(call.arguments())
                        .build())
                .toList();
        Usage usage = answer.receipt().usage();
        return ChatResponse.builder()
                .id(answer.task())
                .modelName(team.name() + "/" + answer.record().agent())
                .aiMessage(calls.isEmpty() ? AiMessage.from(answer.text()) : AiMessage.from(answer.text(), calls))
                .tokenUsage(new TokenUsage(Math.toIntExact(usage.inputTokens()), Math.toIntExact(usage.outputTokens())))
                .finishReason(calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION)
                .build();
    }

    private static LangChain4jException failure(TroupeException cause) {
        String message = cause.code() + ": " + cause.getMessage();
        return switch (cause.code()) {
            case OVERLOADED -> new RateLimitException(message, cause);
            case TIMEOUT -> new TimeoutException(message, cause);
            case INPUT_INVALID, NOT_FOUND, USAGE, TEAM_INVALID -> new InvalidRequestException(message, cause);
            case PROVIDER_FAILED, MODEL_UNAVAILABLE, INTERNAL, STORAGE -> new InternalServerException(message, cause);
            // Trying again would not help: no answer that counts, no budget, no sandbox.
            default -> new dev.langchain4j.exception.NonRetriableException(message, cause);
        };
    }
}
