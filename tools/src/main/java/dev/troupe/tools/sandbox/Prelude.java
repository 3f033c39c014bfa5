package dev.troupe.tools.sandbox;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeResult.End;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python that runs before every Python program, in the program's own namespace: what it imports and defines is there
 * when the program begins. Unlike a program it was written by somebody who can be told that it is wrong.
 *
 * @param file what its author calls it, for messages: {@code tables.py}
 */
public record Prelude(String file, String source) {
    /** The first file that Python runs. */
    static final String RUNNER = "__main__.py";
    /** What stands in the output where the prelude has ended. A program that prints it too changes nothing. */
    static final byte[] MARK = "\0the prelude has ended\0".getBytes(StandardCharsets.US_ASCII);

    private static final String NAME = "prelude.py";
    private static final int FAILED_EXIT = 198;
    private static final String FAILED = "the prelude of the team failed:\n";
    private static final String EXPECTED = " (expected: Python that runs before every program)";
    private static final Pattern FRAME = Pattern.compile("File \"[^\"]*/prelude\\.py\", line (\\d+)");
    private static final String RUNNER_SOURCE = runner();

    /** The files that lie beside the program, by name. */
    Map<String, String> files() {
        return Map.of(NAME, source, RUNNER, RUNNER_SOURCE);
    }

    /**
     * What is said of a run that was over before the prelude was: nothing of the program ran, whatever the end was.
     *
     * @param output what the prelude printed
     */
    TroupeException failure(int exitCode, String output, End end) {
        int at = output.lastIndexOf(FAILED);
        boolean raised = end == End.EXITED && exitCode == FAILED_EXIT && at >= 0;
        String why = raised ? error(output.substring(at + FAILED.length()).strip()) : ": " + ending(exitCode, end);
        return new TroupeException(
                ErrorCode.TEAM_INVALID,
                "prelude " + file + why + EXPECTED,
                "mend " + file + (end == End.EXITED ? "" : ", or raise tools.python.limits")
                        + "; no program can run before it does");
    }

    private static String error(String traceback) {
        Matcher frame = FRAME.matcher(traceback);
        String line = "";
        while (frame.find()) {
            line = ", line " + frame.group(1);
        }
        return line + ": " + traceback.substring(traceback.lastIndexOf('\n') + 1);
    }

    private static String ending(int exitCode, End end) {
        return end == End.EXITED
                ? "it ended the process with exit code " + exitCode
                : "it was stopped at its limit of "
                        + end.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String runner() {
        try (InputStream in = Prelude.class.getResourceAsStream(RUNNER)) {
            if (in == null) {
                throw new IllegalStateException(RUNNER + ": not on the class path");
            }
            String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return source.replace("@MARK@", new String(MARK, StandardCharsets.US_ASCII).replace("\0", "\\0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
