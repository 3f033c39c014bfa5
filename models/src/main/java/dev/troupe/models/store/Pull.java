package dev.troupe.models.store;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;

/**
 * One pull under way: what the sources share.
 *
 * @param folder where this source keeps what it has so far; survives a break
 * @param freeSpace usable bytes on the disk of a folder
 */
record Pull(
        CatalogueModel model,
        ModelSource source,
        Path folder,
        ToLongFunction<Path> freeSpace,
        Consumer<PullProgress> listener,
        CallContext context) {
    private static final int BUFFER = 1 << 20;
    /** Left free for everything else on the disk. */
    private static final long RESERVE = 64L << 20;

    void report(PullProgress.Stage stage, long done, long total) {
        listener.accept(new PullProgress(model.name(), stage, source.label(), done, total));
    }

    /** The file that a source must leave behind, whole. */
    Path whole() {
        return folder.resolve("whole");
    }

    /** @throws TroupeException {@code STORAGE} when the disk cannot take that many bytes more */
    void requireSpace(long bytes) {
        long free = freeSpace.applyAsLong(folder);
        if (free < bytes + RESERVE) {
            throw new TroupeException(
                    ErrorCode.STORAGE,
                    "disk of %s: %s free (expected: at least %s)"
                            .formatted(folder.getParent(), size(free), size(bytes + RESERVE)),
                    "free some space, or set TROUPE_CACHE to a folder on a larger disk");
        }
    }

    /** Waits, at most as long as the context allows. */
    void pause(long millis) {
        pause(context, millis);
    }

    static void pause(CallContext context, long millis) {
        context.check();
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Cancellation.Registration ignored = context.cancellation().onCancel(cancelled::countDown)) {
            long left = context.deadline().remaining().toMillis() + 1;
            boolean unused = cancelled.await(Math.min(millis, left), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "cancelled: interrupted", null, e);
        }
        context.check();
    }

    /** Copies all of {@code in}, telling how many bytes went over, and stops when the context says so. */
    void copy(InputStream in, OutputStream out, LongConsumer copied) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read;
        while ((read = in.read(buffer)) >= 0) {
            context.check();
            out.write(buffer, 0, read);
            copied.accept(read);
        }
    }

    /** The SHA-256 of a file, in lower case hexadecimal. */
    String sha256(Path file) throws IOException {
        MessageDigest digest = newSha256();
        long total = Files.size(file);
        long[] done = {0};
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            copy(in, out, read -> report(PullProgress.Stage.VERIFYING, done[0] += read, total));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String size(long bytes) {
        return bytes < 1L << 30
                ? "%.1f MiB".formatted(bytes / (double) (1L << 20))
                : "%.1f GiB".formatted(bytes / (double) (1L << 30));
    }
}
