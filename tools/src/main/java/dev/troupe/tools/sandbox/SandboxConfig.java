package dev.troupe.tools.sandbox;

import dev.troupe.tools.egress.EgressConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How programs are confined.
 *
 * @param kind what confines them
 * @param teamFolder what {@code files} are relative to
 * @param files files and folders below the team's folder that programs may read, under the same relative paths in their
 *     work folder
 * @param packages a folder of installed Python packages, or null
 * @param python the command that starts Python
 * @param prelude what runs before every Python program, or null
 * @param limits what a run may use up
 * @param egress what programs may reach beyond the sandbox, or null for nothing
 * @param mechanism what holds the limits that concern all processes of a run
 * @param concurrency how many programs may run at the same time, 1 to 256
 */
public record SandboxConfig(
        Kind kind,
        Path teamFolder,
        List<Path> files,
        @Nullable Path packages,
        String python,
        @Nullable Prelude prelude,
        Limits limits,
        @Nullable EgressConfig egress,
        Mechanism mechanism,
        int concurrency) {
    public SandboxConfig {
        files = List.copyOf(files);
        if (egress != null && kind != Kind.BUBBLEWRAP) {
            throw new IllegalArgumentException(
                    "sandbox: none (expected: bubblewrap, where hosts or secrets are granted)");
        }
        if (concurrency < 1 || concurrency > 256) {
            throw new IllegalArgumentException("concurrency: " + concurrency + " (expected: 1 to 256)");
        }
    }

    /** bubblewrap with nothing granted, the usual limits, and as many programs at a time as there are processors. */
    public static SandboxConfig standard(Path teamFolder) {
        int processors = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 256);
        return new SandboxConfig(
                Kind.BUBBLEWRAP,
                teamFolder,
                List.of(),
                null,
                "python3",
                null,
                Limits.standard(),
                null,
                Mechanism.AUTOMATIC,
                processors);
    }

    public SandboxConfig withKind(Kind other) {
        return new SandboxConfig(
                other, teamFolder, files, packages, python, prelude, limits, egress, mechanism, concurrency);
    }

    public SandboxConfig withFiles(List<Path> granted) {
        return new SandboxConfig(
                kind, teamFolder, granted, packages, python, prelude, limits, egress, mechanism, concurrency);
    }

    public SandboxConfig withPackages(@Nullable Path folder) {
        return new SandboxConfig(
                kind, teamFolder, files, folder, python, prelude, limits, egress, mechanism, concurrency);
    }

    public SandboxConfig withPython(String command) {
        return new SandboxConfig(
                kind, teamFolder, files, packages, command, prelude, limits, egress, mechanism, concurrency);
    }

    public SandboxConfig withPrelude(@Nullable Prelude before) {
        return new SandboxConfig(
                kind, teamFolder, files, packages, python, before, limits, egress, mechanism, concurrency);
    }

    public SandboxConfig withLimits(Limits other) {
        return new SandboxConfig(
                kind, teamFolder, files, packages, python, prelude, other, egress, mechanism, concurrency);
    }

    /** The same with a way out; only bubblewrap has one. */
    public SandboxConfig withEgress(@Nullable EgressConfig way) {
        return new SandboxConfig(
                kind, teamFolder, files, packages, python, prelude, limits, way, mechanism, concurrency);
    }

    public SandboxConfig withMechanism(Mechanism other) {
        return new SandboxConfig(
                kind, teamFolder, files, packages, python, prelude, limits, egress, other, concurrency);
    }

    public SandboxConfig withConcurrency(int programs) {
        return new SandboxConfig(
                kind, teamFolder, files, packages, python, prelude, limits, egress, mechanism, programs);
    }

    /** What confines a program. */
    public enum Kind {
        BUBBLEWRAP,
        /** Nothing does: the program can do what the user can. Limits hold as well as they can. */
        NONE
    }

    /** What holds the limits on memory and processes of a run as a whole. */
    public enum Mechanism {
        /** A control group where one can be written, a watcher otherwise. */
        AUTOMATIC,
        /** A control group: the kernel holds the limits. */
        CONTROL_GROUP,
        /** A watcher that samples the processes of a run and ends it. */
        WATCHER
    }
}
