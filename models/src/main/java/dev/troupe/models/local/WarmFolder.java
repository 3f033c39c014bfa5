package dev.troupe.models.local;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the sockets of warm models lie: a folder that only this user can enter, one socket for each model. */
record WarmFolder(Path folder) {
    /** The most bytes of a socket's path that Linux takes. */
    private static final int LONGEST_PATH = 107;

    private static final long RETRY_NANOS = 20_000_000;
    private static final String NAME = "warm";
    private static final String SOCKET = ".socket";

    static Path of(LocalModelOptions options) {
        return options.nativeFolder().resolveSibling(NAME);
    }

    /** @param cacheFolder the user's */
    static Path under(Path cacheFolder) {
        return cacheFolder.resolve(NAME);
    }

    /** Whether the path of the model's socket is short enough. */
    static boolean canHold(Path folder, String model) {
        return new WarmFolder(folder).socket(model).toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
    }

    /**
     * The folder, made if it is missing.
     *
     * @throws TroupeException {@code MODEL_UNAVAILABLE} when others may write to it
     */
    static WarmFolder open(Path folder) {
        try {
            PrivateFolder.make(folder, "folder of warm models");
            return new WarmFolder(folder);
        } catch (IOException e) {
            throw new TroupeException(
                    ErrorCode.STORAGE, "folder of warm models: " + e.getMessage(), "is the disk of the cache full?", e);
        }
    }

    Path socket(String model) {
        return folder.resolve(model.replaceAll("[^A-Za-z0-9._-]", "_") + SOCKET);
    }

    /** The sockets that are there; whether somebody listens is another question. */
    List<Path> sockets() {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> path.getFileName().toString().endsWith(SOCKET))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    static String model(Path socket) {
        String name = socket.getFileName().toString();
        return name.substring(0, name.length() - SOCKET.length());
    }

    /** Lets one process at a time start a model. */
    Lock lock(String model, CallContext context) throws IOException {
        Path file = folder.resolve(socket(model).getFileName() + ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (true) {
                context.check();
                FileLock lock = attempt(channel);
                if (lock != null) {
                    return new Lock(channel);
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process is at it.
            return null;
        }
    }

    /** Held until it is closed. */
    record Lock(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
