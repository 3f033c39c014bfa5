package dev.troupe.planner.ladder;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the answer in a program's output or a model's reply: what follows a line that begins with the marker. */
public final class Answers {
    /** What the line that gives the answer begins with. */
    public static final String MARKER = "ANSWER:";

    private static final Pattern IN_OUTPUT = Pattern.compile("(?m)^[ \\t]*ANSWER:[ \\t]*");
    // Models decorate what they write by hand: "**ANSWER:** 42", "> ANSWER: 42".
    private static final Pattern IN_REPLY = Pattern.compile("(?m)^[ \\t>*_#]*ANSWER:[*_]*[ \\t]*");
    // What a program prints when its selection was empty: it ran, and found nothing.
    private static final Pattern HOLLOW = Pattern.compile(
            "(?i)nan|-?0\\.0+|none|null|nat|inf|-inf|\\[\\]|\\{\\}|\\(\\)|set\\(\\)|Empty DataFrame[\\s\\S]*"
                    + "|Series\\(\\[\\][\\s\\S]*");

    // What a program prints that did not find what it looked for in a response.
    private static final Pattern EMPTY_HANDED = Pattern.compile(
            "(?is).*\\b(?:not found|no data|not available|unavailable|no results?|could ?n[o']t|cannot|unable to"
                    + "|failed to|error|n/a|unknown|no (?:[\\w-]+ ){1,8}(?:was |were |is |are )?(?:found|available))\\b.*");
    private static final int LONGEST_EXCUSE = 200;

    // What is printed in place of a value: a pandas column with its index, the default text of an object.
    private static final Pattern RAW =
            Pattern.compile("(?s).*(?:\\bdtype: \\w+(?:\\[.*])?\\S*|<[\\w.$ <>]+ (?:object )?at 0x[0-9a-f]+>).*");

    private static final int MOST_LINES = 12;
    private static final int MOST_CHARACTERS = 1_000;

    // What a program prints to look around, or to say that it did not get there.
    private static final Pattern NO_RESULT = Pattern.compile("(?is)(?:[\\[{]|\\(['\"]|index\\(|dict_|rangeindex).*"
            + "|.*\\b(?:warning|error|exception|traceback|failed|invalid|no data|not found)\\b.*");

    private static final Pattern PRINT = Pattern.compile("(?m)(?<![\\w.\"'])print\\((?!\\s*\\))");
    private static final Pattern SENTENCE = Pattern.compile("(?m)(?:^|[.!?:]\\s+)\\p{Lu}\\p{Ll}*");
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}.,:/'%&-]*");

    private Answers() {}

    /** Whether a program says that it found nothing, as those do that guard against names that are not there. */
    static boolean isEmptyHanded(String answer) {
        return answer.length() <= LONGEST_EXCUSE && EMPTY_HANDED.matcher(answer).matches();
    }

    /**
     * The answer that a program printed: everything after its first marker, later markers taken out (a program that
     * prints one line for each of several answers marks each); null when there is none or nothing follows it.
     */
    public static @Nullable String inOutput(String output) {
        return find(IN_OUTPUT, output);
    }

    /**
     * What a program that asked hosts printed as its answer, marked or not: a few lines are one, for to have a model say
     * them again costs a call, and garbles them or picks one. (A program that reads files may have looked at a heading.)
     * Null where that is no result.
     */
    static @Nullable String unmarked(String output) {
        String printed = output.strip();
        return !printed.isEmpty() && isResult(printed) ? printed : null;
    }

    private static boolean isResult(String printed) {
        return printed.length() <= MOST_CHARACTERS
                && printed.lines().count() <= MOST_LINES
                && !NO_RESULT.matcher(printed).matches()
                && !isHollow(printed)
                && !isRaw(printed);
    }

    /**
     * The answer where a program ended well, printed a result without the marker, and the model then put it into words:
     * the words if they choose among the lines of the output, otherwise the output. Small models garble what they copy,
     * and answer out of the head what is before their eyes.
     *
     * @param output of the program, without a marked answer
     */
    static String inWords(String words, String output, String question) {
        String printed = output.strip();
        boolean result = !printed.isEmpty() && isResult(printed) && inOutput(output) == null;
        return result && (printed.lines().count() == 1 || !chooses(words, printed, question)) ? printed : words;
    }

    /**
     * A program whose whole output is the answer, changed so that it marks it, as all are asked to: what is learned from
     * it is imitated, and can be run again without a model. As it is where that would take more than one word.
     */
    static String marked(String program, String output, String answer) {
        Matcher print = PRINT.matcher(program);
        boolean one = answer.equals(output.strip()) && !program.contains(MARKER) && print.find();
        return one && !print.find() && !program.contains("print = ")
                ? PRINT.matcher(program).replaceFirst("print(\"" + MARKER + "\", ")
                : program;
    }

    /** Whether all numbers and names in the words are in the output or the question, and some in the output alone. */
    private static boolean chooses(String words, String output, String question) {
        Set<String> printed = tokens(output);
        Set<String> asked = tokens(question);
        // A sentence's first word is no name for its capital.
        String lower = SENTENCE.matcher(words).replaceAll(start -> start.group().toLowerCase(Locale.ROOT));
        boolean some = false;
        for (String token : tokens(words)) {
            if (printed.contains(token)) {
                some |= !asked.contains(token);
            } else if (!asked.contains(token) && isValue(token) && tokens(lower).contains(token)) {
                return false;
            }
        }
        return some;
    }

    private static boolean isValue(String token) {
        int first = token.codePointAt(0);
        return Character.isDigit(first) || Character.isUpperCase(first);
    }

    private static Set<String> tokens(String text) {
        Set<String> tokens = new HashSet<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group().replaceAll("[.,:/'-]+$", ""));
        }
        return tokens;
    }

    /** As {@link #inOutput}, for what a model wrote outside code. */
    static @Nullable String inReply(String reply) {
        return find(IN_REPLY, reply);
    }

    /** Whether the answer is one that programs print when they found nothing. */
    static boolean isHollow(String answer) {
        return HOLLOW.matcher(answer.strip()).matches();
    }

    /** Whether the answer is an object as a program prints it, rather than a value. */
    static boolean isRaw(String answer) {
        return RAW.matcher(answer).matches();
    }

    private static @Nullable String find(Pattern marker, String text) {
        Matcher first = marker.matcher(text);
        if (!first.find()) {
            return null;
        }
        String answer =
                marker.matcher(text.substring(first.end())).replaceAll("").strip();
        return answer.isEmpty() ? null : answer;
    }
}
