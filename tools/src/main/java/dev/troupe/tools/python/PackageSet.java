package dev.troupe.tools.python;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Python packages that a team wants, in a folder of their own that every sandbox with the same wishes mounts
 * read-only. A set is installed once, in a folder beside its place, and moved there when it is whole: what is in place
 * is complete, and what a break left is done again. Processes that want the same set wait for each other. Only wheels
 * are installed, so that nothing of a package is executed outside of the sandbox.
 */
public final class PackageSet {
    /** A name, extras, versions; no option, no path, no address, no marker. See PEP 508. */
    private static final Pattern REQUIREMENT = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
            + "(?:\\[[A-Za-z0-9._, -]+\\])?"
            + "(?: *(?:===|[=!<>~]=|<|>) *[A-Za-z0-9.*+!_-]+(?: *, *(?:===|[=!<>~]=|<|>) *[A-Za-z0-9.*+!_-]+)*)?");

    private static final long LOOK_NANOS = 50_000_000;
    private static final String PART = ".part";

    private final PythonInterpreter python;
    private final List<String> requirements;
    private final Path parent;

    /**
     * @param requirements names, with versions where wanted: {@code pandas}, {@code requests>=2.31}
     * @param cache Troupe's cache folder
     * @throws TroupeException {@code TEAM_INVALID} for something that is no requirement
     */
    public PackageSet(PythonInterpreter python, List<String> requirements, Path cache) {
        this.python = python;
        this.requirements =
                requirements.stream().map(String::strip).distinct().sorted().toList();
        this.parent = cache.resolve("python");
        for (String requirement : this.requirements) {
            if (!REQUIREMENT.matcher(requirement).matches()) {
                throw new TroupeException(
                        ErrorCode.TEAM_INVALID,
                        "tools.python.packages: " + requirement
                                + " (expected: a package's name, with versions if wanted: pandas, requests>=2.31)",
                        null);
            }
        }
    }

    /** Where the set is when it is installed. */
    public Path folder() {
        return parent.resolve(python.tag() + "-" + key());
    }

    public boolean isInstalled() {
        return Files.isDirectory(folder());
    }

    /**
     * Installs the set unless it is there.
     *
     * @param progress gets a line whenever there is something to tell, on this thread
     * @return {@link #folder}
     * @throws TroupeException {@code SANDBOX_UNAVAILABLE} with pip's own last words when it fails or is missing,
     *     {@code STORAGE} when the cache cannot be written, {@code CANCELLED}, {@code TIMEOUT}
     */
    public Path install(Consumer<String> progress, CallContext context) {
        if (isInstalled()) {
            return folder();
        }
        try {
            Files.createDirectories(parent);
            Path lockFile = parent.resolve(folder().getFileName() + ".lock");
            try (FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                installLocked(channel, progress, context);
            }
            return folder();
        } catch (IOException e) {
            throw new TroupeException(
                    ErrorCode.STORAGE,
                    "python packages cannot be stored in " + parent + ": " + e.getMessage(),
                    null,
                    e);
        }
    }

    @SuppressWarnings("try") // The lock only has to be given back.
    private void installLocked(FileChannel channel, Consumer<String> progress, CallContext context) throws IOException {
        try (FileLock lock = lock(channel, progress, context)) {
            if (isInstalled()) {
                return; // By whoever held the lock.
            }
            String prefix = folder().getFileName() + PART;
            try (DirectoryStream<Path> broken = Files.newDirectoryStream(parent, prefix + "*")) {
                for (Path part : broken) {
                    remove(part);
                }
            }
            Path part = Files.createTempDirectory(parent, prefix);
            try {
                progress.accept("installing " + String.join(", ", requirements) + " for Python " + python.version());
                new Pip(python).install(requirements, part, progress, context);
                Files.move(part, folder(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                remove(part);
            }
        }
    }

    private static FileLock lock(FileChannel channel, Consumer<String> progress, CallContext context)
            throws IOException {
        boolean told = false;
        while (true) {
            context.check();
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                // Another thread of this process has it.
            }
            if (lock != null) {
                return lock;
            }
            if (!told) {
                progress.accept("waiting for another process that installs the same packages");
                told = true;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private String key() {
        try {
            String text =
                    python.version() + "\n" + String.join("\n", requirements).toLowerCase(Locale.ROOT);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
