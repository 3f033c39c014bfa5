package dev.troupe.tools.sandbox;

import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.egress.EgressRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way of starting a program: the command line that confines it, or does not.
 *
 * @see Bubblewrap
 * @see Unconfined
 */
interface Launch {
    /** Where the program finds its own file. */
    String programFolder(Request request);

    /** What a {@link Launcher} becomes to run {@code program} for this request: a line of shell. */
    String script(Request request, List<String> program);

    /** The environment of every program, none of it from outside. */
    Map<String, String> environment();

    /** Whether the command reports on standard error how the sandbox fares, as bubblewrap's status does. */
    boolean reports();

    /**
     * What one run needs to know.
     *
     * @param code the program
     * @param files the folder outside in which its file was written
     * @param egress the run's way out, or null
     */
    record Request(CodeRequest code, Path files, @Nullable EgressRun egress) {}
}
