package dev.troupe.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** How responses are made, and the headers that all of them have. */
final class Replies {
    static final JsonMapper JSON = new JsonMapper();

    private static final Map<String, String> SAFETY = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin");

    private Replies() {}

    static HttpResponse json(int status, Object body) {
        return HttpResponse.create()
                .withStatus(code(status))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, bytes(body)));
    }

    /** 499 is no standard one, but what servers say of a request that its own client ended. */
    private static StatusCode code(int status) {
        return StatusCodes.lookup(status)
                .orElseGet(() -> StatusCodes.custom(status, "Client Closed Request", "", false, true));
    }

    static byte[] bytes(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a body that is no JSON: " + body.getClass(), e);
        }
    }

    static String text(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a body that is no JSON: " + body.getClass(), e);
        }
    }

    static HttpResponse error(ApiException error) {
        return with(json(error.status(), error.json()), error.headers());
    }

    static HttpResponse with(HttpResponse response, Map<String, String> headers) {
        List<HttpHeader> more = new ArrayList<>();
        headers.forEach((name, value) -> more.add(RawHeader.create(name, value)));
        return response.addHeaders(more);
    }

    /** With the headers that keep browsers from doing more than is meant, where the handler set none of its own. */
    static HttpResponse safe(HttpResponse response, String request) {
        List<HttpHeader> more = new ArrayList<>();
        more.add(RawHeader.create("X-Request-Id", request));
        SAFETY.forEach((name, value) -> {
            if (response.getHeader(name).isEmpty()) {
                more.add(RawHeader.create(name, value));
            }
        });
        if (response.getHeader("Cache-Control").isEmpty()) {
            more.add(RawHeader.create("Cache-Control", "no-store"));
        }
        return response.addHeaders(more);
    }
}
