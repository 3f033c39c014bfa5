package dev.troupe.knowledge.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What verified solutions teach beside their programs: which ticker a company has, and which values a role has taken.
 * A company's ticker is learned where the question leaves one name and the program one ticker over; two solutions that
 * disagree teach nothing. Immutable.
 */
public final class Lessons {
    public static final Lessons NONE = of(List.of());

    private static final Pattern TICKER = Pattern.compile("\\^?[A-Z]{1,5}(?:[.-][A-Z]{1,3})?");
    private static final Pattern FORM =
            Pattern.compile("(?i)[, ]+(?:inc|corp|corporation|company|co|ltd|plc|group|holdings|ag|se|sa)\\.?$");

    private final Map<String, Known> known = new HashMap<>();
    private final Map<String, List<Known>> byWording = new HashMap<>();
    private final Map<String, Set<String>> tickers = new HashMap<>();
    private final Map<String, Set<String>> values = new HashMap<>();

    private Lessons(Collection<Known> all) {
        for (Known one : all) {
            known.put(one.solution().id(), one);
            for (String key : one.wording().keys()) {
                byWording.computeIfAbsent(key, name -> new ArrayList<>()).add(one);
            }
            if (one.company() != null && one.ticker() != null) {
                tickers.computeIfAbsent(one.company(), name -> new HashSet<>()).add(one.ticker());
            }
            one.values()
                    .forEach((role, some) -> values.computeIfAbsent(role, name -> new HashSet<>())
                            .addAll(some));
        }
    }

    /** What these teach together. */
    public static Lessons of(List<Solution> solutions) {
        return new Lessons(solutions.stream().map(Known::of).toList());
    }

    static Lessons ofKnown(Collection<Known> all) {
        return new Lessons(all);
    }

    /** These and one more; where it is among them already, these. */
    Lessons with(Solution solution) {
        Known already = known.get(solution.id());
        if (already != null && already.solution().equals(solution)) {
            return this;
        }
        List<Known> more = new ArrayList<>(known.values());
        more.add(Known.of(solution));
        return new Lessons(more);
    }

    /** The solution as it was read. */
    Known read(Solution solution) {
        Known one = known.get(solution.id());
        return one != null && one.solution().equals(solution) ? one : Known.of(solution);
    }

    /** Those whose questions ask the same but for their slots. */
    List<Known> worded(Wording wording) {
        Map<String, Known> found = new LinkedHashMap<>();
        for (String key : wording.keys()) {
            for (Known one : byWording.getOrDefault(key, List.of())) {
                if (one.wording().isLike(wording)) {
                    found.put(one.solution().id(), one);
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** In lower case: names that were asked for and solved before. */
    Set<String> names() {
        return tickers.keySet();
    }

    /** The ticker of a name for certain, or null. */
    @Nullable
    String ticker(Slot name) {
        if (name.code() != null) {
            return name.code();
        }
        Set<String> learned = tickers.getOrDefault(company(name.text()), Set.of());
        if (!learned.isEmpty()) {
            return learned.size() == 1 ? learned.iterator().next() : null;
        }
        return isTicker(name.text()) ? name.text() : null;
    }

    /** Whether verified solutions had another ticker for that name, or that ticker for another name. */
    boolean contradicts(String name, String code) {
        String company = company(name);
        Set<String> learned = tickers.getOrDefault(company, Set.of());
        return (!learned.isEmpty() && !learned.contains(code))
                || tickers.entrySet().stream()
                        .anyMatch(entry -> entry.getValue().contains(code)
                                && !entry.getKey().equals(company)
                                && !isTicker(entry.getKey().toUpperCase(java.util.Locale.ROOT)));
    }

    /** Whether a verified solution had that value in that role, and its question named it. */
    boolean hasValue(String role, String value) {
        return values.getOrDefault(role, Set.of()).contains(value);
    }

    static boolean isTicker(String text) {
        return TICKER.matcher(text).matches();
    }

    /** The same as it is written. */
    static String shortName(String name) {
        String shorter = FORM.matcher(name.strip()).replaceAll("");
        return shorter.isEmpty() ? name : shorter;
    }

    /** A company's name without what kind of company it is. */
    static String company(String name) {
        String plain = name.toLowerCase(Locale.ROOT).strip();
        String shorter = FORM.matcher(plain).replaceAll("");
        return shorter.isEmpty() ? plain : shorter;
    }
}
