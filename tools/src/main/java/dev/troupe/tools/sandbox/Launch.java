package dev.troupe.tools.sandbox;

import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import java.nio.file.Path;
import java.util.List;

/**
 * One way of starting a program: the command line that confines it, or does not.
 *
 * @see Bubblewrap
 * @see Unconfined
 */
interface Launch extends AutoCloseable {
    /** Where the program finds its own file. */
    String programFolder(Request request);

    /** The command that starts {@code program} for this request. */
    List<String> command(Request request, List<String> program);

    /** Whether the command reports on standard error how the sandbox fares, as bubblewrap's status does. */
    boolean reports();

    @Override
    void close();

    /**
     * What one run needs to know.
     *
     * @param code the program
     * @param files the folder outside in which its file was written
     * @param group its control group's entrances
     */
    record Request(CodeRequest code, Path files, List<Path> group) {}
}
