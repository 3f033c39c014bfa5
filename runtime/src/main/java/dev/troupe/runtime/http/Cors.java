package dev.troupe.runtime.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Whose pages a browser lets use the server: none but its own, unless the configuration names them. */
final class Cors {
    private static final Pattern HEADERS = Pattern.compile("[A-Za-z0-9-]+(\\s*,\\s*[A-Za-z0-9-]+){0,50}");
    private static final String SHOWN = String.join(
            ", ",
            "X-Request-Id",
            "Retry-After",
            "X-Troupe-Task",
            "X-Troupe-Verified",
            "X-Troupe-Receipt-Cost-Usd",
            "X-Troupe-Receipt-Saved-Usd",
            "X-Troupe-Receipt-Baseline-Model",
            "X-Troupe-Receipt-Baseline-Cost-Usd",
            "X-Troupe-Receipt-Model-Calls",
            "X-Troupe-Receipt-Wall-Ms");

    private final Set<String> origins;

    /** @param origins as browsers name them */
    Cors(Iterable<String> origins) {
        Set<String> names = new java.util.HashSet<>();
        origins.forEach(origin -> names.add(origin.toLowerCase(Locale.ROOT)));
        this.origins = Set.copyOf(names);
    }

    private static @Nullable String header(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value).orElse(null);
    }

    private boolean allows(@Nullable String origin) {
        return origin != null && origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    /** Whether a browser asks what it may send. */
    boolean isPreflight(HttpRequest request) {
        return !origins.isEmpty()
                && request.method().value().equals("OPTIONS")
                && header(request, "Origin") != null
                && header(request, "Access-Control-Request-Method") != null;
    }

    /** @throws ApiException 403 for a page of another origin */
    HttpResponse preflight(HttpRequest request) {
        if (!allows(header(request, "Origin"))) {
            throw ApiException.refused(
                    403, "origin_not_allowed", null, "origin: not one of serve.cors.origins (expected: one of them)");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Access-Control-Allow-Methods", "GET, POST");
        String wanted = header(request, "Access-Control-Request-Headers");
        if (wanted != null && HEADERS.matcher(wanted).matches()) {
            headers.put("Access-Control-Allow-Headers", wanted);
        }
        headers.put("Access-Control-Max-Age", "600");
        return Replies.with(HttpResponse.create().withStatus(204), headers);
    }

    /** A response with what lets the page of that origin read it. */
    HttpResponse shared(HttpRequest request, HttpResponse response) {
        if (origins.isEmpty()) {
            return response;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Vary", "Origin");
        String origin = header(request, "Origin");
        if (origin != null && allows(origin)) {
            headers.put("Access-Control-Allow-Origin", origin);
            headers.put("Access-Control-Expose-Headers", SHOWN);
            headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        }
        return Replies.with(response, headers);
    }
}
