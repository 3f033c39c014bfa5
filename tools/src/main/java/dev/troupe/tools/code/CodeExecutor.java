package dev.troupe.tools.code;

import dev.troupe.models.call.CallContext;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Runs programs that nobody has read. Calls block and may run at the same time; implementations bound how many do, and
 * let programs that share a work folder take turns. Whoever opened it closes it.
 */
public interface CodeExecutor extends AutoCloseable {
    /** Whether a block in this language can be run: {@code python}, {@code sh}. Upper and lower case are alike. */
    boolean supports(String language);

    /**
     * Runs a program to its end and ends whatever it started. One that cannot be parsed is not executed: its result is
     * {@link CodeResult.End#UNPARSEABLE}.
     *
     * @param onOutput gets pieces of its output as they appear, on another thread; together they are the result's
     *     output
     * @throws dev.troupe.models.call.TroupeException {@code SANDBOX_UNAVAILABLE} when the sandbox cannot be started (then
     *     nothing was executed), {@code CANCELLED}, {@code TIMEOUT} when the caller's deadline (not the program's own
     *     limit) has passed, {@code INPUT_INVALID} for a language that is not supported, {@code TEAM_INVALID} when
     *     what the team runs before every program fails, {@code STORAGE} when the work folder cannot be used
     */
    CodeResult run(CodeRequest request, Consumer<String> onOutput, CallContext context);

    @Override
    void close();

    /**
     * A program and where it runs.
     *
     * @param language as in a fenced block: {@code python}, {@code sh}
     * @param workFolder the conversation's private folder, which the program may write and which outlives the run; it is
     *     made when it is not there
     */
    record CodeRequest(String language, String source, Path workFolder) {}
}
