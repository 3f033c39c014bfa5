package dev.troupe.tools.sandbox;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts {@link Launcher}s and keeps one in reserve. Thread-safe. */
final class Launchers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Launchers.class);
    /** How much more a run may have whose limit is taken away: enough to show that it was the limit. */
    private static final int WITHOUT_LIMIT = 128;

    private final Limits limits;
    private final Set<Defence> defences;
    private final @Nullable ControlGroups groups;
    private final Map<String, String> environment;
    private final AtomicReference<@Nullable Launcher> reserve = new AtomicReference<>();
    /**
     * Bubblewrap dies with the thread that started it, not with the process: all starts come from this one, which lives
     * as long as the executor.
     */
    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("sandbox-starter").factory());

    private volatile boolean closed;

    Launchers(Limits limits, Set<Defence> defences, @Nullable ControlGroups groups, Map<String, String> environment) {
        this.limits = limits;
        this.defences = defences;
        this.groups = groups;
        this.environment = environment;
        refill();
    }

    /**
     * The one in reserve, or a new one.
     *
     * @throws TroupeException {@code SANDBOX_UNAVAILABLE} when no shell can be started, {@code CANCELLED} after close
     */
    Launcher take() throws IOException, InterruptedException {
        Launcher ready = reserve.getAndSet(null);
        if (ready != null && ready.process().isAlive()) {
            return ready;
        }
        if (ready != null) {
            ready.discard();
        }
        try {
            return starter.submit(this::start).get();
        } catch (ExecutionException e) {
            throw new TroupeException(
                    ErrorCode.SANDBOX_UNAVAILABLE,
                    "sandbox: no process can be started: " + e.getMessage(),
                    Unavailable.INSTALL,
                    e.getCause());
        } catch (RejectedExecutionException e) {
            throw new TroupeException(ErrorCode.CANCELLED, "the sandbox is closed", null, e);
        }
    }

    /** Sees to it, in the background, that there is one in reserve. */
    void refill() {
        try {
            starter.execute(this::fill);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        starter.execute(this::empty);
        // Orderly: the thread must outlive what it has started, which by now is the reserve alone.
        starter.close();
    }

    private void fill() {
        if (closed || reserve.get() != null) {
            return;
        }
        try {
            reserve.set(start());
        } catch (IOException e) {
            LOG.debug("no launcher in reserve; the next run will say why", e);
        }
    }

    private void empty() {
        Launcher left = reserve.getAndSet(null);
        if (left != null) {
            left.discard();
        }
    }

    private Launcher start() throws IOException {
        ControlGroup group = group();
        boolean bounded = defences.contains(Defence.FILE_SIZE_LIMIT);
        List<String> command = Launcher.command(bounded ? Long.toString(limits.disk() / 512) : "-", group);
        ProcessBuilder builder = new ProcessBuilder(command);
        if (defences.contains(Defence.CLEAN_ENVIRONMENT)) {
            builder.environment().clear();
        }
        builder.environment().putAll(environment);
        try {
            return new Launcher(builder.start(), group);
        } catch (IOException e) {
            if (group != null) {
                group.close();
            }
            throw e;
        }
    }

    private @Nullable ControlGroup group() throws IOException {
        if (groups == null) {
            return null;
        }
        long memory = defences.contains(Defence.MEMORY_LIMIT) ? 1 : WITHOUT_LIMIT;
        int processes = defences.contains(Defence.PROCESS_LIMIT) ? 1 : WITHOUT_LIMIT;
        return groups.make(memory * limits.memory(), processes * limits.processes());
    }
}
