package dev.troupe.tools.code;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a program ended.
 *
 * @param exitCode its own, or 128 plus the signal that ended it
 * @param output standard output and error as they came; the middle is cut, and the cut marked, above the limit
 * @param end whether it ended by itself or which limit ended it
 * @param wall how long it ran
 * @param artifacts files in the work folder that it wrote or changed, sorted; regular files only
 * @param calls what it had to do with hosts
 * @param refusals why some of its requests went nowhere: the first few reasons, each once
 * @param responses what the newest responses that it got are made of: address, status, and the names of the fields
 */
public record CodeResult(
        int exitCode,
        String output,
        End end,
        Duration wall,
        List<Path> artifacts,
        List<HostCalls> calls,
        List<String> refusals,
        List<String> responses) {
    public CodeResult {
        artifacts = List.copyOf(artifacts);
        calls = List.copyOf(calls);
        refusals = List.copyOf(refusals);
        responses = List.copyOf(responses);
    }

    /** A program without a network. */
    public CodeResult(int exitCode, String output, End end, Duration wall, List<Path> artifacts) {
        this(exitCode, output, end, wall, artifacts, List.of(), List.of(), List.of());
    }

    public boolean succeeded() {
        return end == End.EXITED && exitCode == 0;
    }

    /** Why a program is no longer running. */
    public enum End {
        /** It ended by itself, whatever its exit code. */
        EXITED,
        /** It cannot be parsed; nothing of it was executed, and the output says what is wrong. */
        UNPARSEABLE,
        WALL_TIME,
        CPU_TIME,
        MEMORY,
        PROCESSES,
        DISK,
        OUTPUT
    }
}
