package dev.troupe.runtime.http;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All that is served, and what is said of the rest. */
final class Routes {
    /** Parts of OpenAI's interface that clients may look for. */
    private static final List<String> ELSEWHERE = List.of(
            "audio",
            "images",
            "completions",
            "files",
            "batches",
            "moderations",
            "assistants",
            "threads",
            "fine_tuning",
            "vector_stores",
            "uploads",
            "realtime",
            "evals");

    private final List<Route> routes;

    Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    List<Route> all() {
        return routes;
    }

    /** A route and what varies in its path. */
    record Match(Route route, Map<String, String> path) {}

    /** @throws ApiException 404 or 405 */
    Match find(String method, String path) {
        List<String> parts = Route.parts(path);
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> values = route.match(parts);
            if (values != null) {
                if (route.method().equals(method)) {
                    return new Match(route, values);
                }
                methods.add(route.method());
            }
        }
        if (methods.isEmpty()) {
            throw ApiException.notFound(unknown(parts));
        }
        String allowed = String.join(", ", methods);
        throw ApiException.refused(
                        405, "method_not_allowed", null, "method: " + method + " (expected: " + allowed + ")")
                .with("Allow", allowed);
    }

    private static String unknown(List<String> parts) {
        String path = "/" + String.join("/", parts);
        String shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
        if (parts.size() >= 2 && parts.getFirst().equals("v1") && ELSEWHERE.contains(parts.get(1))) {
            return "path: " + shown
                    + " is a part of OpenAI's interface that is not served here; /openapi.json lists what is";
        }
        return "path: " + shown + " (expected: one of those that /openapi.json lists)";
    }
}
