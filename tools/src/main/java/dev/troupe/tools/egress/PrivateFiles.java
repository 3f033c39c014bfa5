package dev.troupe.tools.egress;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that their owner alone may read. What others could have read is made anew, since it may be known to them. */
final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNERS_FOLDER = PosixFilePermissions.fromString("rwx------");
    /** Threads of one process cannot lock a file against each other. */
    private static final Object MONITOR = new Object();

    private PrivateFiles() {}

    /** Something that needs the folder to itself. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Makes the folder and does something in it that no other process does at the same time. */
    @SuppressWarnings("try") // The lock only has to be given back.
    static <T> T exclusively(Path folder, Work<T> work) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, OWNERS_FOLDER);
        synchronized (MONITOR) {
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return work.run();
            }
        }
    }

    /** Its content; null when it is not there or others may read it. */
    static byte @Nullable [] read(Path file) throws IOException {
        return Files.isRegularFile(file) && OWNER.containsAll(Files.getPosixFilePermissions(file))
                ? Files.readAllBytes(file)
                : null;
    }

    /** Replaces it as a whole. */
    static void write(Path file, byte[] content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER));
        Files.write(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
