package dev.troupe.runtime.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a command talks to: the three streams of its process, its environment variables, and whether a person watches.
 *
 * @param out for results, UTF-8
 * @param err for progress, notices and errors, UTF-8
 * @param inIsTerminal whether {@code in} comes from a keyboard
 * @param outIsTerminal whether {@code out} goes to a screen
 * @param errIsTerminal whether {@code err} does
 * @param columns width of the screen, at least 20
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int columns) {
    private static final int USUAL_COLUMNS = 100;

    public Terminal {
        environment = Map.copyOf(environment);
        columns = Math.max(20, columns);
    }

    /** Without a keyboard. */
    public Terminal(
            PrintStream out,
            PrintStream err,
            InputStream in,
            Map<String, String> environment,
            boolean outIsTerminal,
            boolean errIsTerminal,
            int columns) {
        this(out, err, in, environment, false, outIsTerminal, errIsTerminal, columns);
    }

    /** The terminal of this process. The launcher says which streams are screens: Java cannot tell one from the other. */
    static Terminal ofProcess() {
        List<String> screens = List.of(System.getProperty("troupe.terminal", "").split(","));
        return new Terminal(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                System.in,
                System.getenv(),
                screens.contains("in"),
                screens.contains("out"),
                screens.contains("err"),
                columns(System.getProperty("troupe.columns", "")));
    }

    private static int columns(String text) {
        try {
            int columns = Integer.parseInt(text.strip());
            return columns > 0 ? columns : USUAL_COLUMNS;
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }

    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }
}
