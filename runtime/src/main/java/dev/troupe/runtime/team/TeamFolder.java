package dev.troupe.runtime.team;

import dev.troupe.runtime.team.CodeToolSettings.FileGrant;
import dev.troupe.runtime.team.yaml.Problems;
import dev.troupe.runtime.team.yaml.SourceText;
import dev.troupe.runtime.team.yaml.Suggestions;
import dev.troupe.runtime.team.yaml.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of a team file. What the file refers to must lie in it, links followed. */
final class TeamFolder {
    private static final int LARGEST_DOCUMENT = 256 << 10;
    private static final int MOST_NAMES = 1000;
    private static final String RELATIVE = "a path inside the team's folder, relative to it";
    private final Path folder;

    /** @param folder absolute; must exist */
    TeamFolder(Path folder) throws IOException {
        this.folder = folder.toRealPath();
    }

    /** A file or folder that programs may read; null, with a problem, when it is not there or not inside. */
    @Nullable
    FileGrant grant(Value value) {
        Path real = resolve(value);
        if (real == null) {
            return null;
        }
        Path relative = folder.relativize(folder.resolve(value.raw().strip()).normalize());
        return new FileGrant(slashes(relative), real);
    }

    /** The text of a document for prompts, or of a program. */
    @Nullable
    String document(Value value) {
        Path real = resolve(value);
        if (real == null) {
            return null;
        }
        Problems problems = new Problems();
        String text = SourceText.read(real, LARGEST_DOCUMENT, problems);
        problems.sorted().forEach(problem -> {
            String where = problem.line() == 0 ? "" : " (line " + problem.line() + ")";
            value.problem(Value.quote(value.raw()) + ": " + problem.message() + where, problem.expected(), null);
        });
        if (text != null && text.isBlank()) {
            value.problem(Value.quote(value.raw()) + ": empty", "a text file", null);
            return null;
        }
        return text;
    }

    /**
     * A file that is read or written; null, with a problem, when it is not inside.
     *
     * @param there whether it must exist; its folder must in any case
     */
    @Nullable
    Path file(Value value, boolean there) {
        Path inside = inside(value);
        if (inside == null) {
            return null;
        }
        if (there || Files.exists(inside) || Files.isSymbolicLink(inside)) {
            return existing(value, inside);
        }
        Path parent = inside.getParent();
        return parent == null || existing(value, parent) == null ? null : inside;
    }

    private @Nullable Path resolve(Value value) {
        Path inside = inside(value);
        return inside == null ? null : existing(value, inside);
    }

    /** Where the value says, which may not exist; null, with a problem, when that is not inside. */
    private @Nullable Path inside(Value value) {
        String text = value.text(RELATIVE);
        if (text == null) {
            return null;
        }
        try {
            Path path = Path.of(text.strip());
            Path inside = folder.resolve(path).normalize();
            if (path.isAbsolute() || inside.equals(folder) || !inside.startsWith(folder)) {
                value.refuse(RELATIVE);
                return null;
            }
            return inside;
        } catch (InvalidPathException e) {
            value.refuse(RELATIVE);
            return null;
        }
    }

    private @Nullable Path existing(Value value, Path path) {
        try {
            Path real = path.toRealPath();
            if (real.startsWith(folder)) {
                return real;
            }
            value.problem(Value.quote(value.raw()) + " leads out of the team's folder by a link", RELATIVE, null);
        } catch (IOException e) {
            boolean nowhere = Files.isSymbolicLink(path);
            Path name = path.getFileName();
            String near =
                    name == null || nowhere ? null : Suggestions.nearest(name.toString(), names(path.getParent()));
            String message = nowhere ? " is a link that leads nowhere" : ": no such file";
            value.problem(Value.quote(value.raw()) + message, RELATIVE, near);
        }
        return null;
    }

    /** What lies in a folder, as far as it can be read; at most a thousand names. */
    static List<String> names(@Nullable Path parent) {
        if (parent == null || !Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.limit(MOST_NAMES)
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String slashes(Path relative) {
        return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
    }
}
