package dev.troupe.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.javadsl.Sink;

/** Reads the bodies of requests: JSON objects in UTF-8, of a bounded size and in a bounded time. */
final class Bodies {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int SMALL = 64 << 10;
    private static final int MOST_LARGE = 2;

    private final Semaphore large = new Semaphore(MOST_LARGE, true);
    private final ActorSystem<?> system;
    private final ServeSettings.Limits limits;

    Bodies(ActorSystem<?> system, ServeSettings.Limits limits) {
        this.system = system;
        this.limits = limits;
    }

    /**
     * Reads a body and hands it on. A large one takes many times its size in memory until {@code reader} is done with it, so
     * only a few are read at once.
     *
     * @throws ApiException 400, 408, 413, 415 or 429
     */
    <T> T read(Exchange exchange, Function<Fields, T> reader) {
        HttpRequest request = exchange.request();
        checkType(request);
        if (request.entity().getContentLengthOption().orElse(Long.MAX_VALUE) <= SMALL) {
            return reader.apply(new Fields(parsed(bytes(request)), ""));
        }
        takeTurn();
        try {
            return reader.apply(new Fields(parsed(bytes(request)), ""));
        } finally {
            large.release();
        }
    }

    private void takeTurn() {
        try {
            if (large.tryAcquire(limits.bodyTime().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ApiException.tooMany(
                        "body: too many large ones at once (expected: at most " + MOST_LARGE + " over " + SMALL
                                + " bytes)",
                        limits.bodyTime().toSeconds())
                .with("Connection", "close");
    }

    /** A form that another site's page sends has another type: nothing of it gets here. */
    private static void checkType(HttpRequest request) {
        String encoding =
                request.getHeader("Content-Encoding").map(HttpHeader::value).orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw ApiException.refused(
                    415, "unsupported_media_type", null, "content encoding: compressed (expected: none)");
        }
        MediaType type = request.entity().getContentType().mediaType();
        if (!(type.mainType().equals("application") && type.subType().equals("json"))) {
            String named = request.entity().getContentType().toString();
            throw ApiException.refused(
                    415,
                    "unsupported_media_type",
                    null,
                    "content type: " + (named.equals("none/none") ? "none" : named) + " (expected: application/json)");
        }
    }

    private byte[] bytes(HttpRequest request) {
        long length = request.entity().getContentLengthOption().orElse(0);
        if (length > limits.body()) {
            throw tooLarge(request);
        }
        try {
            return request.entity()
                    .withSizeLimit(limits.body())
                    .toStrict(limits.bodyTime().toMillis(), Integer.MAX_VALUE, system)
                    .toCompletableFuture()
                    .join()
                    .getData()
                    .toArray();
        } catch (CompletionException e) {
            throw unreadable(e.getCause() == null ? e : e.getCause());
        }
    }

    private ApiException tooLarge(HttpRequest request) {
        discard(request);
        return tooLarge();
    }

    /**
     * Takes what is still on its way and that nobody wants, within reason: it stands before the next request, and a client
     * that is cut off while it sends hears no reason.
     */
    void discard(HttpRequest request) {
        if (!request.entity().isStrict()) {
            request.entity()
                    .withSizeLimit(8L * limits.body())
                    .getDataBytes()
                    .completionTimeout(limits.bodyTime())
                    .runWith(Sink.ignore(), system);
        }
    }

    private ApiException tooLarge() {
        return ApiException.refused(
                        413,
                        "request_too_large",
                        null,
                        "body: too large (expected: at most " + limits.body() + " bytes)")
                .with("Connection", "close");
    }

    private ApiException unreadable(Throwable failure) {
        return switch (failure) {
            case EntityStreamSizeException large -> tooLarge();
            case TimeoutException late ->
                ApiException.timeout(
                                "body: not there after " + limits.bodyTime().toSeconds() + " s")
                        .with("Connection", "close");
            case EntityStreamException broken -> ApiException.invalid("invalid_body", null, "body: ended too early");
            default -> ApiException.invalid("invalid_body", null, "body: cannot be read");
        };
    }

    private static ObjectNode parsed(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiException.invalid("invalid_encoding", null, "body: not valid UTF-8 (expected: JSON in UTF-8)");
        }
        try {
            JsonNode node = JSON.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw ApiException.invalid("invalid_json", null, "body: no JSON object (expected: an object)");
        } catch (StreamConstraintsException e) {
            throw ApiException.invalid(
                    "invalid_json", null, "body: JSON that is nested too deep or has too long a value");
        } catch (JsonProcessingException e) {
            // Its own message quotes the body, which may hold anything.
            throw ApiException.invalid(
                    "invalid_json",
                    null,
                    "body: no valid JSON at line %d, column %d"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        }
    }
}
