package dev.troupe.tools.sandbox;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    /** The first file that Python runs; the program's and the prelude's names are written into it. */
    static final String RUNNER = "__main__.py";

    private static final String NAME = "prelude.py";
    private static final int FAILED_EXIT = 198;
    private static final String FAILED = "the prelude of the team failed:\n";
    private static final Pattern FRAME = Pattern.compile("File \"[^\"]*/prelude\\.py\", line (\\d+)");
    private static final String RUNNER_SOURCE = runner();

    /** The files that lie beside the program, by name. */
    Map<String, String> files() {
        return Map.of(NAME, source, RUNNER, RUNNER_SOURCE);
    }

    /**
     * Tells a prelude that failed from a program that did.
     *
     * @throws TroupeException {@code TEAM_INVALID} with the line when it was the prelude: nothing of the program ran
     */
    void check(int exitCode, String output) {
        int at = output.lastIndexOf(FAILED);
        if (exitCode != FAILED_EXIT || at < 0) {
            return;
        }
        String traceback = output.substring(at + FAILED.length()).strip();
        Matcher frame = FRAME.matcher(traceback);
        String line = "";
        while (frame.find()) {
            line = ", line " + frame.group(1);
        }
        String error = traceback.substring(traceback.lastIndexOf('\n') + 1);
        throw new TroupeException(
                ErrorCode.TEAM_INVALID,
                "prelude " + file + line + ": " + error + " (expected: Python that runs before every program)",
                "mend " + file + "; no program can run before it does");
    }

    private static String runner() {
        try (InputStream in = Prelude.class.getResourceAsStream(RUNNER)) {
            if (in == null) {
                throw new IllegalStateException(RUNNER + ": not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
