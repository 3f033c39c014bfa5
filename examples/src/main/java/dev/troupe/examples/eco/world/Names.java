package dev.troupe.examples.eco.world;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names without case, accents and punctuation, so that {@code São Paulo} and {@code sao paulo} are one. */
public final class Names {
    private static final Pattern MARK = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern APOSTROPHE = Pattern.compile("['\u2019`.]");

    private Names() {}

    /** Words in lower case with one space between them. */
    public static String plain(String text) {
        String bare =
                MARK.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        String lower = bare.toLowerCase(Locale.ROOT)
                .replace("ø", "o")
                .replace("ß", "ss")
                .replace("ı", "i");
        return BETWEEN.matcher(APOSTROPHE.matcher(lower).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }
}
