package dev.troupe.tools.sandbox;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.python.PythonInterpreter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that does not end by itself and is spoken to by its standard input and output, confined as programs are:
 * it sees what is granted, has no network, and is held to its limits on memory and processes. Its work folder is empty at
 * each start and gone at its end. Thread-safe; whoever opened it closes it, which ends what runs.
 */
public final class ConfinedServer implements AutoCloseable {
    private static final long WATCH_MILLIS = 100;
    /** Bubblewrap's own. */
    private static final int SANDBOX_PROCESSES = 2;

    private final SandboxConfig config;
    private final Bubblewrap bubblewrap;
    private final List<String> command;
    private final RuntimeFolder runtime;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    /** Bubblewrap dies with the thread that started it: all starts come from this one. */
    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("server-starter").factory());

    private ConfinedServer(SandboxConfig config, Bubblewrap bubblewrap, List<String> command, RuntimeFolder runtime) {
        this.config = config;
        this.bubblewrap = bubblewrap;
        this.command = command;
        this.runtime = runtime;
    }

    /**
     * Makes ready to start a program; {@code python3} is the interpreter that the packages were installed for.
     *
     * @param config bubblewrap, without a way out
     * @throws TroupeException {@code SANDBOX_UNAVAILABLE}, {@code TEAM_INVALID} for a grant outside of the team's folder
     */
    public static ConfinedServer open(SandboxConfig config, List<String> command) {
        if (config.kind() != SandboxConfig.Kind.BUBBLEWRAP || config.egress() != null || command.isEmpty()) {
            throw new IllegalArgumentException("server: " + config.kind() + ", " + command
                    + " (expected: a command in bubblewrap, without a way out)");
        }
        String program = SandboxProbe.bubblewrap();
        List<Grants.Grant> grants = Grants.check(config.teamFolder(), config.files());
        PythonInterpreter python = PythonInterpreter.find(config.python());
        try {
            RuntimeFolder runtime = RuntimeFolder.open();
            Bubblewrap bubblewrap =
                    new Bubblewrap(program, config, grants, python, null, EnumSet.allOf(Defence.class), runtime.path());
            List<String> words = new ArrayList<>(command);
            if (List.of("python", "python3").contains(words.getFirst())) {
                words.set(0, python.executable().toString());
            }
            return new ConfinedServer(config, bubblewrap, List.copyOf(words), runtime);
        } catch (IOException e) {
            throw new TroupeException(
                    ErrorCode.STORAGE, "the sandbox cannot write its own files: " + e.getMessage(), null, e);
        }
    }

    /** A started program, with its control group if there are any. */
    public static final class Running implements AutoCloseable {
        private final Process process;
        private final @Nullable ControlGroup group;
        private final Set<Running> all;

        private Running(Process process, @Nullable ControlGroup group, Set<Running> all) {
            this.process = process;
            this.group = group;
            this.all = all;
        }

        /** Its standard streams are the caller's. */
        public Process process() {
            return process;
        }

        /** Ends it. */
        @Override
        public void close() {
            if (all.remove(this)) {
                process.destroyForcibly();
                if (group != null) {
                    Thread.ofPlatform().daemon().name("server-end").start(group::close);
                }
            }
        }
    }

    /**
     * Starts it once more.
     *
     * @throws IOException when no process can be started
     */
    public Running start() throws IOException {
        try {
            return starter.submit(this::launch).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (RejectedExecutionException e) {
            throw new IOException("it is closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Running launch() throws IOException {
        Limits limits = config.limits();
        Optional<ControlGroups> groups = ControlGroups.find();
        ControlGroup group = groups.isEmpty() ? null : groups.get().make(limits.memory(), limits.processes());
        String file = bubblewrap.service(command, limits.disk());
        String script =
                "ulimit -c 0; ulimit -n 512; for entrance; do echo $$ >\"$entrance\" || exit 125; done\n" + file;
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", script, "troupe"));
        if (group != null) {
            group.entrances().forEach(entrance -> words.add(entrance.toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().putAll(bubblewrap.environment());
        try {
            Running started = new Running(builder.start(), group, running);
            running.add(started);
            if (group == null) {
                Thread.ofPlatform().daemon().name("server-watch").start(() -> watch(started, limits));
            }
            return started;
        } catch (IOException e) {
            if (group != null) {
                group.close();
            }
            throw e;
        }
    }

    /** Where no control group holds the limits, a look now and then does. */
    private static void watch(Running server, Limits limits) {
        try {
            while (!server.process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
                ProcessTree.Sample sample = new ProcessTree(server.process.pid()).sample();
                boolean beyond = sample.resident() > limits.memory()
                        && ProcessTree.proportional(sample.pids()) > limits.memory();
                if (beyond || sample.tasks() > limits.processes() + SANDBOX_PROCESSES) {
                    server.process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        List.copyOf(running).forEach(Running::close);
        starter.shutdown();
        runtime.close();
    }
}
