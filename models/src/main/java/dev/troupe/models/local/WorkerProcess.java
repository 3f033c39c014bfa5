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
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A running process with a loaded model, and the connection to it. Thread-safe. */
final class WorkerProcess implements AutoCloseable {
    /** No request has this id. */
    private static final long STOPPING = -1;

    private static final Duration END = Duration.ofMillis(500);

    /** Null until a process that was there before has said which one it is. */
    private volatile @Nullable ProcessHandle process;

    private final boolean own;
    private final Wire wire;
    private final Map<Long, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private volatile boolean gone;

    /** @param process one that ends with the connection, or null for one that others use too */
    private WorkerProcess(@Nullable Process process, Wire wire) {
        this.process = process == null ? null : process.toHandle();
        this.own = process != null;
        this.wire = wire;
        Thread.ofVirtual().name("local-model-replies").start(this::receive);
    }

    /**
     * Starts a process and loads the model, or connects to the one that has.
     *
     * @throws TroupeException {@code MODEL_UNAVAILABLE} when it does not start or the file cannot be loaded;
     *     {@code TIMEOUT}, {@code CANCELLED}
     */
    static WorkerProcess start(LocalModelOptions options, CallContext caller) {
        CallContext context = caller.within(options.loadTime());
        context.check();
        WorkerLauncher launcher = new WorkerLauncher(options);
        if (!options.keepAlive().isZero()) {
            Path folder = WarmFolder.of(options);
            if (WarmFolder.canHold(folder, options.name())) {
                return WarmStart.connect(options, launcher, WarmFolder.open(folder), context);
            }
        }
        WorkerProcess worker;
        try {
            worker = connect(launcher, context);
        } catch (IOException e) {
            caller.check();
            throw unavailable(options, "its process did not start: " + e.getMessage(), "see " + launcher.log(), e);
        }
        try {
            worker.load(options, launcher, context);
            return worker;
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    /** At the other end of a connection; it is there for others too. */
    static WorkerProcess shared(SocketChannel channel) {
        return new WorkerProcess(null, new Wire(channel));
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

    /**
     * Has the model loaded, unless it is.
     *
     * @return whether it is; false when the process has another one
     */
    boolean load(LocalModelOptions options, WorkerLauncher launcher, CallContext context) {
        try (Mailbox mailbox = open(WorkerRequest.LOADING, context)) {
            send(new WorkerRequest.Load(
                    options.file().toString(),
                    options.contextTokens(),
                    options.threads(),
                    options.batchTokens(),
                    launcher.stamp()));
            WorkerReply reply = mailbox.take();
            if (reply instanceof WorkerReply.Refused refused) {
                if (refused.reason() == WorkerReply.Reason.OTHER_MODEL) {
                    return false;
                }
                throw notLoaded(options, refused, launcher.log());
            }
            if (!(reply instanceof WorkerReply.Ready ready)) {
                throw unavailable(
                        options,
                        "its process ended while loading",
                        "is there enough memory? see " + launcher.log(),
                        null);
            }
            process = ProcessHandle.of(ready.pid()).orElse(null);
            return true;
        }
    }

    private static TroupeException notLoaded(LocalModelOptions options, WorkerReply.Refused refused, Path log) {
        String mend = refused.message().contains("No native library")
                ? (OpenMp.find().isEmpty() ? "libgomp.so.1 is missing; " + OpenMp.MEND : "see " + log)
                : "./troupe models verify %s, then ./troupe models pull %s".formatted(options.name(), options.name());
        return unavailable(options, "its file cannot be loaded: " + refused.message(), mend, null);
    }

    static TroupeException unavailable(LocalModelOptions options, String why, String hint, @Nullable Exception cause) {
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
        ProcessHandle known = process;
        return gone || (known != null && !known.isAlive());
    }

    /** 0 while it is not known. */
    long pid() {
        ProcessHandle known = process;
        return known == null ? 0 : known.pid();
    }

    /** Tells the process to end, whoever uses it, and waits for that. */
    void stop(Duration time) {
        try (Mailbox mailbox = open(STOPPING, CallContext.standalone(time))) {
            send(new WorkerRequest.Stop());
            if (mailbox.take() != null) {
                throw new IllegalStateException("stop: answered (expected: the end of the connection)");
            }
        } catch (TroupeException e) {
            kill();
        }
        close();
    }

    /** Ends a process that does not do what it is told, whoever uses it. */
    void kill() {
        gone = true;
        ProcessHandle known = process;
        if (known != null) {
            known.destroyForcibly();
        }
        close();
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
        ProcessHandle known = process;
        if (own && known != null) {
            known.destroyForcibly();
        }
        mailboxes.values().forEach(Mailbox::gone);
    }

    /**
     * Leaves the process. One's own ends by itself when the connection closes, and is killed if it does not; one that
     * others use stays.
     */
    @Override
    public void close() {
        gone = true;
        ProcessHandle known = process;
        try {
            wire.close();
            if (own && known != null) {
                known.onExit().get(END.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            destroy(known);
        } catch (InterruptedException e) {
            destroy(known);
            Thread.currentThread().interrupt();
        }
    }

    private void destroy(@Nullable ProcessHandle known) {
        if (own && known != null) {
            known.destroyForcibly();
        }
    }
}
