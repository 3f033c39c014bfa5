package dev.troupe.models.expert.isolated;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An expert whose model runs in a process of its own. When that process dies, runs fail and this one is to be opened anew;
 * {@link #interrupt} kills it. It inherits no secrets: of the environment it gets what the libraries need.
 */
public final class IsolatedExpert implements Expert {
    private static final String LARGEST_HEAP = "-Xmx1g";
    private static final List<String> INHERITED = List.of(
            "PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TROUPE_CACHE", "XDG_CACHE_HOME", "CUDA_VISIBLE_DEVICES");

    private final Task task;
    private final String name;
    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Device device;
    private final String placement;
    /** One conversation at a time; the worker computes on one thread. */
    private final ReentrantLock conversation = new ReentrantLock();

    private IsolatedExpert(Task task, String name, Process process) throws IOException {
        this.task = task;
        this.name = name;
        this.process = process;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        if (in.readByte() != WorkerLoop.OK) {
            throw readFailure();
        }
        this.device = Device.valueOf(Wire.readText(in));
        this.placement = Wire.readText(in) + ", in a process of its own";
    }

    /**
     * Starts the process and waits until it has loaded the model.
     *
     * @param main its class, which calls {@link WorkerLoop#serve}
     * @param arguments of it
     * @param environment of which a few variables are handed on
     * @param context for the loading only
     * @throws TroupeException {@code MODEL_UNAVAILABLE}, {@code TIMEOUT}, {@code CANCELLED}, or what the worker says
     */
    public static IsolatedExpert start(
            Task task,
            String name,
            Class<?> main,
            List<String> arguments,
            Map<String, String> environment,
            CallContext context) {
        context.check();
        // Ctrl-C in a terminal reaches every process of its group; what it means is for the parent to decide.
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                // A crash is told by its exit code; no report is left in whatever folder this is.
                "-XX:+SuppressFatalErrorMessage",
                LARGEST_HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        INHERITED.forEach(variable -> {
            String value = environment.get(variable);
            if (value != null) {
                builder.environment().put(variable, value);
            }
        });
        try {
            return load(task, name, builder.start(), context);
        } catch (IOException e) {
            context.check();
            throw new TroupeException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    name + ": its process ended before the model was loaded (expected: it loads)",
                    "is there memory enough, and is the model of the right kind?",
                    e);
        }
    }

    /** Waits for the model; the process does not outlive the context's patience. */
    private static IsolatedExpert load(Task task, String name, Process process, CallContext context)
            throws IOException {
        Executor later =
                CompletableFuture.delayedExecutor(context.deadline().remaining().toMillis() + 1, TimeUnit.MILLISECONDS);
        AtomicBoolean loaded = new AtomicBoolean();
        later.execute(() -> {
            if (!loaded.get()) {
                process.destroyForcibly();
            }
        });
        try (Cancellation.Registration ignored = context.cancellation().onCancel(process::destroyForcibly)) {
            IsolatedExpert expert = new IsolatedExpert(task, name, process);
            loaded.set(true);
            return expert;
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private record Request(Inputs inputs) implements Piece {
        @Override
        public Object shape() {
            // The worker groups by shape itself.
            return inputs.task();
        }
    }

    private record Answer(Value value) implements Result {
        @Override
        public boolean isSound() {
            return true;
        }
    }

    private record NoAnswer(TroupeException failure) implements Result {
        @Override
        public boolean isSound() {
            return true;
        }
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public String placement() {
        return placement;
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public Prepared prepare(Inputs inputs) {
        return new Prepared(List.of(new Request(inputs)), results -> switch (results.getFirst()) {
            case Answer answer -> answer.value();
            case NoAnswer none -> throw none.failure();
            default -> throw new IllegalStateException("a result of another expert");
        });
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when the process has died
     */
    @Override
    public List<Result> run(List<Piece> pieces) {
        conversation.lock();
        try {
            out.writeInt(pieces.size());
            for (Piece piece : pieces) {
                Wire.write(out, ((Request) piece).inputs());
            }
            out.flush();
            List<Result> results = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                results.add(
                        in.readByte() == WorkerLoop.OK ? new Answer(Wire.readValue(in)) : new NoAnswer(readFailure()));
            }
            return results;
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IllegalStateException(name + ": its process has died" + exitCode(), e);
        } finally {
            conversation.unlock();
        }
    }

    private String exitCode() {
        try {
            return process.waitFor(5, TimeUnit.SECONDS) ? " with exit code " + process.exitValue() : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private TroupeException readFailure() throws IOException {
        String code = Wire.readText(in);
        String message = Wire.readText(in);
        String hint = Wire.readText(in);
        return new TroupeException(ErrorCode.valueOf(code), message, hint.isEmpty() ? null : hint);
    }

    /** The process, for whoever watches it. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void interrupt() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
