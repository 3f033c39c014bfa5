package dev.troupe.agents;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** A model whose replies a test writes. Each call uses 100 tokens in, 20 of them cached, and 10 out. */
final class ScriptedModel implements ChatModel {
    static final Usage USAGE = new Usage(100, 20, 10);
    /** Tells the test that a call has begun. */
    final Semaphore begun = new Semaphore(0);

    final List<ChatRequest> requests = new CopyOnWriteArrayList<>();
    private final String name;
    private volatile Script script;
    private volatile Function<ChatRequest, List<Message.ToolCall>> calls = request -> List.of();

    /** What a call does. */
    interface Script {
        String reply(ChatRequest request, CallContext context) throws InterruptedException;
    }

    ScriptedModel(String name, Script script) {
        this.name = name;
        this.script = script;
    }

    static String python(String source) {
        return "```python\n" + source + "\n```";
    }

    void now(Script other) {
        script = other;
    }

    /** From now on it writes nothing and asks for these. */
    void calls(List<Message.ToolCall> wanted) {
        script = (request, context) -> "";
        calls = request -> wanted;
    }

    /** From now on it asks for what this says; what it says is the script's business. */
    void calling(Function<ChatRequest, List<Message.ToolCall>> wanted) {
        calls = wanted;
    }

    /** Replies when it is told to, or is cancelled, as a well-behaved model is. */
    static Script after(CountDownLatch latch, String reply) {
        return (request, context) -> {
            CountDownLatch either = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                try {
                    latch.await();
                    either.countDown();
                } catch (InterruptedException e) {
                    either.countDown();
                }
            });
            try (var registration = context.cancellation().onCancel(either::countDown)) {
                boolean inTime = either.await(context.deadline().remaining().toMillis(), TimeUnit.MILLISECONDS);
                if (!inTime) {
                    throw new TroupeException(ErrorCode.TIMEOUT, "model: no answer in time", null);
                }
                context.cancellation().throwIfCancelled();
                return reply;
            }
        };
    }

    /** Hears nothing but an interrupt. */
    static Script deaf() {
        return (request, context) -> {
            new CountDownLatch(1).await();
            return "never";
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int contextTokens() {
        return 8_192;
    }

    @Override
    public long countTokens(ChatRequest request) {
        return USAGE.inputTokens();
    }

    @Override
    public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context) {
        requests.add(request);
        begun.release();
        try {
            String reply = script.reply(request, context);
            int half = reply.length() / 2;
            onText.accept(reply.substring(0, half));
            onText.accept(reply.substring(half));
            List<Message.ToolCall> wanted = calls.apply(request);
            return new ChatResponse(
                    reply,
                    wanted,
                    wanted.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS,
                    USAGE,
                    name,
                    Money.ZERO);
        } catch (InterruptedException e) {
            throw new TroupeException(ErrorCode.CANCELLED, "interrupted", null, e);
        }
    }

    @Override
    public void close() {}
}
