package dev.troupe.models.local.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Serves all processes of its user at a socket that only that user may open, and ends the process when none has been
 * connected for a while. Its first line of output says that it listens.
 */
final class WarmServer {
    /** What is printed once a client may connect. */
    static final String LISTENING = "listening";

    private final Path socket;
    private final Duration keepAlive;
    private final LoadedModel model = new LoadedModel();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "keep-alive");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Object socketKey;
    private int clients;
    private long idleSince = System.nanoTime();

    WarmServer(Path socket, Duration keepAlive) {
        this.socket = socket;
        this.keepAlive = keepAlive;
    }

    void serve() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            socketKey = key();
            System.out.println(LISTENING);
            // Whoever started this process reads to here; the system puts nothing in its place but /dev/null.
            System.out.close();
            endWhenIdle();
            while (true) {
                SocketChannel client = server.accept();
                if (Peer.isThisUser(client)) {
                    Thread.ofPlatform().name("client").daemon().start(() -> serve(client));
                } else {
                    client.close();
                }
            }
        }
    }

    private void serve(SocketChannel client) {
        AtomicBoolean used = new AtomicBoolean();
        try (Wire wire = new Wire(client)) {
            new Session(wire, model, this::status, this::stop, () -> begun(used)).serve();
        } catch (IOException | RuntimeException e) {
            // A client of another version may say what this one does not know.
            System.err.println("a client is given up: " + e.getClass().getSimpleName());
        } finally {
            if (used.get()) {
                ended();
            }
        }
    }

    private synchronized void begun(AtomicBoolean used) {
        if (!used.getAndSet(true)) {
            clients++;
        }
    }

    private synchronized void ended() {
        clients--;
        idleSince = System.nanoTime();
        endWhenIdle();
    }

    private void endWhenIdle() {
        ScheduledFuture<?> unused = clock.schedule(this::endIfIdle, keepAlive.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    private synchronized void endIfIdle() {
        if (clients == 0 && System.nanoTime() - idleSince >= keepAlive.toNanos()) {
            stop();
        }
    }

    private synchronized WorkerReply status(long id) {
        long idleMillis = clients > 0 ? 0 : (System.nanoTime() - idleSince) / 1_000_000;
        return new WorkerReply.Status(
                id, ProcessHandle.current().pid(), model.file(), clients, idleMillis, keepAlive.toMillis());
    }

    private Object key() throws IOException {
        return Files.readAttributes(socket, BasicFileAttributes.class).fileKey();
    }

    private void stop() {
        try {
            // Another process may have taken this one's place.
            if (Objects.equals(key(), socketKey)) {
                Files.deleteIfExists(socket);
            }
        } catch (IOException e) {
            System.err.println("the socket stays: " + e.getMessage());
        }
        WorkerMain.end();
    }
}
