package dev.troupe.models.openai;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model behind an OpenAI-compatible endpoint. A call waits for its turn, asks, and asks again after 408, 409, 429,
 * 5xx and connection faults, unless text was passed on; each wait is jittered and no shorter than the endpoint's
 * {@code Retry-After}. The tokens of attempts that failed count, too.
 */
final class OpenAiChatModel implements ChatModel {
    private static final int LARGEST_BACK_OFF = 16;

    private final OpenAiSettings settings;
    private final Endpoint endpoint;
    private final ScheduledExecutorService timer;
    private final Gate gate;
    private final @Nullable RateLimiter rate;
    /** What was learnt of the endpoint; two calls may learn it at once, to no harm. */
    private volatile Dialect dialect = Dialect.FULL;

    OpenAiChatModel(OpenAiSettings settings, Endpoint endpoint, ScheduledExecutorService timer) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.timer = timer;
        OpenAiSettings.Limits limits = settings.limits();
        this.gate = new Gate(settings.name(), limits.concurrent(), limits.queue());
        // One every so often and not many each minute, so that a burst does not meet the endpoint's own limit.
        this.rate = limits.perMinute() == 0
                ? null
                : RateLimiter.of(
                        settings.name(),
                        RateLimiterConfig.custom()
                                .limitForPeriod(1)
                                .limitRefreshPeriod(Duration.ofMinutes(1).dividedBy(limits.perMinute()))
                                .timeoutDuration(settings.timeouts().total())
                                .build());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public int contextTokens() {
        return settings.contextTokens();
    }

    @Override
    public long countTokens(ChatRequest request) {
        return Tokens.of(request);
    }

    @Override
    public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext outer) {
        CallContext context = outer.within(settings.timeouts().total());
        context.check();
        // The estimate is on the high side, so the endpoint decides in doubt; megabytes are not even sent.
        if (countTokens(request) > 2L * settings.contextTokens()) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "prompt: about " + countTokens(request) + " tokens (expected: at most " + settings.contextTokens()
                            + " for " + name() + ")",
                    "Shorten the question, or use a model with a longer context.");
        }
        gate.enter(context);
        try {
            return new Call(request, onText, context).answer();
        } finally {
            gate.leave();
        }
    }

    @Override
    public void close() {
        // What it holds belongs to the endpoint, which other models use.
    }

    /** One call with all its attempts. */
    private final class Call {
        private final ChatRequest request;
        private final Consumer<String> onText;
        private final CallContext context;
        private final Refusal refusal;
        private Usage spent = Usage.NONE;
        private int retries;

        Call(ChatRequest request, Consumer<String> onText, CallContext context) {
            this.request = request;
            this.onText = onText;
            this.context = context;
            this.refusal = new Refusal(settings, request);
        }

        ChatResponse answer() {
            try {
                AttemptFailed last = null;
                while (true) {
                    waitForRate();
                    requireClosedCircuit(last);
                    AnswerBuilder answer = new AnswerBuilder(request, onText);
                    try {
                        attempt(answer);
                        return answer.build(settings.model(), spent);
                    } catch (AttemptFailed failed) {
                        spent = spent.plus(answer.usage());
                        last = failed;
                        prepareRetry(failed, answer);
                    }
                }
            } catch (TroupeException e) {
                throw e.spending(spent);
            }
        }

        private void waitForRate() {
            if (rate != null) {
                long nanos = rate.reservePermission();
                if (nanos < 0 || nanos > context.deadline().remaining().toNanos()) {
                    throw new TroupeException(
                            ErrorCode.OVERLOADED,
                            "model " + name() + ": more calls than its limit of "
                                    + settings.limits().perMinute() + " a minute (expected: fewer)",
                            "Try again later, or raise the model's limits.");
                }
                Pause.of(Duration.ofNanos(nanos), context);
            }
        }

        private void requireClosedCircuit(@Nullable AttemptFailed last) {
            if (endpoint.breaker().tryAcquirePermission()) {
                return;
            }
            throw last != null
                    ? last.error()
                    : new TroupeException(
                            ErrorCode.PROVIDER_FAILED,
                            name() + ": " + endpoint.shown() + " keeps failing and is left alone for some seconds",
                            "Is the endpoint running? It is asked again by itself.");
        }

        private void attempt(AnswerBuilder answer) throws AttemptFailed {
            long start = System.nanoTime();
            boolean judged = false;
            try {
                new Attempt(settings, endpoint, timer, refusal, context, answer)
                        .run(RequestJson.write(settings.model(), request, dialect));
            } catch (AttemptFailed failed) {
                if (failed.blame() == AttemptFailed.Blame.ENDPOINT) {
                    endpoint.breaker().onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, failed);
                    judged = true;
                } else if (failed.blame() == AttemptFailed.Blame.CALLER) {
                    endpoint.breaker().releasePermission();
                    judged = true;
                }
                throw failed;
            } finally {
                if (!judged) {
                    endpoint.breaker().onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                }
            }
        }

        /** Returns when another attempt may be made. */
        private void prepareRetry(AttemptFailed failed, AnswerBuilder answer) {
            Dialect used = dialect;
            Optional<Dialect> other = used.after(failed.status(), failed.body());
            if (other.isPresent()) {
                // Each time one field fewer, so this ends.
                dialect = other.get();
                return;
            }
            Duration wait = backOff(failed.retryAfter());
            if (!failed.retryable()
                    || answer.hasPassedOn()
                    || retries >= settings.limits().retries()
                    || wait.compareTo(context.deadline().remaining()) >= 0) {
                throw failed.error();
            }
            retries++;
            Pause.of(wait, context);
        }

        /** Between the half and the whole of a time that doubles; on top of what the endpoint asks for. */
        private Duration backOff(@Nullable Duration retryAfter) {
            long longest =
                    settings.limits().backOff().toNanos() * Math.min(LARGEST_BACK_OFF, 1L << Math.min(retries, 30));
            Duration jittered = Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
            return retryAfter == null ? jittered : jittered.plus(retryAfter);
        }
    }
}
