package dev.troupe.planner.ladder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say about a program that failed over the responses it got, by comparing the two: names that it looks up
 * where they are not, requests that found nothing, errors that it hides. Small models see none of that by themselves.
 */
final class ResponseHints {
    // What a program looks up by name, ["name"] or .get("name"), and in what it does so: ["day"], ["days"][0].
    private static final Pattern LOOKED_UP = Pattern.compile("(?<!environ)(?:\\[|\\.get\\(|\\.pop\\()\\s*"
            + "[\"'](?![^\"'\\n]*://)([^\"'\\n]{1,80})[\"']\\s*(?=[\\],)])");
    private static final Pattern LOOKED_UP_IN = Pattern.compile("\\[[\"']([^\"'\\n]{1,80})[\"']](?:\\[\\w+])?$");
    private static final Pattern MISSED = Pattern.compile("KeyError: ['\"](.+)['\"]\\s*$");
    private static final Pattern NOTHING =
            Pattern.compile(": \\[]|ZERO_RESULTS|: \\{}|^\\S+ answered \\d+: (?:\\[]|\\{})$");
    private static final Pattern CAUGHT = Pattern.compile("(?m)^\\s*except\\b");
    private static final Pattern WORD = Pattern.compile("\\p{L}+");
    private static final int STEM = 4;
    private static final int MOST = 3;

    private ResponseHints() {}

    /**
     * Sentences, a line each; empty where there is nothing to say.
     *
     * @param output what the program printed, with the error that it ended with if it did
     */
    static List<String> of(String program, String output, List<String> responses) {
        if (responses.isEmpty()) {
            return List.of();
        }
        List<String> hints = new ArrayList<>();
        misplaced(program, output, ResponseNames.of(responses)).stream()
                .limit(MOST)
                .forEach(hints::add);
        if (responses.stream().anyMatch(response -> NOTHING.matcher(response).find())) {
            hints.add(
                    "A request found nothing. Ask in another way: another path or method, or fewer and wider parameters.");
        }
        if (CAUGHT.matcher(program).find()) {
            hints.add("Leave out try and except: they hide the error that shows what is wrong.");
        }
        return hints;
    }

    private static List<String> misplaced(String program, String output, ResponseNames names) {
        Matcher missed = MISSED.matcher(output.strip());
        String failed = missed.find() ? missed.group(1) : null;
        List<MatchResult> lookups = LOOKED_UP.matcher(program).results().toList();
        Set<String> all = lookups.stream().map(lookup -> lookup.group(1)).collect(Collectors.toSet());
        Set<String> hints = new LinkedHashSet<>();
        for (MatchResult lookup : lookups) {
            String name = lookup.group(1);
            Matcher in = LOOKED_UP_IN.matcher(program.substring(0, lookup.start()));
            String parent = in.find() ? in.group(1) : null;
            if (!names.has(name)) {
                String closest = closest(name, names.all());
                if (closest != null) {
                    String place = names.found(closest, all, parent);
                    hints.add(
                            stems(name).isEmpty()
                                    ? "Names there are written as \"" + closest + "\"."
                                    : "There is no \"" + name + "\"; " + place + ".");
                }
            } else if (parent != null && names.has(parent) && !names.has(parent, name)) {
                hints.add("[\"" + parent + "\"] has no \"" + name + "\"; " + names.found(name, all, parent) + ".");
            } else if (parent == null && name.equals(failed)) {
                hints.add("\"" + name + "\" is not where the program looks for it; " + names.found(name, all, null)
                        + ".");
            }
        }
        return List.copyOf(hints);
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
