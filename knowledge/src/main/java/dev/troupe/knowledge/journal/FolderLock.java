package dev.troupe.knowledge.journal;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a data folder for this process. The operating system frees it when the process ends, however it ends.
 *
 * <p>The lock and the owner's process id are two files on purpose: a POSIX lock is lost as soon as its process closes
 * <em>any</em> descriptor of the locked file, so nobody but this class may ever open {@code journal.lock}, and a second
 * attempt in this process is refused before it gets that far.
 */
final class FolderLock implements AutoCloseable {
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws TroupeException {@code DATA_FOLDER_BUSY} when someone holds it, {@code STORAGE} when it cannot be locked */
    static FolderLock take(Path folder) {
        synchronized (HELD_HERE) {
            if (HELD_HERE.contains(folder)) {
                throw busy(folder, Long.toString(ProcessHandle.current().pid()));
            }
            FileChannel channel = null;
            try {
                channel = FileChannel.open(
                        folder.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    channel.close();
                    throw busy(folder, owner(folder));
                }
                Files.writeString(
                        folder.resolve("journal.owner"),
                        Long.toString(ProcessHandle.current().pid()));
            } catch (IOException e) {
                closeQuietly(channel);
                throw StorageFailures.unusable(folder, e);
            }
            HELD_HERE.add(folder);
            return new FolderLock(folder, channel);
        }
    }

    private static String owner(Path folder) {
        try {
            return Files.readString(folder.resolve("journal.owner")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static TroupeException busy(Path folder, String pid) {
        return new TroupeException(
                ErrorCode.DATA_FOLDER_BUSY,
                "data folder: " + folder + " is in use by process " + pid + " (expected: one process at a time)",
                "wait until that process has ended, or use another folder with --data");
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was locked, so nothing is left behind.
        }
    }

    @Override
    public void close() {
        synchronized (HELD_HERE) {
            closeQuietly(channel);
            HELD_HERE.remove(folder);
        }
    }
}
