package dev.troupe.tools.sandbox;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files and folders of a team that its programs may read, checked once. */
final class Grants {
    private Grants() {}

    /**
     * One of them.
     *
     * @param source the real path
     * @param target the path below the work folder
     */
    record Grant(Path source, Path target) {}

    /**
     * @throws TroupeException {@code TEAM_INVALID} for one that is not there, or that lies outside of the team's folder,
     *     be it by a link
     */
    static List<Grant> check(Path teamFolder, List<Path> files) {
        List<Grant> grants = new ArrayList<>();
        for (Path file : files) {
            Path target = file.normalize();
            Path source = real(teamFolder, file);
            boolean below = !target.isAbsolute()
                    && !target.startsWith("..")
                    && !target.toString().isEmpty();
            if (!below || source == null) {
                throw refused(file);
            }
            if (grants.stream().noneMatch(other -> target.startsWith(other.target))) {
                grants.removeIf(other -> other.target.startsWith(target));
                grants.add(new Grant(source, target));
            }
        }
        return List.copyOf(grants);
    }

    private static @Nullable Path real(Path teamFolder, Path file) {
        try {
            Path root = teamFolder.toRealPath();
            Path source = root.resolve(file).toRealPath();
            boolean readable = Files.isRegularFile(source) || Files.isDirectory(source);
            return readable && source.startsWith(root) ? source : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static TroupeException refused(Path file) {
        return new TroupeException(
                ErrorCode.TEAM_INVALID,
                "tools.python.files: " + file + " (expected: a file or folder below the team's folder)",
                null);
    }
}
