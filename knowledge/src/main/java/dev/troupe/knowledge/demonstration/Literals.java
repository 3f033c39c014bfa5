package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.journal.Demonstration.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the strings and numbers of a program, so that a replay can put others in their place. A small tokenizer, which
 * leaves out what it is not sure of:
 *
 * <ul>
 *   <li>Python: all string prefixes and quotes, triple ones too; integers, decimals, exponents, hexadecimal and digit
 *       separators. Left out: formatted strings with a replacement field, strings with escapes other than
 *       {@code \n \t \r \\ \' \" \0}, and a sign before a number. Values of bytes strings are taken as text.
 *   <li>Shell: quoted words without expansions, and words that are numbers. Left out: unquoted words, {@code $'…'},
 *       here-documents (their bodies are read like commands), and words that mix quotes.
 * </ul>
 *
 * <p>Other languages have none.
 */
final class Literals {
    private final String code;
    private final boolean shell;
    private final List<Literal> found = new ArrayList<>();
    private int at;

    private Literals(String code, boolean shell) {
        this.code = code;
        this.shell = shell;
    }

    /** The literals in order; their spans include quotes and prefixes. */
    static List<Literal> of(String language, String code) {
        boolean shell = switch (language.toLowerCase(Locale.ROOT)) {
            case "sh", "bash", "shell" -> true;
            default -> false;
        };
        boolean python = language.toLowerCase(Locale.ROOT).startsWith("py");
        return shell || python ? new Literals(code, shell).scan() : List.of();
    }

    private List<Literal> scan() {
        while (at < code.length()) {
            char c = code.charAt(at);
            if (c == '#' && (!shell || startsWord())) {
                at = endOfLine();
            } else if (c == '\\' && shell) {
                at += 2;
            } else if (c == '"' || c == '\'') {
                string(at, "");
            } else if (isWord(c) || (c == '.' && isDigit(at + 1))) {
                word();
            } else {
                at++;
            }
        }
        return List.copyOf(found);
    }

    /** A number, or a name, which in Python may be the prefix of a string. */
    private void word() {
        int start = at;
        boolean number = Character.isDigit(code.charAt(at)) || code.charAt(at) == '.';
        boolean wordStarts = startsWord();
        while (at < code.length() && (isWord(code.charAt(at)) || (number && continuesNumber(start)))) {
            at++;
        }
        String word = code.substring(start, at);
        if (number) {
            if (shell ? wordStarts && endsWord() && word.matches("\\d+(\\.\\d+)?") : isPythonNumber(word)) {
                found.add(new Literal(start, at, word));
            }
        } else if (!shell
                && at < code.length()
                && (code.charAt(at) == '"' || code.charAt(at) == '\'')
                && word.matches("(?i)[rbuft]|br|rb|fr|rf|tr|rt")) {
            string(start, word.toLowerCase(Locale.ROOT));
        }
    }

    private boolean continuesNumber(int start) {
        char c = code.charAt(at);
        if (c == '.') {
            return shell || code.substring(start, at).chars().allMatch(d -> Character.isDigit(d) || d == '_');
        }
        // The sign of an exponent, but not the minus in 0xE-1.
        return (c == '+' || c == '-')
                && !shell
                && isDigit(at + 1)
                && code.substring(start, at).matches("[\\d_.]+[eE]");
    }

    private static boolean isPythonNumber(String word) {
        return word.matches(
                "(?i)0x[\\da-f_]+|0b[01_]+|0o[0-7_]+|(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:e[-+]?\\d[\\d_]*)?j?");
    }

    private void string(int start, String prefix) {
        boolean attached = shell && start > 0 && !startsWord();
        char quote = code.charAt(at);
        String fence = String.valueOf(quote);
        if (!shell && code.startsWith(fence.repeat(3), at)) {
            fence = fence.repeat(3);
        }
        int from = at + fence.length();
        int end = endOfString(from, fence);
        if (end < 0) {
            // Not closed: nothing after it can be told apart.
            at = fence.length() == 3 || shell ? code.length() : endOfLine();
            return;
        }
        at = end + fence.length();
        String value = value(code.substring(from, end), prefix, quote);
        if (value != null && !attached && (!shell || endsWord())) {
            found.add(new Literal(start, at, value));
        }
    }

    private int endOfString(int from, String fence) {
        boolean escapes = !(shell && fence.equals("'"));
        for (int i = from; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '\\' && escapes) {
                i++;
            } else if (code.startsWith(fence, i)) {
                return i;
            } else if (c == '\n' && fence.length() == 1 && !shell) {
                return -1;
            }
        }
        return -1;
    }

    /** What the text between the quotes stands for, or null where this tokenizer does not know. */
    private @Nullable String value(String raw, String prefix, char quote) {
        if (shell) {
            boolean plain = quote == '\'' || raw.chars().noneMatch(c -> c == '$' || c == '`' || c == '\\' || c == '!');
            return plain ? raw : null;
        }
        boolean formatted = prefix.contains("f") || prefix.contains("t");
        if (formatted && (raw.contains("{") || raw.contains("}"))) {
            return null;
        }
        return prefix.contains("r") ? raw : unescape(raw);
    }

    private static @Nullable String unescape(String raw) {
        StringBuilder value = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            // A backslash is never last: it would have escaped the quote.
            int escape = "ntr\\'\"0".indexOf(raw.charAt(++i));
            boolean octal = escape == 6 && i + 1 < raw.length() && Character.isDigit(raw.charAt(i + 1));
            if (escape < 0 || octal) {
                return null;
            }
            value.append("\n\t\r\\'\"\0".charAt(escape));
        }
        return value.toString();
    }

    private int endOfLine() {
        int end = code.indexOf('\n', at);
        return end < 0 ? code.length() : end;
    }

    private boolean startsWord() {
        return at == 0 || " \t\n;|&(=".indexOf(code.charAt(at - 1)) >= 0;
    }

    private boolean endsWord() {
        return at >= code.length() || " \t\n;|&)<>".indexOf(code.charAt(at)) >= 0;
    }

    private boolean isDigit(int index) {
        return index < code.length() && Character.isDigit(code.charAt(index));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
