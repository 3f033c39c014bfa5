package dev.troupe.tools.sandbox;

import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What bubblewrap reports of itself, a JSON object a line: the first process inside, and in the end its exit code. */
final class Status {
    private static final Pattern CHILD = Pattern.compile("\"child-pid\": (\\d+)");
    private static final Pattern EXIT = Pattern.compile("\"exit-code\": (\\d+)");
    private static final int MOST = 16 * 1024;

    private final StringBuilder text = new StringBuilder();

    synchronized void append(String piece) {
        if (text.length() < MOST) {
            text.append(piece);
        }
    }

    /** The first process inside, as numbered outside; empty before it is there. */
    synchronized OptionalLong child() {
        Matcher matcher = CHILD.matcher(text);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** The program's exit code; empty before it ended, and for ever when it was never started. */
    synchronized OptionalInt exitCode() {
        Matcher matcher = EXIT.matcher(text);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** What was said that is no status: the launcher's own complaints. */
    synchronized String complaints() {
        return text.toString().lines().filter(line -> !line.startsWith("{")).reduce("", (a, b) -> a + b + "\n");
    }
}
