package dev.troupe.runtime.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the numbers in a text as people write them. */
final class Numbers {
    /** Groups of three after a comma, a space of some kind or an apostrophe; otherwise plain digits. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\d_.])[-+\u2212]?"
            + "(?:\\d{1,3}(?:[,'\u2019 \u00a0\u2009\u202f]\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

    private static final Pattern SEPARATOR = Pattern.compile("[,'\u2019 \u00a0\u2009\u202f+]");

    private Numbers() {}

    /** All numbers, in order; digits that follow a letter are none, and a hyphen between digits no minus. */
    static List<Double> in(String text) {
        List<Double> found = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            String digits = SEPARATOR.matcher(matcher.group()).replaceAll("").replace('\u2212', '-');
            found.add(Double.parseDouble(digits));
        }
        return found;
    }
}
