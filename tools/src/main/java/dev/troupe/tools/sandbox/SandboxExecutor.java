package dev.troupe.tools.sandbox;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.code.CodeResult.End;
import dev.troupe.tools.egress.EgressRun;
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
    private final @Nullable WayOut out;
    private final Limits limits;
    private final Set<Defence> defences;
    private final Launchers launchers;
    private final RuntimeFolder runtime;
    private final Turns turns;
    private final AtomicLong number = new AtomicLong();
    private final Set<Run> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("sandbox-", 0).factory());

    SandboxExecutor(
            SandboxConfig config,
            List<Grants.Grant> mounted,
            PythonInterpreter python,
            Launch launch,
            @Nullable WayOut out,
            Set<Defence> defences,
            @Nullable ControlGroups groups,
            RuntimeFolder runtime) {
        this.config = config;
        this.mounted = mounted;
        this.python = python;
        this.launch = launch;
        this.out = out;
        this.limits = out == null
                ? config.limits()
                : config.limits().withProcesses(config.limits().processes() + WayOut.PROCESSES);
        this.defences = defences;
        this.launchers = new Launchers(limits, defences, groups, launch.environment());
        this.runtime = runtime;
        this.turns = new Turns(config.concurrency());
    }

    @Override
    public boolean supports(String language) {
        return Program.supports(language);
    }

    @Override
    @SuppressWarnings("try") // The turn only has to be given back.
    public CodeResult run(CodeRequest request, Consumer<String> onOutput, CallContext context) {
        Path folder = request.workFolder().toAbsolutePath().normalize();
        CodeRequest code = new CodeRequest(request.language(), request.source(), folder);
        // Fails early for a language that is not known.
        Program unused = Program.of(code.language(), Bubblewrap.PROGRAM, python, config.prelude());
        try (Turns.Turn turn = turns.take(folder, context)) {
            return await(threads.submit(() -> execute(code, onOutput, context)));
        } catch (RejectedExecutionException e) {
            throw closed(e);
        }
    }

    /** Ends what runs, waits for it, and removes what is left of the executor's own files. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        running.forEach(Run::cancel);
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        launchers.close();
        if (out != null) {
            out.close();
        }
        runtime.close();
    }

    private CodeResult execute(CodeRequest code, Consumer<String> onOutput, CallContext context)
            throws IOException, InterruptedException {
        WorkFolder.prepare(code.workFolder(), mounted, defences.contains(Defence.MOUNT_POINTS));
        WorkFolder work =
                new WorkFolder(code.workFolder(), mounted, config.limits().files(), defences);
        work.remember();
        Launcher launcher = launchers.take();
        try (RuntimeFolder.Files files = runtime.make("run-" + number.incrementAndGet());
                EgressRun way = way(code, files, context)) {
            // The program sees all of its folder; the script lies beside it.
            Launch.Request request =
                    new Launch.Request(code, Files.createDirectory(files.path().resolve("program")), way);
            Program program = Program.of(code.language(), launch.programFolder(request), python, config.prelude());
            OutputCollector output = new OutputCollector(config.limits().output(), onOutput);
            PreludeMark mark = program.besides().isEmpty() ? null : new PreludeMark();
            Run run = new Run(launcher, launch, defences, output, mark, mostOutput(), threads);
            running.add(run);
            try {
                if (closed) {
                    run.cancel(); // Whoever closed may have looked before it was there.
                }
                Path script = write(request, program, program.run());
                Watch watch = new Watch(limits, defences, launcher.group(), work);
                launcher.go(script);
                return result(run.watch(watch, context), program, mark, work, way);
            } finally {
                running.remove(run);
            }
        } finally {
            discardLater(launcher);
            launchers.refill();
        }
    }

    private Path write(Launch.Request request, Program program, List<String> command) throws IOException {
        Path folder = request.files();
        Files.writeString(folder.resolve(program.fileName()), request.code().source(), StandardCharsets.UTF_8);
        for (Map.Entry<String, String> file : program.besides().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
        }
        return Files.writeString(folder.resolveSibling("start.sh"), launch.script(request, command));
    }

    /** The kernel lets go of a group some milliseconds after the last process, for which nobody has to wait. */
    private void discardLater(Launcher launcher) {
        try {
            threads.execute(launcher::discard);
        } catch (RejectedExecutionException e) {
            launcher.discard();
        }
    }

    private @Nullable EgressRun way(CodeRequest code, RuntimeFolder.Files files, CallContext context)
            throws IOException {
        return out == null
                ? null
                : out.begin(
                        context.task(),
                        code.workFolder().toString(),
                        files.path().resolve("egress.sock"));
    }

    private CodeResult result(
            Run.Ended ended, Program program, @Nullable PreludeMark mark, WorkFolder work, @Nullable EgressRun way) {
        if (ended.end() == End.EXITED && program.isUnparseable(ended.exitCode(), ended.output())) {
            return new CodeResult(2, ended.output(), End.UNPARSEABLE, ended.wall(), List.of());
        }
        Prelude prelude = config.prelude();
        if (prelude != null && mark != null && !mark.wasSeen()) {
            throw prelude.failure(ended.exitCode(), ended.output(), ended.end());
        }
        if (way != null) {
            way.close(); // What it left under way counts too.
        }
        return new CodeResult(
                ended.exitCode(),
                ended.output(),
                ended.end(),
                ended.wall(),
                work.changed(),
                way == null ? List.of() : way.calls(),
                way == null ? List.of() : way.refusals(),
                way == null ? List.of() : way.responses());
    }

    private long mostOutput() {
        boolean bounded = defences.contains(Defence.OUTPUT_LIMIT);
        return bounded ? (long) config.limits().output() * Limits.OUTPUT_FACTOR : Long.MAX_VALUE;
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
            if (e.getCause() instanceof RejectedExecutionException rejected) {
                throw closed(rejected);
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
