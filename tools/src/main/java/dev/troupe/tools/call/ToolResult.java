package dev.troupe.tools.call;

import org.jspecify.annotations.Nullable;

/**
 * What came of a call.
 *
 * @param problem why there is no result, or null when there is one
 * @param text the result, or what went wrong, for the model
 */
public record ToolResult(@Nullable Problem problem, String text) {
    /** The most that is told of an error: a message, not a trace. */
    private static final int LONGEST_ERROR = 1_000;

    /** A result. */
    public static ToolResult of(String text) {
        return new ToolResult(null, text);
    }

    /** No result. The message says what was there and what was expected. */
    public static ToolResult failed(Problem problem, String message) {
        String line = message.strip();
        return new ToolResult(
                problem, line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR - 1) + "…");
    }

    public boolean succeeded() {
        return problem == null;
    }

    /** As the model reads it: a result as it is, an error with its type before it. */
    public String told() {
        return problem == null ? text : "ERROR " + problem.label() + ": " + text;
    }

    /** The types of errors, so that a model can tell its own mistakes from others'. */
    public enum Problem {
        /** There is no such tool. */
        UNKNOWN_TOOL,
        /** The arguments are no JSON object, or not what the tool takes. */
        BAD_ARGUMENTS,
        /** The tool itself says that it failed. */
        FAILED,
        /** It did not end in time. */
        TIMED_OUT,
        /** Its result is larger than a model should be told. */
        TOO_LARGE,
        /** Too many of its calls are still running. */
        BUSY,
        /** What is behind it cannot be reached, or died. */
        UNAVAILABLE;

        /** {@code bad_arguments}, … */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
