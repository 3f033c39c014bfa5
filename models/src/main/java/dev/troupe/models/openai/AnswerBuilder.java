package dev.troupe.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts an answer together from the pieces that an endpoint streams. */
final class AnswerBuilder {
    private final ChatRequest request;
    private final Consumer<String> onText;
    private final StringBuilder text = new StringBuilder();
    /** What was written and is not part of the answer, such as reasoning: it was paid for. */
    private long unseenTokens;

    private final TreeMap<Integer, PartialCall> calls = new TreeMap<>();
    private @Nullable String finishReason;
    private @Nullable Usage usage;
    private String model = "";
    private boolean begun;

    AnswerBuilder(ChatRequest request, Consumer<String> onText) {
        this.request = request;
        this.onText = onText;
    }

    /**
     * Takes one chunk, or a whole completion of a server that does not stream.
     *
     * @throws MalformedAnswer when it is neither
     */
    void add(JsonNode chunk) {
        if (!chunk.path("choices").isArray() && !chunk.path("usage").isObject()) {
            throw new MalformedAnswer("an object without choices");
        }
        model = chunk.path("model").asText(model);
        if (chunk.path("usage").isObject()) {
            usage = usage(chunk.get("usage"));
        }
        for (JsonNode choice : chunk.path("choices")) {
            if (choice.path("index").asInt(0) == 0) {
                add(choice.has("delta") ? choice.get("delta") : choice.path("message"), choice.path("finish_reason"));
            }
        }
    }

    private void add(JsonNode delta, JsonNode reason) {
        if (reason.isTextual()) {
            finishReason = reason.asText();
            begun = true;
        }
        String reasoning = delta.path("reasoning_content").asText("")
                + delta.path("reasoning").asText("");
        unseenTokens += Tokens.of(reasoning);
        begun |= !reasoning.isEmpty();
        for (JsonNode call : delta.path("tool_calls")) {
            begun = true;
            // Servers that send a whole call at once leave the index out.
            int index = call.hasNonNull("index") ? call.get("index").asInt() : calls.size();
            calls.computeIfAbsent(index, PartialCall::new).add(call);
        }
        String piece = delta.path("content").asText("") + delta.path("refusal").asText("");
        if (!piece.isEmpty()) {
            begun = true;
            text.append(piece);
            onText.accept(piece);
        }
    }

    /** Whether the model began to write. */
    boolean hasBegun() {
        return begun;
    }

    boolean isFinished() {
        return finishReason != null;
    }

    /** Whether text was passed on, after which nothing may be repeated. */
    boolean hasPassedOn() {
        return !text.isEmpty();
    }

    long size() {
        return text.length()
                + calls.values().stream()
                        .mapToLong(call -> call.arguments.length())
                        .sum();
    }

    /** As the endpoint reports, otherwise estimated; none when the model had not begun. */
    Usage usage() {
        if (usage != null) {
            return usage;
        }
        if (!begun) {
            return Usage.NONE;
        }
        long written = Tokens.of(text) + unseenTokens;
        for (PartialCall call : calls.values()) {
            written += Tokens.of(call.name) + Tokens.of(call.arguments);
        }
        return new Usage(Tokens.of(request), 0, written);
    }

    ChatResponse build(String fallbackModel, Usage spentBefore) {
        List<Message.ToolCall> toolCalls = new ArrayList<>();
        calls.values().forEach(call -> toolCalls.add(call.build()));
        return new ChatResponse(
                text.toString(),
                toolCalls,
                finishReason(),
                usage().plus(spentBefore),
                model.isEmpty() ? fallbackModel : model,
                Money.ZERO);
    }

    private FinishReason finishReason() {
        return switch (String.valueOf(finishReason)) {
            case "length" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            // Some servers say "stop" after a tool call.
            default -> calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
        };
    }

    private static Usage usage(JsonNode node) {
        long input = Math.max(0, node.path("prompt_tokens").asLong());
        long cached = node.path("prompt_tokens_details").path("cached_tokens").asLong();
        return new Usage(
                input,
                Math.clamp(cached, 0, input),
                Math.max(0, node.path("completion_tokens").asLong()));
    }

    /** A call of which the name comes first and the arguments piece by piece. */
    private static final class PartialCall {
        private final int index;
        private String id = "";
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder arguments = new StringBuilder();

        PartialCall(int index) {
            this.index = index;
        }

        void add(JsonNode call) {
            if (id.isEmpty()) {
                id = call.path("id").asText("");
            }
            name.append(call.path("function").path("name").asText(""));
            JsonNode piece = call.path("function").path("arguments");
            // Some servers send an object where a string belongs.
            arguments.append(piece.isContainerNode() ? piece.toString() : piece.asText(""));
        }

        Message.ToolCall build() {
            return new Message.ToolCall(id.isEmpty() ? "call_" + index : id, name.toString(), arguments.toString());
        }
    }

    /** What came is not an answer. Its message never quotes it. */
    static final class MalformedAnswer extends RuntimeException {
        MalformedAnswer(String what) {
            super(what);
        }
    }
}
