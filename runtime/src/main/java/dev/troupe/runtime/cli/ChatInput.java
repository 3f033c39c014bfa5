package dev.troupe.runtime.cli;

import org.jspecify.annotations.Nullable;

/** Where a conversation's questions and commands come from. Used by one thread, but for {@link #interrupt}. */
interface ChatInput extends AutoCloseable {
    /** The next question or command, of one line or more; null when there are no more. Blocks. */
    @Nullable
    String next();

    /**
     * Ctrl-C while nothing is being answered.
     *
     * @return whether it was taken; if not, the program ends
     */
    boolean interrupt();

    @Override
    void close();

    /** Whether a text goes on in the next line: it ends with a backslash, or a fenced block in it is open. */
    static boolean unfinished(String text) {
        long fences = text.lines()
                .filter(line -> line.stripLeading().startsWith("```"))
                .count();
        return text.endsWith("\\") || fences % 2 == 1;
    }

    /** Without the backslashes at the ends of lines that have gone on. */
    static String joined(String text) {
        return text.replace("\\\n", "\n").strip();
    }
}
