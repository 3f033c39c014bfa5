package dev.troupe.planner.ladder;

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

    // What is printed in place of a value: a pandas column with its index, the default text of an object.
    private static final Pattern RAW =
            Pattern.compile("(?s).*(?:\\bdtype: \\w+(?:\\[.*])?\\S*|<[\\w.$ <>]+ (?:object )?at 0x[0-9a-f]+>).*");

    private Answers() {}

    /**
     * The answer that a program printed: everything after its first marker, later markers taken out (a program that
     * prints one line for each of several answers marks each); null when there is none or nothing follows it.
     */
    public static @Nullable String inOutput(String output) {
        return find(IN_OUTPUT, output);
    }

    /** The same for what a model wrote outside code. */
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
