package dev.troupe.runtime.cli;

/**
 * Text that others wrote (a model, a program, a file), made harmless for a screen: what would move the cursor, set the
 * clipboard or turn the direction of writing is shown as a sign instead of being obeyed.
 */
public final class SafeText {
    private static final char UNSHOWABLE = '\ufffd';

    private SafeText() {}

    /** The same text with line ends and tabs kept, and every other control character replaced. */
    public static String of(String text) {
        StringBuilder safe = null;
        for (int at = 0; at < text.length(); at++) {
            char sign = sign(text.charAt(at));
            if (sign != text.charAt(at) && safe == null) {
                safe = new StringBuilder(text);
            }
            if (safe != null) {
                safe.setCharAt(at, sign);
            }
        }
        return safe == null ? text : safe.toString();
    }

    /** The first line of it. */
    public static String firstLine(String text) {
        return of(text.lines().findFirst().orElse(""));
    }

    private static char sign(char c) {
        if (c == '\n' || c == '\t') {
            return c;
        }
        if (c < 0x20) {
            // Unicode has pictures of these: U+241B for escape.
            return (char) (0x2400 + c);
        }
        boolean control = c >= 0x7f && c <= 0x9f;
        boolean turnsDirection =
                (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
        return control || turnsDirection ? UNSHOWABLE : c;
    }
}
