package dev.troupe.planner.ladder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say about a program that failed over the responses it got, by comparing the two: names that it looks up
 * and that no response has, requests that found nothing, errors that it hides. Small models see none of that by themselves.
 */
final class ResponseHints {
    // What a program looks up by name: ["name"] and .get("name").
    private static final Pattern LOOKED_UP =
            Pattern.compile("(?<!environ)(?:\\[|\\.get\\(|\\.pop\\()\\s*[\"']([^\"'\\n]{1,80})[\"']\\s*(?=[\\],)])");
    // A field's name in a response's shape, with its value or without.
    private static final Pattern NAME = Pattern.compile("\"([^\"]{1,80})\"(?=[:,}])");
    private static final Pattern NOTHING =
            Pattern.compile(": \\[]|ZERO_RESULTS|: \\{}|^\\S+ answered \\d+: (?:\\[]|\\{})$");
    private static final Pattern CAUGHT = Pattern.compile("(?m)^\\s*except\\b");
    private static final Pattern WORD = Pattern.compile("\\p{L}+");
    private static final int STEM = 4;
    private static final int MOST = 3;

    private ResponseHints() {}

    /** Sentences, a line each; empty where there is nothing to say. */
    static List<String> of(String program, List<String> responses) {
        if (responses.isEmpty()) {
            return List.of();
        }
        List<String> hints = new ArrayList<>();
        unknown(program, responses).stream().limit(MOST).forEach(hints::add);
        if (responses.stream().anyMatch(response -> NOTHING.matcher(response).find())) {
            hints.add(
                    "A request found nothing. Ask in another way: another path or method, or fewer and wider parameters.");
        }
        if (CAUGHT.matcher(program).find()) {
            hints.add("Leave out try and except: they hide the error that shows what is wrong.");
        }
        return hints;
    }

    private static List<String> unknown(String program, List<String> responses) {
        Set<String> names = responses.stream()
                .flatMap(response -> NAME.matcher(response).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> hints = new ArrayList<>();
        Matcher lookedUp = LOOKED_UP.matcher(program);
        Set<String> seen = new LinkedHashSet<>(names);
        while (lookedUp.find()) {
            String name = lookedUp.group(1);
            String closest = seen.add(name) ? closest(name, names) : null;
            if (closest != null) {
                hints.add("\"" + name + "\" is not among the names above; \"" + closest + "\" is.");
            }
        }
        return hints;
    }

    /** The name that shares most words, by their first letters, or has its figures in the same places; null for none. */
    private static @Nullable String closest(String name, Set<String> names) {
        return names.stream()
                .filter(other -> likeness(name, other) > 0)
                .max(Comparator.comparingDouble(other -> likeness(name, other)))
                .orElse(null);
    }

    private static double likeness(String one, String other) {
        Set<String> stems = stems(one);
        if (stems.isEmpty()) {
            return form(one).equals(form(other)) ? 1 : 0;
        }
        Set<String> others = stems(other);
        long shared = stems.stream().filter(others::contains).count();
        return (double) shared / Math.max(stems.size(), others.size());
    }

    private static Set<String> stems(String name) {
        return WORD.matcher(name.toLowerCase(Locale.ROOT))
                .results()
                .map(word ->
                        word.group().substring(0, Math.min(STEM, word.group().length())))
                .collect(Collectors.toSet());
    }

    private static String form(String figures) {
        return figures.replaceAll("\\d", "0");
    }
}
