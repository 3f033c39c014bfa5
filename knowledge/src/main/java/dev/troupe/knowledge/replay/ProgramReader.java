package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Piece.Kind;
import dev.troupe.knowledge.replay.Piece.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds all that is data in a Python program, with what it is for. It goes further than the literals that are stored with
 * a demonstration: the text of formatted strings counts too, because an answer would name the old value otherwise.
 */
final class ProgramReader {
    private static final Set<String> SPEAKING = Set.of(
            "print",
            "write",
            "exit",
            "Exception",
            "ValueError",
            "RuntimeError",
            "SystemExit",
            "KeyError",
            "info",
            "warning",
            "error",
            "debug",
            "log");
    private static final Pattern KEY = Pattern.compile("([\"'])([\\w .-]+)\\1\\s*:\\s*$");
    private static final Pattern ASSIGNED = Pattern.compile("([A-Za-z_]\\w*)(?:\\s*:\\s*[\\w\\[\\]]+)?\\s*=\\s*$");
    private static final Pattern STORED = Pattern.compile("\\[\\s*([\"'])([\\w .-]+)\\1\\s*]\\s*=\\s*$");
    private static final Pattern COMPARED =
            Pattern.compile("(\\w+)\\W{0,4}\\s*(?:==|!=|<=|>=|<|>|\\bin|\\bnot in)\\s*[(\\[]?\\s*$");
    private static final Pattern JOINED = Pattern.compile("[?&]?(\\w+)=[\"']\\s*\\+\\s*(?:str\\()?\\s*$");
    private static final Pattern INDEXED = Pattern.compile("[\\w)\\]\"']\\s*\\[\\s*$");
    /** Whose {@code get} asks a server, and does not look something up. */
    private static final Pattern FETCHING = Pattern.compile("(?i)(?:requests|httpx|session|client|http|sess|s)\\.$");

    private static final Pattern WORKED_ON =
            Pattern.compile("[\"']{1,3}\\.(?:upper|lower|title|capitalize|swapcase|count|replace|split|find|index)\\(");
    private static final Pattern LOOKED_UP = Pattern.compile("(?<![\\w.])(\\w+)(?:\\.loc|\\.at)?\\[\\s*$");
    private static final Pattern LITERALLY = Pattern.compile("[\"'][^()\\n]*\\bregex\\s*=\\s*False");

    private static final int CONTEXT = 120;

    private final String code;
    private final List<Piece> pieces = new ArrayList<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private int at;

    private ProgramReader(String code) {
        this.code = code;
    }

    /** An open bracket: what is called with it, and which argument is being read. */
    private static final class Frame {
        private final char bracket;
        private final String callee;
        private int argument;

        private Frame(char bracket, String callee) {
            this.bracket = bracket;
            this.callee = callee;
        }
    }

    /** The pieces in order; null when the program cannot be read for certain. */
    static @Nullable List<Piece> read(String language, String code) {
        String name = language.toLowerCase(Locale.ROOT);
        if (name.equals("sh") || name.equals("bash") || name.equals("shell")) {
            return ShellReader.read(code);
        }
        if (!name.startsWith("py")) {
            return null;
        }
        ProgramReader reader = new ProgramReader(code);
        return reader.scan(code.length()) ? List.copyOf(reader.pieces) : null;
    }

    private boolean scan(int limit) {
        while (at < limit) {
            char c = code.charAt(at);
            if (c == '#') {
                int line = code.indexOf('\n', at);
                at = line < 0 ? limit : Math.min(limit, line);
            } else if (c == '"' || c == '\'') {
                if (!string(at, "")) {
                    return false;
                }
            } else if (isWord(c) || (c == '.' && at + 1 < limit && Character.isDigit(code.charAt(at + 1)))) {
                if (!word(limit)) {
                    return false;
                }
            } else {
                bracket(c);
                at++;
            }
        }
        return true;
    }

    private void bracket(char c) {
        if (c == '(' || c == '[' || c == '{') {
            frames.push(new Frame(c, c == '(' ? callee() : ""));
        } else if ((c == ')' || c == ']' || c == '}') && !frames.isEmpty()) {
            frames.pop();
        } else if (c == ',' && !frames.isEmpty()) {
            frames.element().argument++;
        }
    }

