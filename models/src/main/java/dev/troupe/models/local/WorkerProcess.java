package dev.troupe.models.local;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.local.worker.Wire;
import dev.troupe.models.local.worker.WorkerReply;
import dev.troupe.models.local.worker.WorkerRequest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running process with a loaded model, and the connection to it. Thread-safe. */
final class WorkerProcess implements AutoCloseable {
    private static final Duration END = Duration.ofMillis(500);

    private final Process process;
    private final Wire wire;
    private final Map<Long, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private volatile boolean gone;

    private WorkerProcess(Process process, Wire wire) {
        this.process = process;
        this.wire = wire;
        Thread.ofVirtual().name("local-model-replies").start(this::receive);
    }

    /**
     * Starts a process and loads the model.
     *
     * @throws TroupeException {@code MODEL_UNAVAILABLE} when it does not start or the file cannot be loaded;
     *     {@code TIMEOUT}, {@code CANCELLED}
     */
    static WorkerProcess start(LocalModelOptions options, CallContext caller) {
        CallContext context = caller.within(options.loadTime());
        context.check();
        WorkerLauncher launcher = new WorkerLauncher(options);
        WorkerProcess worker;
        try {
            worker = connect(launcher, context);
        } catch (IOException e) {
            caller.check();
            throw unavailable(options, "its process did not start: " + e.getMessage(), "see " + launcher.log(), e);
        }
        try {
            worker.load(options, context, launcher.log());
            return worker;
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    private static WorkerProcess connect(WorkerLauncher launcher, CallContext context) throws IOException {
        // Readable by nobody else; gone as soon as the connection stands, so that nothing is left after a kill.
        Path folder = Files.createTempDirectory("troupe-");
        Path socket = folder.resolve("worker");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Process process = launcher.start(socket);
            guard(process, server, context.deadline().remaining());
            try (Cancellation.Registration ignored = context.cancellation().onCancel(process::destroyForcibly)) {
                return new WorkerProcess(process, new Wire(server.accept()));
            } catch (IOException e) {
                process.destroyForcibly();
                throw e;
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }

    /** Accepting knows no time-out of its own: it ends by the process's end, which this brings about in time. */
    private static void guard(Process process, ServerSocketChannel server, Duration time) {
        Thread.ofVirtual().name("local-model-start").start(() -> {
            try {
                if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS) && server.isOpen()) {
                    process.destroyForcibly();
                }
                server.close();
            } catch (IOException e) {
                process.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void load(LocalModelOptions options, CallContext context, Path log) {
        try (Mailbox mailbox = open(WorkerRequest.LOADING, context)) {
            send(new WorkerRequest.Load(
                    options.file().toString(), options.contextTokens(), options.threads(), options.batchTokens()));
            WorkerReply reply = mailbox.take();
            if (reply == null) {
                throw unavailable(
                        options, "its process ended while loading", "is there enough memory? see " + log, null);
            }
            if (reply instanceof WorkerReply.Refused refused) {
                throw unavailable(
                        options,
                        "its file cannot be loaded: " + refused.message(),
                        refused.message().contains("No native library")
                                ? (OpenMp.find().isEmpty() ? "libgomp.so.1 is missing; " + OpenMp.MEND : "see " + log)
                                : "./troupe models verify %s, then ./troupe models pull %s"
                                        .formatted(options.name(), options.name()),
                        null);
            }
        }
    }

    private static TroupeException unavailable(
            LocalModelOptions options, String why, String hint, @Nullable Exception cause) {
        return new TroupeException(ErrorCode.MODEL_UNAVAILABLE, "model " + options.name() + ": " + why, hint, cause);
    }

    /** A place for the replies to one request. */
    Mailbox open(long id, CallContext context) {
        Mailbox mailbox = new Mailbox(context, () -> mailboxes.remove(id));
        mailboxes.put(id, mailbox);
        if (gone) {
            mailbox.gone();
        }
        return mailbox;
    }

    /** Sends a request; when the process has gone, the mailboxes tell. */
    void send(WorkerRequest request) {
        try {
            wire.send(request);
        } catch (IOException e) {
            end();
        }
    }

    boolean isGone() {
        return gone || !process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    private void receive() {
        try {
            WorkerReply reply;
            while ((reply = wire.receive(WorkerReply.class)) != null) {
                Mailbox mailbox = mailboxes.get(reply.id());
                if (mailbox != null) {
                    mailbox.put(reply);
                }
            }
        } catch (IOException e) {
            // The same as an end: the process is of no use without its connection.
        } finally {
            end();
        }
    }

    private void end() {
        gone = true;
        process.destroyForcibly();
        mailboxes.values().forEach(Mailbox::gone);
    }

    /** Ends the process. It ends by itself when the connection closes; what does not, is killed. */
    @Override
    public void close() {
        gone = true;
        try {
            wire.close();
            if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
