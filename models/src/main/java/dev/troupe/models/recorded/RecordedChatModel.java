package dev.troupe.models.recorded;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.price.ModelPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model that answers from a recording, writes one, or both. It bears the name of the model that was recorded. Answers
 * from the recording come at once, in the pieces in which they were streamed, with the usage and the cost of then, and
 * are marked as {@link ChatResponse#recorded()}. Failures are not recorded.
 */
public final class RecordedChatModel implements ChatModel {
    private final String name;
    private final int contextTokens;
    private final Recording recording;
    private final @Nullable Live live;

    private RecordedChatModel(String name, int contextTokens, Recording recording, @Nullable Live live) {
        this.name = name;
        this.contextTokens = contextTokens;
        this.recording = recording;
        this.live = live;
    }

    private record Live(ChatModel model, ModelPrice price, boolean always) {}

    /**
     * A model that answers from the recording and from nowhere else.
     *
     * @param name {@code provider/model} of the model that was recorded
     */
    public static RecordedChatModel replaying(String name, int contextTokens, Recording recording) {
        return new RecordedChatModel(name, contextTokens, recording, null);
    }

    /**
     * A model that asks another one and writes down what it answers. That one is closed by whoever opened it.
     *
     * @param price what the answers cost
     */
    public static RecordedChatModel recording(ChatModel model, ModelPrice price, Recording recording) {
        return new RecordedChatModel(model.name(), model.contextTokens(), recording, new Live(model, price, true));
    }

    /** As {@link #recording}, but what the recording holds is answered from there. */
    public static RecordedChatModel completing(ChatModel model, ModelPrice price, Recording recording) {
        return new RecordedChatModel(model.name(), model.contextTokens(), recording, new Live(model, price, false));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int contextTokens() {
        return contextTokens;
    }

    /** As it was counted when it was recorded; of other prompts, the model's own count, or an estimate without one. */
    @Override
    public long countTokens(ChatRequest request) {
        CanonicalRequest canonical = CanonicalRequest.of(name, request);
        OptionalLong counted = recording.promptTokens(canonical);
        if (counted.isPresent()) {
            return counted.getAsLong();
        }
        return live == null
                ? Math.ceilDiv(canonical.json().toString().length(), 3)
                : live.model().countTokens(request);
    }

    @Override
    public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context) {
        context.check();
        CanonicalRequest canonical = CanonicalRequest.of(name, request);
        Optional<Exchange> recorded = live != null && live.always() ? Optional.empty() : recording.take(canonical);
        if (recorded.isPresent()) {
            recorded.get().chunks().forEach(onText);
            return recorded.get().response();
        }
        if (live == null) {
            throw recording.missing(canonical);
        }
        return ask(live, canonical, request, onText, context);
    }

    private ChatResponse ask(
            Live asked, CanonicalRequest canonical, ChatRequest request, Consumer<String> onText, CallContext context) {
        long promptTokens = asked.model().countTokens(request);
        List<String> chunks = new ArrayList<>();
        long start = System.nanoTime();
        ChatResponse response = asked.model()
                .chat(
                        request,
                        text -> {
                            chunks.add(text);
                            onText.accept(text);
                        },
                        context);
        long wallMillis = (System.nanoTime() - start) / 1_000_000;
        ChatResponse priced = new ChatResponse(
                response.text(),
                response.toolCalls(),
                response.finishReason(),
                response.usage(),
                response.model(),
                asked.price().cost(response.usage()));
        try {
            recording.add(new Exchange(canonical, promptTokens, priced, chunks, wallMillis));
        } catch (TroupeException e) {
            throw e.spending(priced.usage(), priced.cost());
        }
        return priced;
    }

    @Override
    public void close() {
        // The model within belongs to whoever opened it; the file is open only while something is written.
    }
}
