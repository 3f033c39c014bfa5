package dev.troupe.knowledge.replay;

/**
 * A stretch of a program that is data: a string, the text of a formatted string between its fields, a number, or a
 * plain word of a shell.
 *
 * @param start index of its first character in the code, inside the quotes
 * @param end index after its last
 * @param value what it stands for
 * @param source as the code has it, between {@code start} and {@code end}
 * @param whole whether it is all of the literal
 * @param quote {@code "}, {@code '}, or a blank without quotes
 * @param prefix of a Python string, in lower case; {@value #SHELL} in a shell
 * @param role what it is for: {@code q} for a key, parameter or variable of that name, {@code cmp:region}, {@code call:f:0},
 *     or empty
 * @param place where it stands
 */
record Piece(
        Kind kind,
        int start,
        int end,
        String value,
        String source,
        boolean whole,
        char quote,
        String prefix,
        String role,
        Place place) {
    enum Kind {
        TEXT,
        NUMBER,
        WORD
    }

    enum Place {
        /** A value that the program works with. */
        VALUE,
        /** What it prints or raises: words for people. */
        MESSAGE,
        /** The name of a field: between brackets after a name, or before a colon. */
        FIELD
    }

    /** The prefix of what is no Python. */
    static final String SHELL = "sh";

    private static final String ESCAPED = "ntr\\'\"0";
    private static final String MEANT = "\n\t\r\\'\"\0";

    /** What a source stands for; escapes that are not known stay as they are, and so are never taken for a value. */
    static String decoded(String source, String prefix) {
        StringBuilder value = new StringBuilder(source.length());
        for (int i = 0; i < source.length(); i += step(source, i, prefix)) {
            boolean escape = step(source, i, prefix) == 2 && source.charAt(i) == '\\';
            value.append(escape ? MEANT.charAt(ESCAPED.indexOf(source.charAt(i + 1))) : source.charAt(i));
        }
        return value.toString();
    }

    /** How many characters of the source make the character of the value that begins there. */
    private static int step(String source, int at, String prefix) {
        if (at + 1 >= source.length() || prefix.equals(SHELL)) {
            return 1;
        }
        char c = source.charAt(at);
        boolean formatted = prefix.contains("f") || prefix.contains("t");
        boolean brace = formatted && (c == '{' || c == '}') && source.charAt(at + 1) == c;
        boolean escape = c == '\\' && !prefix.contains("r") && ESCAPED.indexOf(source.charAt(at + 1)) >= 0;
        return brace || escape ? 2 : 1;
    }

    /** The index in the code of a character of the value. */
    int position(int index) {
        int at = 0;
        for (int i = 0; i < index; i++) {
            at += step(source, at, prefix);
        }
        return start + at;
    }

    boolean isNumber() {
        return kind == Kind.NUMBER;
    }

    boolean isMessage() {
        return place == Place.MESSAGE;
    }
}
