package dev.troupe.models.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.openai.AnswerBuilder.MalformedAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Reading blocks the calling thread; cancellation and the time-outs close the connection
 * from theirs, which ends the reading at once.
 */
final class Attempt {
    private static final int MAX_EVENT = 1 << 20;
    private static final int MAX_ANSWER = 16 << 20;
    private static final int MAX_ERROR = 64 << 10;
    /** What a server may take to end a finished answer, so that its connection can be used again. */
    private static final Duration DRAIN = Duration.ofMillis(200);

    private final OpenAiSettings settings;
    private final Endpoint endpoint;
    private final ScheduledExecutorService timer;
    private final Refusal refusal;
    private final CallContext context;
    private final AnswerBuilder answer;
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private volatile @Nullable InputStream body;

    Attempt(
            OpenAiSettings settings,
            Endpoint endpoint,
            ScheduledExecutorService timer,
            Refusal refusal,
            CallContext context,
            AnswerBuilder answer) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.timer = timer;
        this.refusal = refusal;
        this.context = context;
        this.answer = answer;
    }

    /** Sends the request and fills the answer. What the reader of its text throws comes through. */
    void run(byte[] json) throws AttemptFailed {
        CompletableFuture<HttpResponse<InputStream>> sent =
                endpoint.client().sendAsync(request(json), BodyHandlers.ofInputStream());
        Future<?> deadline = after(context.deadline().remaining(), sent, End.DEADLINE);
        Future<?> firstToken = after(settings.timeouts().firstToken(), sent, End.FIRST_TOKEN);
        try (Cancellation.Registration ignored = context.cancellation().onCancel(() -> abort(sent, End.CANCELLED))) {
            HttpResponse<InputStream> response = await(sent);
            read(response, firstToken, sent);
        } catch (MalformedAnswer | JsonProcessingException e) {
            throw notAnAnswer(e instanceof MalformedAnswer ? String.valueOf(e.getMessage()) : "broken JSON");
        } catch (SseReader.TooLarge e) {
            throw notAnAnswer("more than any model writes");
        } catch (IOException e) {
            throw broken(e);
        } finally {
            deadline.cancel(false);
            firstToken.cancel(false);
            abort(sent, End.OVER);
        }
    }

    private HttpRequest request(byte[] json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.completions())
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream, application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
        if (!settings.key().isEmpty()) {
            request.header("Authorization", "Bearer " + settings.key().reveal());
        }
        return request.build();
    }

    private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> sent) throws IOException {
        try {
            return sent.get();
        } catch (InterruptedException e) {
            end.compareAndSet(null, End.CANCELLED);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (CancellationException e) {
            throw new IOException("cancelled", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private void read(HttpResponse<InputStream> response, Future<?> firstToken, CompletableFuture<?> sent)
            throws IOException, AttemptFailed {
        InputStream in = response.body();
        body = in;
        if (end.get() != null) {
            in.close();
        }
        if (response.statusCode() != 200) {
            String text = new String(in.readNBytes(MAX_ERROR), StandardCharsets.UTF_8);
            throw refusal.read(
                    response.statusCode(),
                    text,
                    response.headers().firstValue("Retry-After").orElse(null));
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (type.startsWith("application/json")) {
            readWhole(in);
        } else {
            readEvents(new SseReader(in, MAX_EVENT), firstToken, sent);
        }
        if (!answer.isFinished()) {
            throw new IOException("cut off");
        }
    }

    private void readWhole(InputStream in) throws IOException, AttemptFailed {
        byte[] whole = in.readNBytes(MAX_ANSWER + 1);
        if (whole.length > MAX_ANSWER) {
            throw new SseReader.TooLarge();
        }
        add(RequestJson.MAPPER.readTree(whole));
    }

    private void readEvents(SseReader events, Future<?> firstToken, CompletableFuture<?> sent)
            throws IOException, AttemptFailed {
        String data = events.next();
        while (data != null && !data.equals("[DONE]")) {
            add(RequestJson.MAPPER.readTree(data));
            if (answer.hasBegun()) {
                firstToken.cancel(false);
            }
            if (answer.size() > MAX_ANSWER) {
                throw new SseReader.TooLarge();
            }
            data = events.next();
        }
        if (data != null && answer.isFinished()) {
            drain(events, sent);
        }
    }

    private void add(JsonNode chunk) throws AttemptFailed {
        if (chunk.hasNonNull("error")) {
            // Gateways report what befalls the model behind them in mid-stream, with the status as a number.
            int status = chunk.path("error").path("code").asInt(502);
            throw refusal.read(status < 400 || status > 599 ? 502 : status, chunk.toString(), null);
        }
        answer.add(chunk);
    }

    private void drain(SseReader events, CompletableFuture<?> sent) {
        Future<?> enough = after(DRAIN, sent, End.OVER);
        try {
            while (events.next() != null) {
                // Nothing more is wanted; only its end.
            }
        } catch (IOException e) {
            // The answer is complete: this connection is not used again, no more.
            return;
        } finally {
            enough.cancel(false);
        }
    }

    private Future<?> after(Duration time, CompletableFuture<?> sent, End why) {
        return timer.schedule(() -> abort(sent, why), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void abort(CompletableFuture<?> sent, End why) {
        end.compareAndSet(null, why);
        sent.cancel(true);
        InputStream open = body;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is gone, which is what was wanted.
                return;
            }
        }
    }

    private AttemptFailed broken(IOException e) {
        End why = end.get();
        if (why == End.CANCELLED || Thread.currentThread().isInterrupted()) {
            return AttemptFailed.ended(cancelled());
        }
        if (why == End.DEADLINE) {
            return AttemptFailed.ended(new TroupeException(
                    ErrorCode.TIMEOUT, settings.name() + ": the time for the call is used up", null));
        }
        if (why == End.FIRST_TOKEN) {
            return AttemptFailed.fault(
                    ErrorCode.TIMEOUT,
                    settings.name() + ": no token (expected: the first within "
                            + settings.timeouts().firstToken().toMillis() + " ms)");
        }
        String where = settings.name() + ": " + endpoint.shown();
        if (e instanceof SSLHandshakeException) {
            return AttemptFailed.connection(
                    where + " has no certificate that is trusted here",
                    "Check the address and the certificate.",
                    false);
        }
        return AttemptFailed.connection(
                where + (body == null ? " cannot be reached" : " broke off its answer"),
                "Is the endpoint running, and is the address right?",
                true);
    }

    private TroupeException cancelled() {
        try {
            context.cancellation().throwIfCancelled();
        } catch (TroupeException e) {
            return e;
        }
        return new TroupeException(ErrorCode.CANCELLED, "cancelled: interrupted", null);
    }

    private AttemptFailed notAnAnswer(String what) {
        return AttemptFailed.fault(
                ErrorCode.PROVIDER_FAILED,
                settings.name() + ": " + endpoint.shown() + " sent " + what + " (expected: a chat completion)");
    }

    /** Why the connection was closed from here. */
    private enum End {
        CANCELLED,
        DEADLINE,
        FIRST_TOKEN,
        OVER
    }
}
