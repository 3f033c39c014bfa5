package dev.troupe.tools.sandbox;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation's private folder, seen from outside. What lies in it was left by programs that nobody has read: no link
 * in it is ever followed, and nothing is taken for granted about its shape or size.
 */
final class WorkFolder {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int DEEPEST = 64;
    private static final int MOST_ARTIFACTS = 256;
    private static final long LARGEST_ARTIFACT = 256L << 20;

    private final Path folder;
    private final List<Grants.Grant> grants;
    private final int mostFiles;
    private final boolean follow;
    private final Map<Path, Object> before = new HashMap<>();

    WorkFolder(Path folder, List<Grants.Grant> grants, int mostFiles, Set<Defence> defences) {
        this.folder = folder;
        this.grants = grants;
        this.mostFiles = mostFiles;
        this.follow = !defences.contains(Defence.ARTIFACTS_NOT_FOLLOWED);
    }

    /**
     * How full the folder is.
     *
     * @param bytes as the files' lengths say
     * @param files files and folders; one more than may be when there are too many to count or folders are too deep
     */
    record Fill(long bytes, int files) {}

    /**
     * Makes the folder and the places where grants are mounted, and remembers what is in it. Whatever a program has put
     * in such a place goes.
     */
    static void prepare(Path folder, List<Grants.Grant> grants, boolean checkMountPoints) {
        try {
            Files.createDirectories(folder, PRIVATE);
            for (Grants.Grant grant : grants) {
                Path at = folder;
                for (Path name : grant.target()) {
                    at = at.resolve(name);
                    boolean last = at.equals(folder.resolve(grant.target()));
                    boolean file = last && Files.isRegularFile(grant.source());
                    if (checkMountPoints) {
                        clear(at, file);
                    }
                    if (!Files.exists(at)) {
                        Path unused = file ? Files.createFile(at) : Files.createDirectory(at);
                    }
                }
            }
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    void remember() {
        before.clear();
        walk((path, attributes) -> before.put(path, identity(path)));
    }

    Fill fill() {
        long[] bytes = {0};
        int files = walk((path, attributes) -> bytes[0] += attributes.size());
        return new Fill(bytes[0], files);
    }

    /** Regular files that are new or have changed since {@link #remember}, sorted; the first 256, up to 256 MiB each. */
    List<Path> changed() {
        List<Path> changed = new ArrayList<>();
        walk((path, attributes) -> {
            boolean same = identity(path).equals(before.get(path));
            if (attributes.isRegularFile() && !same && attributes.size() <= LARGEST_ARTIFACT) {
                changed.add(path);
            }
        });
        if (changed.size() > MOST_ARTIFACTS) {
            LOG.info("{} files were written; the first {} count as artifacts", changed.size(), MOST_ARTIFACTS);
        }
        return changed.stream().sorted().limit(MOST_ARTIFACTS).toList();
    }

    /** Visits all but the mount points and returns how many there are. */
    private int walk(BiConsumer<Path, BasicFileAttributes> visit) {
        return walk(folder, 0, 0, visit);
    }

    private int walk(Path at, int depth, int countSoFar, BiConsumer<Path, BasicFileAttributes> visit) {
        int count = countSoFar;
        if (depth > DEEPEST) {
            return mostFiles + 1;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(at)) {
            for (Path entry : entries) {
                if (++count > mostFiles || isMountPoint(entry)) {
                    continue;
                }
                BasicFileAttributes attributes = attributes(entry);
                if (attributes.isDirectory()) {
                    count = walk(entry, depth + 1, count, visit);
                } else {
                    visit.accept(entry, attributes);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return count; // Gone or closed to us while we looked.
        }
        return count;
    }

    private boolean isMountPoint(Path path) {
        return grants.stream().anyMatch(grant -> folder.resolve(grant.target()).equals(path));
    }

    private BasicFileAttributes attributes(Path path) throws IOException {
        return follow
                ? Files.readAttributes(path, BasicFileAttributes.class)
                : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Changes whenever the file does: a program can set every time of a file but the one of its last change. */
    private static Object identity(Path path) {
        try {
            return Files.readAttributes(path, "unix:ino,size,ctime", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | UnsupportedOperationException e) {
            return new Object();
        }
    }

    /** Leaves at {@code at} a file or a folder of its own, as wanted, or nothing. */
    private static void clear(Path at, boolean file) throws IOException {
        boolean right = file
                ? Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)
                : Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS);
        if (right || !Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> below = Files.walk(at)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static TroupeException unusable(Path folder, IOException e) {
        return new TroupeException(
                ErrorCode.STORAGE, "work folder " + folder + " cannot be used: " + e.getMessage(), null, e);
    }
}
