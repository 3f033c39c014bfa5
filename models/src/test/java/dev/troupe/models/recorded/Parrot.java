package dev.troupe.models.recorded;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.Message;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A model that numbers its answers, in three pieces, and asks for a tool. */
final class Parrot implements ChatModel {
    final AtomicInteger calls = new AtomicInteger();
    boolean failing;

    @Override
    public String name() {
        return "openai/parrot";
    }

    @Override
    public int contextTokens() {
        return 1000;
    }

    @Override
    public long countTokens(ChatRequest request) {
        return 17;
    }

    @Override
    public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context) {
        if (failing) {
            throw new TroupeException(ErrorCode.PROVIDER_FAILED, "parrot: asleep", null);
        }
        List<String> pieces = List.of("Grüße ", "\n", "no. " + calls.incrementAndGet());
        pieces.forEach(onText);
        return new ChatResponse(
                String.join("", pieces),
                List.of(new Message.ToolCall("c-1", "look", "{\"at\": 1}")),
                ChatResponse.FinishReason.TOOL_CALLS,
                new Usage(17, 5, 9),
                "parrot-2",
                Money.ZERO);
    }

    @Override
    public void close() {}

    /** A request with everything that one can have. */
    static ChatRequest full(String question) {
        return new ChatRequest(
                List.of(
                        Message.system("Answer."),
                        new Message(
                                Message.Role.USER,
                                List.of(new Message.Part.Text(question), new Message.Part.Image("image/png", "aGk=")),
                                List.of(),
                                null),
                        new Message(
                                Message.Role.ASSISTANT,
                                List.of(),
                                List.of(new Message.ToolCall("c-0", "look", "{}")),
                                null),
                        Message.tool("c-0", "nothing")),
                List.of(new ChatRequest.ToolSpec(
                        "look", "Looks.", JsonNodeFactory.instance.objectNode().put("type", "object"))),
                new ChatRequest.ResponseFormat(
                        "f", JsonNodeFactory.instance.objectNode().put("maximum", 1.50)),
                new ChatRequest.Sampling(0.0, 0.9, 7, 64, List.of("END")));
    }
}
