package dev.troupe.models.local;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.local.worker.WorkerReply;
import dev.troupe.models.local.worker.WorkerRequest;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The user's processes of local models that outlive those who use them: what they are doing, and their end. */
public final class WarmModels {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Path folder;

    /** @param cacheFolder the user's */
    public WarmModels(Path cacheFolder) {
        this.folder = WarmFolder.under(cacheFolder);
    }

    /**
     * A process.
     *
     * @param model its name in the catalogue
     * @param memoryBytes what it holds in memory, 0 when that is not known
     * @param clients processes that use it
     * @param idle since when there is none
     * @param keepAlive how long it stays then
     */
    public record Warm(
            String model, long pid, String file, long memoryBytes, int clients, Duration idle, Duration keepAlive) {}

    /** Those that run, by name. Sockets that nobody listens at any more are cleared away. */
    public List<Warm> list() {
        List<Warm> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            WarmFolder warm = WarmFolder.open(folder);
            for (Path socket : warm.sockets()) {
                look(socket).ifPresent(found::add);
            }
        }
        return found;
    }

    /**
     * Ends a model's process, whoever uses it.
     *
     * @return whether there was one
     */
    public boolean stop(String model) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        Path socket = WarmFolder.open(folder).socket(model);
        WorkerProcess worker = connect(socket);
        if (worker == null) {
            return false;
        }
        worker.stop(PATIENCE);
        return true;
    }

    private static Optional<Warm> look(Path socket) {
        WorkerProcess worker = connect(socket);
        if (worker == null) {
            return Optional.empty();
        }
        try (worker;
                Mailbox mailbox = worker.open(1, CallContext.standalone(PATIENCE))) {
            worker.send(new WorkerRequest.Look(1));
            return mailbox.take() instanceof WorkerReply.Status status
                    ? Optional.of(warm(WarmFolder.model(socket), status))
                    : Optional.empty();
        } catch (TroupeException e) {
            // It does not answer; whoever needs the model will start another.
            return Optional.empty();
        }
    }

    private static @Nullable WorkerProcess connect(Path socket) {
        try {
            SocketChannel channel = WarmStart.channel(socket);
            if (channel == null) {
                Files.deleteIfExists(socket);
                return null;
            }
            return WorkerProcess.shared(channel);
        } catch (IOException e) {
            return null;
        }
    }

    private static Warm warm(String model, WorkerReply.Status status) {
        return new Warm(
                model,
                status.pid(),
                status.file(),
                memory(status.pid()),
                status.clients(),
                Duration.ofMillis(status.idleMillis()),
                Duration.ofMillis(status.keepAliveMillis()));
    }

    private static long memory(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
