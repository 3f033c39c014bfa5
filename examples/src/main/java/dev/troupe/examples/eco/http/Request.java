package dev.troupe.examples.eco.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks.
 *
 * @param parameters of the query, and of the body where it is a form, decoded; the first of a name counts
 */
public record Request(String method, String path, Map<String, String> parameters) {
    public Request {
        parameters = Map.copyOf(parameters);
    }

    /** The parameter without spaces around it, or null when it is left out or empty. */
    public @Nullable String get(String name) {
        String value = parameters.getOrDefault(name, "").strip();
        return value.isEmpty() ? null : value;
    }

    /** The parameter, or what stands for it when it is left out or empty. */
    public String get(String name, String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }

    /**
     * Reads {@code a=1&b=2}.
     *
     * @throws IllegalArgumentException for a percent sign that two hexadecimal digits do not follow
     */
    static Map<String, String> parameters(@Nullable String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (encoded != null) {
            for (String pair : encoded.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                if (!name.isEmpty()) {
                    parameters.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
