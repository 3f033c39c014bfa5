package dev.troupe.runtime.team.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody who mistyped a word probably meant. */
public final class Suggestions {
    private Suggestions() {}

    /**
     * The candidate with the least edit distance, ignoring case and the difference between {@code -} and {@code _};
     * null when none is near: at most one edit for each three characters, and at least one.
     */
    public static @Nullable String nearest(String word, Collection<String> candidates) {
        String plain = plain(word);
        int furthest = Math.max(1, plain.length() / 3);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - plain.length()) <= furthest)
                .filter(candidate -> distance(plain, plain(candidate)) <= furthest)
                .min(Comparator.<String>comparingInt(candidate -> distance(plain, plain(candidate)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Optimal string alignment: insertions, deletions, replacements, and swaps of neighbours count one each. */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
