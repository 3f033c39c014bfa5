package dev.troupe.models.store;

import dev.troupe.models.call.CallContext;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps processes, and threads of one process, from working on the same model's files at once. */
final class StoreLock implements AutoCloseable {
    private static final long POLL_MILLIS = 200;
    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, waiting as long as the context allows and calling {@code waiting} each time it looks. */
    static StoreLock take(Path file, CallContext context, Runnable waiting) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (tryLock(channel) == null) {
                waiting.run();
                Pull.pause(context, POLL_MILLIS);
            }
            return new StoreLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Closing the channel gives the lock back; the file stays, since deleting it would let two hold "the" lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
