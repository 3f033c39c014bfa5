package dev.troupe.knowledge.replay;

import java.util.List;

/** Numbers that are written as words. */
final class NumberWords {
    private static final List<String> WORDS = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty");

    private NumberWords() {}

    /** 2 to 20, or -1: "one" is a pronoun too. */
    static int of(String lower) {
        int number = WORDS.indexOf(lower);
        return number >= 2 ? number : -1;
    }

    /** The word for it, or null. */
    static @org.jspecify.annotations.Nullable String word(int number) {
        return number >= 2 && number < WORDS.size() ? WORDS.get(number) : null;
    }
}
