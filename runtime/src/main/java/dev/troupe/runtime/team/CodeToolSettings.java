package dev.troupe.runtime.team;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A tool that executes code.
 *
 * @param name {@code python} or {@code shell}
 * @param language as in a fenced block: {@code python}, {@code sh}
 * @param packages Python requirements, such as {@code pandas==2.3.1}
 * @param files what programs may read
 */
public record CodeToolSettings(
        String name, String language, Sandbox sandbox, List<String> packages, List<FileGrant> files, Limits limits) {
    public CodeToolSettings {
        packages = List.copyOf(packages);
        files = List.copyOf(files);
    }

    /** What confines a program. */
    public enum Sandbox {
        BUBBLEWRAP,
        /** Nothing: the program has the rights of whoever started Troupe. Needs a flag on the command line too. */
        NONE
    }

    /**
     * A file or folder that programs may read.
     *
     * @param path relative to the team's folder, with {@code /}, normalised: {@code data}
     * @param real where it really lies, inside the team's folder, without links
     */
    public record FileGrant(String path, Path real) {}

    /**
     * What a program and everything that it starts may use, together.
     *
     * @param time wall time
     * @param cpu processor time
     * @param memoryBytes resident memory
     * @param processes processes and threads at a time
     * @param diskBytes what it writes
     * @param outputBytes what is kept of its output, head and tail
     */
    public record Limits(
            Duration time, Duration cpu, long memoryBytes, int processes, long diskBytes, long outputBytes) {
        public static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60), 512L << 20, 64, 1L << 30, 64L << 10);
    }
}
