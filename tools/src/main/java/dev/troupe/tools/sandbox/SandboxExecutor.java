package dev.troupe.tools.sandbox;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.code.CodeResult.End;
import dev.troupe.tools.python.PythonInterpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs programs the way that a {@link Launch} says. Thread-safe. */
final class SandboxExecutor implements CodeExecutor {
    private final SandboxConfig config;
    private final List<Grants.Grant> mounted;
    private final PythonInterpreter python;
    private final Launch launch;
    private final Set<Defence> defences;
    private final @Nullable ControlGroups groups;
    private final RuntimeFolder runtime;
    private final Turns turns;
    private final AtomicLong number = new AtomicLong();
    private final Set<Run> running = ConcurrentHashMap.newKeySet();
    /**
     * Bubblewrap dies with the thread that started it, not with the process: all starts come from this one, which lives
     * as long as the executor.
     */
    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("sandbox-starter").factory());

    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("sandbox-", 0).factory());

    SandboxExecutor(
            SandboxConfig config,
            List<Grants.Grant> mounted,
            PythonInterpreter python,
            Launch launch,
            Set<Defence> defences,
            @Nullable ControlGroups groups,
            RuntimeFolder runtime) {
        this.config = config;
        this.mounted = mounted;
        this.python = python;
        this.launch = launch;
        this.defences = defences;
        this.groups = groups;
        this.runtime = runtime;
        this.turns = new Turns(config.concurrency());
    }

    @Override
    public boolean supports(String language) {
        return Program.supports(language);
    }

    @Override
    public String syntaxError(CodeRequest request, CallContext context) {
        CodeResult result = take(request, piece -> {}, context, true);
        return result.exitCode() == 0 ? "" : result.output().strip();
    }

    @Override
    public CodeResult run(CodeRequest request, Consumer<String> onOutput, CallContext context) {
        return take(request, onOutput, context, false);
    }

    /** Ends what runs, waits for it, and removes what is left of the executor's own files. */
    @Override
    public void close() {
        threads.shutdown();
        running.forEach(Run::cancel);
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        starter.shutdown();
        launch.close();
        runtime.close();
    }

    @SuppressWarnings("try") // The turn only has to be given back.
    private CodeResult take(CodeRequest request, Consumer<String> onOutput, CallContext context, boolean parseOnly) {
        Path folder = request.workFolder().toAbsolutePath().normalize();
        CodeRequest code = new CodeRequest(request.language(), request.source(), folder);
        // Fails early for a language that is not known.
        Program unused = Program.of(code.language(), Bubblewrap.PROGRAM, python);
        try (Turns.Turn turn = turns.take(folder, context)) {
            return await(threads.submit(() -> execute(code, onOutput, context, parseOnly)));
        } catch (RejectedExecutionException e) {
            throw closed(e);
        }
    }

    private CodeResult execute(CodeRequest code, Consumer<String> onOutput, CallContext context, boolean parseOnly)
            throws IOException, InterruptedException {
        WorkFolder.prepare(code.workFolder(), mounted, defences.contains(Defence.MOUNT_POINTS));
        WorkFolder work =
                new WorkFolder(code.workFolder(), mounted, config.limits().files(), defences);
        work.remember();
        ControlGroup group = group();
        try (RuntimeFolder.Files files = runtime.make("run-" + number.incrementAndGet())) {
            Launch.Request request =
                    new Launch.Request(code, files.path(), group == null ? List.of() : group.entrances());
            Program program = Program.of(code.language(), launch.programFolder(request), python);
            Files.writeString(files.path().resolve(program.fileName()), code.source(), StandardCharsets.UTF_8);
            List<String> command = launch.command(request, parseOnly ? program.parse() : program.run());
            OutputCollector output = new OutputCollector(config.limits().output(), onOutput);
            Watch watch = new Watch(config.limits(), defences, group, work);
            Run run = new Run(start(command, code), launch, defences, group, output, mostOutput(), threads);
            running.add(run);
            try {
                return result(run.watch(watch, context), program, work);
            } finally {
                running.remove(run);
            }
        } finally {
            removeLater(group);
        }
    }

    /** The kernel lets go of a group some milliseconds after the last process, for which nobody has to wait. */
    private void removeLater(@Nullable ControlGroup group) {
        if (group == null) {
            return;
        }
        try {
            threads.execute(group::close);
        } catch (RejectedExecutionException e) {
            group.close();
        }
    }

    private static CodeResult result(Run.Ended ended, Program program, WorkFolder work) {
        if (ended.end() == End.EXITED && program.isUnparseable(ended.exitCode(), ended.output())) {
            return new CodeResult(2, ended.output(), End.UNPARSEABLE, ended.wall(), List.of());
        }
        return new CodeResult(ended.exitCode(), ended.output(), ended.end(), ended.wall(), work.changed());
    }

    private long mostOutput() {
        boolean bounded = defences.contains(Defence.OUTPUT_LIMIT);
        return bounded ? (long) config.limits().output() * Limits.OUTPUT_FACTOR : Long.MAX_VALUE;
    }

    private @Nullable ControlGroup group() throws IOException {
        if (groups == null) {
            return null;
        }
        Limits limits = config.limits();
        long memory = defences.contains(Defence.MEMORY_LIMIT) ? limits.memory() : 128 * limits.memory();
        int processes = defences.contains(Defence.PROCESS_LIMIT) ? limits.processes() : 16 * limits.processes();
        return groups.make(memory, processes);
    }

    private Process start(List<String> command, CodeRequest code) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile());
        if (defences.contains(Defence.CLEAN_ENVIRONMENT)) {
            builder.environment().clear();
        }
        String work = launch.reports() ? Bubblewrap.WORK : code.workFolder().toString();
        Path packages = config.packages();
        String mountedPackages =
                packages == null ? "" : ":" + (launch.reports() ? Bubblewrap.PACKAGES : packages.toString());
        Map<String, String> environment = Bubblewrap.environment(work, work + mountedPackages);
        builder.environment().putAll(environment);
        try {
            return starter.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new TroupeException(
                    ErrorCode.SANDBOX_UNAVAILABLE,
                    "sandbox: /bin/sh does not start",
                    Unavailable.INSTALL,
                    e.getCause());
        } catch (RejectedExecutionException e) {
            throw closed(e);
        }
    }

    private static CodeResult await(Future<CodeResult> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "interrupted while a program ran", null, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TroupeException known) {
                throw known;
            }
            if (e.getCause() instanceof IOException io) {
                throw new TroupeException(
                        ErrorCode.STORAGE, "the sandbox cannot write its own files: " + io.getMessage(), null, io);
            }
            throw new TroupeException(ErrorCode.INTERNAL, "the sandbox failed", null, e.getCause());
        }
    }

    private static TroupeException closed(Throwable cause) {
        return new TroupeException(ErrorCode.CANCELLED, "the sandbox is closed", null, cause);
    }
}
