package dev.troupe.models.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In what two requests differ: the places, never the text, which belongs into no error. {@code messages[1].parts[0].text
 * from character 112 on (asked 340 characters, recorded 352)}.
 */
final class Difference {
    private static final int MOST_NAMED = 3;
    /** Values of such a length say nothing of anybody's question: a temperature, a seed, a limit. */
    private static final int SHORT = 24;

    private Difference() {}

    /** How much of two requests is not the same, in characters. */
    static int distance(CanonicalRequest one, CanonicalRequest other) {
        String first = one.json().toString();
        String second = other.json().toString();
        int prefix = commonPrefix(first, second);
        int longest = Math.min(first.length(), second.length()) - prefix;
        int suffix = 0;
        while (suffix < longest
                && first.charAt(first.length() - 1 - suffix) == second.charAt(second.length() - 1 - suffix)) {
            suffix++;
        }
        return Math.max(first.length(), second.length()) - prefix - suffix;
    }

    /** The first places in which they differ, in words. */
    static String between(CanonicalRequest asked, CanonicalRequest recorded) {
        List<String> places = new ArrayList<>();
        compare("", asked.json(), recorded.json(), places);
        String named = String.join("; ", places.subList(0, Math.min(MOST_NAMED, places.size())));
        return places.size() <= MOST_NAMED ? named : named + "; and " + (places.size() - MOST_NAMED) + " more";
    }

    private static void compare(String path, @Nullable JsonNode asked, @Nullable JsonNode recorded, List<String> out) {
        if (asked == null || recorded == null) {
            out.add(path + (asked == null ? " is only recorded" : " is only asked"));
        } else if (asked.equals(recorded)) {
            return;
        } else if (asked.isObject() && recorded.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            asked.fieldNames().forEachRemaining(names::add);
            recorded.fieldNames().forEachRemaining(names::add);
            String before = path.isEmpty() ? "" : path + ".";
            names.forEach(name -> compare(before + name, asked.get(name), recorded.get(name), out));
        } else if (asked.isArray() && recorded.isArray()) {
            for (int i = 0; i < Math.max(asked.size(), recorded.size()); i++) {
                compare(path + "[" + i + "]", asked.get(i), recorded.get(i), out);
            }
        } else {
            out.add(path + values(path, asked.asText(), recorded.asText()));
        }
    }

    private static String values(String path, String asked, String recorded) {
        if (path.startsWith(CanonicalRequest.SAMPLING) && Math.max(asked.length(), recorded.length()) < SHORT) {
            return ": asked " + asked + ", recorded " + recorded;
        }
        return " from character " + (commonPrefix(asked, recorded) + 1) + " on (asked " + asked.length()
                + " characters, recorded " + recorded.length() + ")";
    }

    private static int commonPrefix(String one, String other) {
        int end = Math.min(one.length(), other.length());
        int at = 0;
        while (at < end && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }
}
