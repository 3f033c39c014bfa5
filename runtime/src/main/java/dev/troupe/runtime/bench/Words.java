package dev.troupe.runtime.bench;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** A text as a sequence of words, without case, accents' encoding and punctuation. */
record Words(String spaced) {
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    static Words of(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return new Words(" " + BETWEEN.matcher(lower).replaceAll(" ").strip() + " ");
    }

    /** Whether these words occur one after the other. */
    boolean contain(String words) {
        return spaced.contains(of(words).spaced);
    }
}
