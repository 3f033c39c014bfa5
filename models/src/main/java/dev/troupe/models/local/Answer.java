package dev.troupe.models.local;

import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.local.worker.WorkerReply;
import java.util.List;
import java.util.function.Consumer;

/** What has been written so far in answer to one request. */
final class Answer {
    private final long id;
    private final ChatRequest request;
    private final Consumer<String> onText;
    private final StringBuilder text = new StringBuilder();

    Answer(long id, ChatRequest request, Consumer<String> onText) {
        this.id = id;
        this.request = request;
        this.onText = onText;
    }

    void accept(String piece) {
        text.append(piece);
        // With tools, the text is an envelope until its end shows what is in it.
        if (request.tools().isEmpty()) {
            onText.accept(piece);
        }
    }

    boolean begun() {
        return !text.isEmpty();
    }

    ChatResponse response(WorkerReply.Done done, String model) {
        FinishReason reason = done.end() == WorkerReply.End.LENGTH ? FinishReason.LENGTH : FinishReason.STOP;
        Usage usage = new Usage(done.inputTokens(), done.cachedTokens(), done.outputTokens());
        if (request.tools().isEmpty()) {
            return new ChatResponse(text.toString(), List.of(), reason, usage, model, Money.ZERO);
        }
        ToolCalling.Choice choice =
                ToolCalling.parse(text.toString(), "call-" + id).orElseGet(() -> new ToolCalling.Choice("", List.of()));
        if (!choice.text().isEmpty()) {
            onText.accept(choice.text());
        }
        return new ChatResponse(
                choice.text(),
                choice.calls(),
                choice.calls().isEmpty() ? reason : FinishReason.TOOL_CALLS,
                usage,
                model,
                Money.ZERO);
    }
}
