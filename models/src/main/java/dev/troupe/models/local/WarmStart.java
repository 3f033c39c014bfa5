package dev.troupe.models.local;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.local.worker.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the model's warm process; starts one where there is none, where its socket is left over, or where the one
 * that is there has another model or is of another version.
 */
final class WarmStart {
    private static final int ATTEMPTS = 3;
    private static final Duration STOP = Duration.ofSeconds(2);

    private WarmStart() {}

    /**
     * A connection to a process that has the model loaded.
     *
     * @throws TroupeException {@code MODEL_UNAVAILABLE}, {@code TIMEOUT}, {@code CANCELLED}
     */
    static WorkerProcess connect(
            LocalModelOptions options, WorkerLauncher launcher, WarmFolder folder, CallContext context) {
        Path socket = folder.socket(options.name());
        try (WarmFolder.Lock ignored = folder.lock(options.name(), context)) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                context.check();
                SocketChannel channel = channel(socket);
                boolean fresh = channel == null;
                if (channel == null) {
                    Files.deleteIfExists(socket);
                    start(launcher, socket, context);
                    channel = channel(socket);
                }
                WorkerProcess loaded = channel == null ? null : loaded(channel, options, launcher, context, fresh);
                if (loaded != null) {
                    return loaded;
                }
                Files.deleteIfExists(socket);
            }
        } catch (IOException e) {
            context.check();
            throw unavailable(options, e.getMessage(), launcher, e);
        }
        throw unavailable(options, "it ended " + ATTEMPTS + " times", launcher, null);
    }

    private static TroupeException unavailable(
            LocalModelOptions options, @Nullable String why, WorkerLauncher launcher, @Nullable Exception cause) {
        return WorkerProcess.unavailable(options, "its process did not start: " + why, "see " + launcher.log(), cause);
    }

    /**
     * A connection to whoever listens at the socket.
     *
     * @return null when nobody does
     * @throws TroupeException {@code MODEL_UNAVAILABLE} when it is a process of another user
     */
    static @Nullable SocketChannel channel(Path socket) throws IOException {
        if (!Files.exists(socket)) {
            return null;
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (ConnectException | NoSuchFileException e) {
            channel.close();
            return null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        if (!Peer.isThisUser(channel)) {
            String user = Peer.user(channel);
            channel.close();
            throw new TroupeException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "socket " + socket + ": a process of user " + user + " listens (expected: one of this user)",
                    "nothing was sent to it; remove the socket");
        }
        return channel;
    }

    private static void start(WorkerLauncher launcher, Path socket, CallContext context) throws IOException {
        Process start = launcher.startWarm(socket);
        CompletableFuture<@Nullable String> listens = new CompletableFuture<>();
        Thread.ofVirtual().name("warm-start").start(() -> {
            try (BufferedReader said = start.inputReader(StandardCharsets.UTF_8)) {
                listens.complete(said.readLine());
            } catch (IOException e) {
                listens.completeExceptionally(e);
            }
        });
        try (Cancellation.Registration ignored =
                context.cancellation().onCancel(() -> listens.complete("never mind"))) {
            String line = listens.get(context.deadline().remaining().toMillis(), TimeUnit.MILLISECONDS);
            context.check();
            if (line == null) {
                throw new IOException("it ended at once");
            }
        } catch (ExecutionException | TimeoutException e) {
            context.check();
            throw new IOException("it does not listen", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "cancelled: interrupted", null, e);
        } finally {
            start.getOutputStream().close();
        }
    }

    /** @return null when the process had to go, or has gone */
    private static @Nullable WorkerProcess loaded(
            SocketChannel channel,
            LocalModelOptions options,
            WorkerLauncher launcher,
            CallContext context,
            boolean fresh) {
        WorkerProcess worker = WorkerProcess.shared(channel);
        try {
            if (worker.load(options, launcher, context)) {
                return worker;
            }
            worker.stop(STOP);
            return null;
        } catch (RuntimeException e) {
            boolean itsOwnEnd = !context.deadline().remaining().isPositive()
                    || context.cancellation().isCancelled();
            if (!itsOwnEnd) {
                // A process that cannot load its model is of no use to anybody.
                worker.stop(STOP);
            }
            worker.close();
            if (fresh || itsOwnEnd) {
                throw e;
            }
            return null;
        }
    }
}
