package dev.troupe.runtime.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method and a path that are served.
 *
 * @param pattern {@code /v1/models/{id}}: parts in braces vary
 * @param open whether it is answered without a key
 */
record Route(String method, String pattern, boolean open, Exchange.Handler handler) {
    /** What varies in the path, by name, or null when it is another one. */
    @Nullable
    Map<String, String> match(List<String> path) {
        List<String> parts = parts(pattern);
        if (parts.size() != path.size()) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part.startsWith("{")) {
                values.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return null;
            }
        }
        return values;
    }

    static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }
}
