package dev.troupe.knowledge.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word, number, quotation or sign of a question.
 *
 * @param text as it is written, without quotation marks
 * @param lower in lower case
 */
record Token(Kind kind, String text, String lower) {
    enum Kind {
        WORD,
        NUMBER,
        ORDINAL,
        DATE,
        QUOTE,
        POSITION,
        SIGN
    }

    private static final Pattern TOKEN =
            Pattern.compile("(?<quote>\"[^\"]+\"|“[^”]+”|(?<![\\w])'[^']+'(?!\\w)|‘[^’]+’(?!\\w))"
                    + "|(?<date>\\d{4}-\\d{2}-\\d{2}|\\d{1,2}/\\d{1,2}/\\d{4}|\\d{4}/\\d{1,2}/\\d{1,2}|\\d{1,2}\\.\\d{1,2}\\.\\d{4})"
                    + "(?![\\w-])"
                    + "|(?<ordinal>\\d{1,3}(?:st|nd|rd|th)\\b)"
                    + "|(?<tied>\\d+-(?:day|hour|week|month|year|minute|night|star|mile|km|kilometre|kilometer)\\b)"
                    + "|(?<position>-?\\d{1,2}\\.\\d{3,}, ?-?\\d{1,3}\\.\\d{3,})"
                    + "|(?<number>\\d+(?:,\\d{3})*(?:\\.\\d+)?)(?![\\p{L}_])"
                    + "|(?<ratio>\\p{L}{1,3}/\\p{L}{1,2}(?![\\p{L}\\p{N}/]))"
                    + "|(?<word>[\\p{L}\\p{M}\\p{N}_]+(?:['’&.-][\\p{L}\\p{M}\\p{N}_]+)*)"
                    + "|(?<sign>\\S)");

    /** The possessive of an abbreviation. */
    private static final Pattern ABBREVIATED = Pattern.compile("(?i)\\b(inc|corp|ltd|co)\\.(?=['’]s\\b)");

    private static final Map<String, String> CONTRACTIONS = Map.ofEntries(
            Map.entry("what's", "what is"),
            Map.entry("who's", "who is"),
            Map.entry("where's", "where is"),
            Map.entry("how's", "how is"),
            Map.entry("when's", "when is"),
            Map.entry("it's", "it is"),
            Map.entry("that's", "that is"),
            Map.entry("there's", "there is"),
            Map.entry("here's", "here is"),
            Map.entry("let's", "let us"),
            Map.entry("what're", "what are"),
            Map.entry("i'm", "i am"),
            Map.entry("i'd", "i would"),
            Map.entry("i'll", "i will"),
            Map.entry("i've", "i have"),
            Map.entry("what'll", "what will"),
            Map.entry("it'll", "it will"),
            Map.entry("can't", "can not"),
            Map.entry("cannot", "can not"),
            Map.entry("won't", "will not"));

    static List<Token> of(String question) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(ABBREVIATED.matcher(question).replaceAll("$1"));
        while (matcher.find()) {
            String text = matcher.group();
            if (matcher.group("quote") != null) {
                tokens.add(token(Kind.QUOTE, text.substring(1, text.length() - 1)));
            } else if (matcher.group("date") != null) {
                tokens.add(token(Kind.DATE, text));
            } else if (matcher.group("ordinal") != null) {
                tokens.add(token(Kind.ORDINAL, text));
            } else if (matcher.group("tied") != null) {
                // "5-day" is "5 day".
                int dash = text.indexOf('-');
                tokens.add(token(Kind.NUMBER, text.substring(0, dash)));
                tokens.add(token(Kind.WORD, text.substring(dash + 1)));
            } else if (matcher.group("number") != null) {
                // "-5" is another number than "5"; a dash between two numbers is a range.
                tokens.add(token(Kind.NUMBER, text));
            } else if (matcher.group("position") != null) {
                tokens.add(token(Kind.POSITION, text));
            } else if (matcher.group("ratio") != null) {
                // "km/h", "P/E": what is measured, and no name.
                tokens.add(token(Kind.WORD, text.toLowerCase(Locale.ROOT)));
            } else if (matcher.group("word") != null) {
                word(text, tokens);
            } else {
                tokens.add(token(Kind.SIGN, text));
            }
        }
        return List.copyOf(tokens);
    }

    private static void word(String text, List<Token> tokens) {
        String plain = text.replace('’', '\'');
        String lower = plain.toLowerCase(Locale.ROOT);
        String spelledOut = CONTRACTIONS.get(lower);
        if (spelledOut != null) {
            for (String part : spelledOut.split(" ", -1)) {
                tokens.add(token(Kind.WORD, part));
            }
        } else if (lower.endsWith("n't")) {
            tokens.add(token(Kind.WORD, plain.substring(0, plain.length() - 3)));
            tokens.add(token(Kind.WORD, "not"));
        } else if (lower.endsWith("'s") && plain.length() > 2) {
            tokens.add(token(Kind.WORD, plain.substring(0, plain.length() - 2)));
            tokens.add(token(Kind.WORD, "'s"));
        } else {
            tokens.add(token(Kind.WORD, plain));
        }
    }

    private static Token token(Kind kind, String text) {
        return new Token(kind, text, text.toLowerCase(Locale.ROOT));
    }

    boolean is(String... words) {
        for (String word : words) {
            if (lower.equals(word)) {
                return true;
            }
        }
        return false;
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    /** Whether it begins as no word of English does inside a sentence: with a capital, or in a script that has none. */
    boolean isCapitalised() {
        int first = text.codePointAt(0);
        return isWord() && (Character.isUpperCase(first) || Character.getType(first) == Character.OTHER_LETTER);
    }
}
