package dev.troupe.models.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.Message;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A chat model of LangChain4j, of whatever provider, as a model of ours. Its answers cost what the price table or the team
 * says of its name. A call that is cancelled or out of time ends at once; the provider's own call is told where it can be
 * (streaming ones), and is left to its own time-out where it cannot. Of these too, at most {@link #CALLS} run at a time.
 */
public final class LangChain4jChatModel implements ChatModel {
    /** Calls at a time, those that were given up and have not ended yet among them. */
    public static final int CALLS = 16;

    private static final int CHARACTERS_A_TOKEN = 3;
    private static final int TOKENS_A_MESSAGE = 8;
    private static final int TOKENS_AN_IMAGE = 2_000;

    private final String name;
    private final int contextTokens;
    private final Call call;
    private final Semaphore places = new Semaphore(CALLS, true);

    /** Makes one call; signals are offered to the queue, the last of them {@link Ended} or {@link Failed}. */
    private interface Call {
        void begin(dev.langchain4j.model.chat.request.ChatRequest request, Running running);
    }

    private sealed interface Signal {}

    private record Text(String text) implements Signal {}

    private record Ended(dev.langchain4j.model.chat.response.ChatResponse response) implements Signal {}

    private record Failed(Throwable cause) implements Signal {}

    private record GivenUp() implements Signal {}

    private LangChain4jChatModel(String name, int contextTokens, Call call) {
        if (!name.contains("/") || contextTokens < 1) {
            throw new IllegalArgumentException("model: " + name + ", " + contextTokens
                    + " tokens (expected: provider/model, 1 token or more of context)");
        }
        this.name = name;
        this.contextTokens = contextTokens;
        this.call = call;
    }

    /**
     * A model that answers all at once.
     *
     * @param name {@code provider/model}, for prices and the ledger
     * @param contextTokens the most tokens that prompt and answer may have together
     */
    public static LangChain4jChatModel of(String name, int contextTokens, dev.langchain4j.model.chat.ChatModel model) {
        return new LangChain4jChatModel(name, contextTokens, (request, running) -> {
            try {
                dev.langchain4j.model.chat.response.ChatResponse response = model.chat(request);
                if (response.aiMessage().text() != null) {
                    running.offer(new Text(response.aiMessage().text()));
                }
                running.end(new Ended(response));
            } catch (RuntimeException | Error e) {
                running.end(new Failed(e));
            }
        });
    }

    /** A model whose text is shown as it is written; the parameters are those of {@link #of}. */
    public static LangChain4jChatModel streaming(String name, int contextTokens, StreamingChatModel model) {
        return new LangChain4jChatModel(name, contextTokens, (request, running) -> {
            try {
                model.chat(request, running);
            } catch (RuntimeException | Error e) {
                running.end(new Failed(e));
            }
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int contextTokens() {
        return contextTokens;
    }

    /** An upper estimate: LangChain4j knows no tokenizer that all its providers share. */
    @Override
    public long countTokens(ChatRequest request) {
        long tokens = request.tools().stream()
                .mapToLong(tool -> tokens(tool.name() + tool.description() + tool.parameters()))
                .sum();
        for (Message message : request.messages()) {
            tokens += TOKENS_A_MESSAGE;
            for (Message.Part part : message.parts()) {
                tokens += part instanceof Message.Part.Text text ? tokens(text.text()) : TOKENS_AN_IMAGE;
            }
            for (Message.ToolCall toolCall : message.toolCalls()) {
                tokens += tokens(toolCall.name() + toolCall.arguments());
            }
        }
        return tokens;
    }

    private static long tokens(String text) {
        return Math.ceilDiv(text.length(), CHARACTERS_A_TOKEN);
    }

    @Override
    public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context) {
        context.check();
        dev.langchain4j.model.chat.request.ChatRequest translated = Translation.request(request);
        Running running = new Running();
        try (Cancellation.Registration ignored = context.cancellation().onCancel(running::giveUp)) {
            if (!places.tryAcquire(context.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw timeout();
            }
            // From here on the call's end frees the place.
            Thread.ofVirtual().name("langchain4j").start(() -> call.begin(translated, running));
            return await(running, countTokens(request), onText, context);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "model " + name + ": interrupted", null, e);
        } finally {
            running.giveUp();
        }
    }

    private ChatResponse await(Running running, long promptTokens, Consumer<String> onText, CallContext context)
            throws InterruptedException {
        while (true) {
            @Nullable
            Signal signal = running.signals.poll(context.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (signal == null) {
                throw timeout();
            }
            switch (signal) {
                case Text text -> onText.accept(text.text());
                case Ended ended -> {
                    return Translation.response(ended.response(), name, promptTokens);
                }
                case Failed failed -> throw failure(failed.cause());
                case GivenUp givenUp -> context.check();
            }
        }
    }

    private TroupeException timeout() {
        return new TroupeException(ErrorCode.TIMEOUT, "model " + name + ": its time is used up", null);
    }

    /** A provider's message may quote the request, so that only the cause has it. */
    private TroupeException failure(Throwable cause) {
        ErrorCode code = switch (cause) {
            case AuthenticationException refused -> ErrorCode.PROVIDER_REFUSED;
            case ModelNotFoundException unknown -> ErrorCode.PROVIDER_REFUSED;
            case InvalidRequestException invalid -> ErrorCode.PROVIDER_REFUSED;
            case UnsupportedFeatureException missing -> ErrorCode.PROVIDER_REFUSED;
            case RateLimitException many -> ErrorCode.OVERLOADED;
            case TimeoutException late -> ErrorCode.TIMEOUT;
            default -> ErrorCode.PROVIDER_FAILED;
        };
        return new TroupeException(
                code,
                "model " + name + ": " + cause.getClass().getSimpleName(),
                "the log of the program tells more",
                cause);
    }

    /** LangChain4j's model belongs to whoever built it. */
    @Override
    public void close() {}

    /** One call under way. */
    private final class Running implements StreamingChatResponseHandler {
        final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
        private volatile boolean givenUp;
        private boolean ended;

        void giveUp() {
            givenUp = true;
            signals.add(new GivenUp());
        }

        void offer(Signal signal) {
            if (!givenUp) {
                signals.add(signal);
            }
        }

        /** Once, whoever says it: only then has the provider's call ended, and its place is free. */
        void end(Signal last) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
            }
            places.release();
            signals.add(last);
        }

        @Override
        public void onPartialResponse(String text) {
            offer(new Text(text));
        }

        @Override
        public void onPartialResponse(PartialResponse partial, PartialResponseContext handle) {
            if (givenUp) {
                handle.streamingHandle().cancel();
                // A stream that was cancelled may say nothing more.
                end(new GivenUp());
            } else {
                onPartialResponse(partial.text());
            }
        }

        @Override
        public void onCompleteResponse(dev.langchain4j.model.chat.response.ChatResponse response) {
            end(new Ended(response));
        }

        @Override
        public void onError(Throwable cause) {
            end(new Failed(cause));
        }
    }
}
