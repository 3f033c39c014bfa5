package dev.troupe.runtime.http;

import dev.troupe.models.call.Cancellation;
import dev.troupe.runtime.telemetry.Tracing;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to its handler.
 *
 * @param id names it in the log and in its response
 * @param path the values of the parts of its path that vary, by name
 * @param cancellation thrown when the client is gone
 * @param span what spans of its work belong to
 */
record Exchange(
        String id,
        HttpRequest request,
        Caller caller,
        Map<String, String> path,
        Cancellation cancellation,
        Tracing.Request span) {
    Exchange {
        path = Map.copyOf(path);
    }

    /** A varying part of its path. */
    String part(String name) {
        return Objects.requireNonNull(path.get(name), name);
    }

    @Nullable
    String header(String name) {
        return request.getHeader(name).map(HttpHeader::value).orElse(null);
    }

    Optional<String> query(String name) {
        return request.getUri().query().get(name);
    }

    /** What handles it, on a virtual thread; it may wait. */
    @FunctionalInterface
    interface Handler {
        org.apache.pekko.http.javadsl.model.HttpResponse handle(Exchange exchange);
    }
}
