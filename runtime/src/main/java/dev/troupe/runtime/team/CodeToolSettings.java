package dev.troupe.runtime.team;

import dev.troupe.tools.sandbox.Limits;
import dev.troupe.tools.sandbox.Prelude;
import dev.troupe.tools.sandbox.SandboxConfig.Kind;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tool that executes code.
 *
 * @param name {@code python} or {@code shell}
 * @param language as in a fenced block: {@code python}, {@code sh}
 * @param sandbox what confines programs; nothing does only where the command line allows that too
 * @param packages Python requirements, such as {@code pandas==2.3.1}
 * @param files what programs may read
 * @param prelude what runs before every program, or null
 * @param network what programs may reach, or null for nothing
 * @param limits what a program and everything that it starts may use, together
 */
public record CodeToolSettings(
        String name,
        String language,
        Kind sandbox,
        List<String> packages,
        List<FileGrant> files,
        @Nullable Prelude prelude,
        @Nullable NetworkSettings network,
        Limits limits) {
    public CodeToolSettings {
        packages = List.copyOf(packages);
        files = List.copyOf(files);
    }

    /** The same with nothing that runs before programs. */
    public CodeToolSettings withoutPrelude() {
        return new CodeToolSettings(name, language, sandbox, packages, files, null, network, limits);
    }

    /**
     * A file or folder that programs may read.
     *
     * @param path relative to the team's folder, with {@code /}, normalised: {@code data}
     * @param real where it really lies, inside the team's folder, without links
     */
    public record FileGrant(String path, Path real) {}
}