    private String callee() {
        int end = at;
        while (end > 0 && code.charAt(end - 1) == ' ') {
            end--;
        }
        int start = end;
        while (start > 0 && isWord(code.charAt(start - 1))) {
            start--;
        }
        String name = code.substring(start, end);
        boolean fetches =
                name.equals("get") && FETCHING.matcher(code.substring(0, start)).find();
        return fetches ? "request" : name;
    }

    private boolean word(int limit) {
        int start = at;
        boolean number = !Character.isLetter(code.charAt(at)) && code.charAt(at) != '_';
        while (at < limit && (isWord(code.charAt(at)) || (number && continuesNumber(start)))) {
            at++;
        }
        String word = code.substring(start, at);
        if (number) {
            int sign = start > 0 && code.charAt(start - 1) == '-' && isUnary(start - 1) ? start - 1 : start;
            String digits = code.substring(sign, at);
            pieces.add(new Piece(Kind.NUMBER, sign, at, digits, digits, true, ' ', "", role(sign), place(sign, at)));
            return true;
        }
        boolean quoted = at < limit && (code.charAt(at) == '"' || code.charAt(at) == '\'');
        return !quoted || !word.matches("(?i)[rbuft]|br|rb|fr|rf") || string(start, word.toLowerCase(Locale.ROOT));
    }

    private boolean continuesNumber(int start) {
        char c = code.charAt(at);
        String so = code.substring(start, at);
        if (c == '.') {
            return so.chars().allMatch(d -> Character.isDigit(d) || d == '_');
        }
        return (c == '+' || c == '-')
                && at + 1 < code.length()
                && Character.isDigit(code.charAt(at + 1))
                && so.matches("[\\d_.]+[eE]");
    }

    private boolean isUnary(int sign) {
        String before = code.substring(0, sign).stripTrailing();
        return before.isEmpty()
                || "=([{,:<>+*/%".indexOf(before.charAt(before.length() - 1)) >= 0
                || before.endsWith("return");
    }

    private boolean string(int start, String prefix) {
        char quote = code.charAt(at);
        String fence = String.valueOf(quote);
        if (code.startsWith(fence.repeat(3), at)) {
            fence = fence.repeat(3);
        }
        int from = at + fence.length();
        boolean formatted = prefix.contains("f") || prefix.contains("t");
        boolean alone = fence.length() == 3 && isStatement(start);
        int text = from;
        int i = from;
        boolean fields = false;
        while (i < code.length()) {
            char c = code.charAt(i);
            if (c == '\\') {
                i += 2;
            } else if (code.startsWith(fence, i)) {
                if (!alone) {
                    part(text, i, quote, prefix, !fields, start);
                }
                at = i + fence.length();
                return true;
            } else if (c == '\n' && fence.length() == 1) {
                return false;
            } else if (formatted && c == '{' && !code.startsWith("{{", i)) {
                part(text, i, quote, prefix, false, start);
                fields = true;
                int close = endOfField(i + 1, quote, fence.length());
                if (close < 0) {
                    return false;
                }
                at = i + 1;
                frames.push(new Frame('{', ""));
                if (!scan(close)) {
                    return false;
                }
                frames.pop();
                i = close + 1;
                text = i;
            } else {
                i += formatted && (c == '{' || c == '}') ? 2 : 1;
            }
        }
        return false;
    }

    /** A documentation string is no data. */
    private boolean isStatement(int start) {
        String before = code.substring(0, start);
        String line = before.substring(before.lastIndexOf('\n') + 1);
        return line.isBlank() && frames.isEmpty();
    }

