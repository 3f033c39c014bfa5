package dev.troupe.tools.files;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What the values of one column have in common. Sees each value once; not thread-safe. */
final class ColumnProfile {
    /** Text columns with at most so many values have all of them listed: models need the exact spelling. */
    private static final int MOST_LISTED = 12;

    private static final int LONGEST_VALUE = 30;
    private final String name;
    private final List<ValueKind> kinds = new ArrayList<>(ValueKind.ALL);
    private final TreeSet<String> values = new TreeSet<>();
    private boolean manyValues;
    private boolean padded;
    private long filled;
    private long blank;
    private final Map<ValueKind, Extremes> extremes = new HashMap<>();

    ColumnProfile(String name) {
        this.name = name;
    }

    void add(String raw) {
        String value = raw.strip();
        if (FileDescriptions.BLANKS.contains(value.toLowerCase(Locale.ROOT))) {
            blank++;
            return;
        }
        filled++;
        padded |= value.length() != raw.length();
        kinds.removeIf(kind -> !kind.fits(value));
        if (!manyValues) {
            values.add(value);
            manyValues = values.size() > MOST_LISTED;
        }
        // For each kind that is still possible: 01/02 is before or after 02/01 only when the kind is known.
        extremes.keySet().retainAll(kinds);
        for (ValueKind kind : kinds) {
            Comparator<String> order = kind.order();
            if (order != null) {
                extremes.merge(kind, new Extremes(value, value), (known, one) -> known.with(value, order));
            }
        }
    }

    /** One line, such as {@code units: integer, 3 to 120, 12 blank}. */
    String describe() {
        StringBuilder out = new StringBuilder(FileDescriptions.shortened(name, 60)).append(": ");
        if (filled == 0) {
            return out.append("always blank").toString();
        }
        boolean twoFormats = kinds.stream().filter(kind -> kind.date() != null).count() > 1;
        ValueKind kind = kinds.isEmpty() ? null : kinds.getFirst();
        out.append(kind == null ? "text" : twoFormats ? "date as text, %m/%d/%Y or %d/%m/%Y" : kind.label());
        Extremes range = kind == null || twoFormats ? null : extremes.get(kind);
        if (range != null) {
            out.append(", ").append(range.least).append(" to ").append(range.most);
        } else {
            out.append(examples());
        }
        if (blank > 0) {
            out.append(", ").append(blank).append(" blank");
        }
        return out.append(padded ? ", some with spaces around" : "").toString();
    }

    private String examples() {
        boolean listed = !manyValues && values.stream().allMatch(value -> value.length() <= LONGEST_VALUE);
        if (listed) {
            return values.size() == 1
                    ? ", always " + quoted(values.first())
                    : ", one of " + values.stream().map(ColumnProfile::quoted).collect(joining(", "));
        }
        return ", such as "
                + values.stream().limit(2).map(ColumnProfile::quoted).collect(joining(", "));
    }

    private static String quoted(String value) {
        return '"' + FileDescriptions.shortened(value, LONGEST_VALUE) + '"';
    }

    /** The least and the greatest value, as the file writes them. */
    private record Extremes(String least, String most) {
        Extremes with(String value, Comparator<String> order) {
            return new Extremes(
                    order.compare(value, least) < 0 ? value : least, order.compare(value, most) > 0 ? value : most);
        }
    }
}
