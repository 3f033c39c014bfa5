package dev.troupe.runtime.api;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;

/** A model of the program that runs the team: answers by a function, or hangs until it is cancelled. */
final class OwnModel implements ChatModel {
    final CountDownLatch asked = new CountDownLatch(1);
    final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    final List<ChatRequest> requests = new CopyOnWriteArrayList<>();
    volatile boolean closed;
    private final Function<ChatRequest, String> script;

    OwnModel(Function<ChatRequest, String> script) {
        this.script = script;
    }

    static OwnModel saying(String text) {
        return new OwnModel(request -> text);
    }

    static OwnModel hanging() {
        return saying("");
    }

    static String program(String source) {
        return "```python\n" + source + "\n```";
    }

    @Override
    public String name() {
        return "own/model";
    }

    @Override
    public int contextTokens() {
        return 8_192;
    }

    @Override
    public long countTokens(ChatRequest request) {
        return 100;
    }

    @Override
    public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context) {
        requests.add(request);
        asked.countDown();
        String text = script.apply(request);
        if (text.isEmpty()) {
            CountDownLatch stop = new CountDownLatch(1);
            try (var ignored = context.cancellation().onCancel(stop::countDown)) {
                stop.await();
                cancelled.complete(true);
                context.check();
            } catch (InterruptedException | TroupeException e) {
                cancelled.complete(true);
                context.cancellation().throwIfCancelled();
            }
        }
        text.lines().map(line -> line + "\n").forEach(onText);
        return new ChatResponse(
                text, List.of(), ChatResponse.FinishReason.STOP, new Usage(100, 0, 10), name(), Money.ZERO);
    }

    @Override
    public void close() {
        closed = true;
    }
}