    /** Where the field's brace closes, or -1 where the language's versions differ. */
    private int endOfField(int from, char quote, int fence) {
        int depth = 0;
        char inner = 0;
        for (int i = from; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '\\' || (c == quote && fence == 1) || (c == '\n' && fence == 1)) {
                return -1;
            } else if (inner != 0) {
                inner = c == inner ? 0 : inner;
            } else if (c == '"' || c == '\'') {
                inner = c;
            } else if (c == '{' || c == '[' || c == '(') {
                depth++;
            } else if (c == '}' && depth == 0) {
                return i;
            } else if (c == '}' || c == ']' || c == ')') {
                depth--;
            }
        }
        return -1;
    }

    private void part(int from, int to, char quote, String prefix, boolean whole, int literal) {
        String source = code.substring(from, to);
        if (!source.isEmpty() || whole) {
            String value = Piece.decoded(source, prefix);
            String role = LITERALLY.matcher(code).region(to, code.length()).lookingAt() ? "text" : role(literal);
            pieces.add(new Piece(Kind.TEXT, from, to, value, source, whole, quote, prefix, role, place(literal, to)));
        }
    }

    private String role(int from) {
        String before = code.substring(Math.max(0, from - CONTEXT), from);
        for (Pattern named : List.of(KEY, STORED)) {
            Matcher matcher = named.matcher(before);
            if (matcher.find()) {
                return matcher.group(2);
            }
        }
        for (Pattern named : List.of(JOINED, ASSIGNED)) {
            Matcher matcher = named.matcher(before);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        Matcher compared = COMPARED.matcher(before);
        if (compared.find()) {
            return "cmp:" + compared.group(1);
        }
        if (INDEXED.matcher(before).find()) {
            return "index";
        }
        Frame frame = frames.peek();
        return frame != null && frame.bracket == '(' ? parameter(frame) : "";
    }

    /** The parameter's name where the program defines the function, else the function's and a number. */
    private String parameter(Frame frame) {
        String unknown = "call:" + frame.callee + ":" + frame.argument;
        if (frame.callee.isEmpty()) {
            return unknown;
        }
        Matcher defined =
                Pattern.compile("\\bdef " + frame.callee + "\\(([^()]*)\\)").matcher(code);
        if (!defined.find()) {
            return unknown;
        }
        String[] parameters = defined.group(1).split(",", -1);
        return frame.argument < parameters.length
                ? parameters[frame.argument].replaceAll("[:=].*", "").strip()
                : unknown;
    }

    private Place place(int from, int to) {
        boolean computed = role(from).startsWith("cmp:") || isComputed(from, to);
        for (Frame frame : frames) {
            if (computed || frame.bracket == '[') {
                break;
            }
            if (frame.bracket == '(' && SPEAKING.contains(frame.callee)) {
                return isField(from, to) ? Place.FIELD : Place.MESSAGE;
            }
            if (frame.bracket == '(' && !frame.callee.matches("format|join|str|append|round|")) {
                break;
            }
        }
        return isField(from, to) ? Place.FIELD : Place.VALUE;
    }

    /** Whether the program reckons with it, even inside of what it prints: a figure beside a sign, a text that it works on. */
    private boolean isComputed(int from, int to) {
        String before = code.substring(Math.max(0, from - CONTEXT), from).stripTrailing();
        String after = code.substring(to, Math.min(code.length(), to + CONTEXT));
        if (code.charAt(from) == '-' || Character.isDigit(code.charAt(from))) {
            return before.matches("(?s).*[-*/+%<>]") || after.matches("(?s)\\s*[-*/+%<>].*");
        }
        return WORKED_ON.matcher(after).lookingAt();
    }

    private boolean isField(int from, int to) {
        String before = code.substring(Math.max(0, from - CONTEXT), from);
        String after = code.substring(Math.min(code.length(), to), Math.min(code.length(), to + 8));
        Frame frame = frames.peek();
        boolean key = frame != null && frame.bracket == '{' && after.matches("(?s)[\"']{0,3}\\s*:.*");
        boolean looked = after.matches("(?s)[\"']{1,3}\\s*(?:not )?in .*");
        boolean got = frame != null && frame.callee.matches("get|pop") && frame.argument == 0;
        return key || looked || got || (INDEXED.matcher(before).find() && !isIndex(before));
    }

    /** Whether a table is looked up by values of a column, which are no names of fields. */
    private boolean isIndex(String before) {
        Matcher table = LOOKED_UP.matcher(before);
        return table.find()
                && Pattern.compile("(?m)^\\s*" + table.group(1)
                                + " *=.*(?:\\.groupby\\(|\\.set_index\\(|index_col *=|\\.value_counts\\()")
                        .matcher(code)
                        .find();
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
