package dev.troupe.runtime.bench;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * A command that runs beside a benchmark, such as a stand-in for an API. It is started through a shell, in a process group
 * of its own, and says on a line of its standard output that it is ready. It ends with the benchmark, in whatever way that
 * ends: its shell holds a pipe whose other end only this process has, and ends the group when that closes.
 */
public final class Service implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("\\bready\\b", Pattern.CASE_INSENSITIVE);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int LINES_KEPT = 8;

    /**
     * Job control is off in a script, so a background command reads nothing unless told to: its input comes by another
     * descriptor. The service's group is asked to end first and made to later, also what it leaves behind when it ends
     * by itself.
     */
    private static final String GUARD = """
            end() {
                kill -TERM -$service
                for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do kill -0 -$service || return; sleep 0.1; done
                kill -KILL -$service
            }
            exec 3<&0
            setsid sh -c "$1" 3<&- </dev/null &
            service=$!
            { cat <&3; end; } >/dev/null 2>&1 &
            exec 3<&- 1>&- 2>/dev/null
            wait $service
            end
            wait
            """;

    private final String command;
    private final Process process;
    private final Deque<String> last = new ArrayDeque<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final Cancellation ended = new Cancellation();
    private volatile boolean closing;

    private Service(String command, Process process) {
        this.command = command;
        this.process = process;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param command as a shell takes it
     * @param environment its variables
     * @param log gets what it writes to standard error
     * @param context how long it may take to be ready, and what ends the waiting
     * @throws TroupeException {@code INPUT_INVALID} when it ends before it is ready, {@code TIMEOUT}, {@code CANCELLED}; it
     *     does not run then
     */
    public static Service start(String command, Map<String, String> environment, Path log, CallContext context) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", GUARD, "sh", command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Service service;
        try {
            Files.createDirectories(log.toAbsolutePath().normalize().resolveSibling("."));
            builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            service = new Service(command, builder.start());
        } catch (IOException e) {
            throw new TroupeException(ErrorCode.STORAGE, "--service: cannot be started: " + e.getMessage(), null, e);
        }
        try {
            service.awaitReady(log, context);
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    private void awaitReady(Path log, CallContext context) {
        Thread.ofVirtual().name("service-output").start(this::read);
        try (Cancellation.Registration ignored = context.cancellation().onCancel(() -> ready.complete(false))) {
            boolean came = ready.get(context.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
            context.cancellation().throwIfCancelled();
            if (!came) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID,
                        "--service: " + command + " has ended (expected: a line with \"ready\" first)" + said(),
                        "what it wrote to standard error is in " + log);
            }
        } catch (TimeoutException e) {
            throw new TroupeException(
                    ErrorCode.TIMEOUT,
                    "--service: " + command + ": no line with \"ready\" in time" + said(),
                    "what it wrote to standard error is in " + log,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "cancelled: interrupted", null, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads for as long as it runs: a full pipe would stop it. */
    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                if (READY.matcher(line).find()) {
                    ready.complete(true);
                }
            }
        } catch (IOException e) {
            // It has ended; that is said below.
        }
        ready.complete(false);
        if (!closing) {
            ended.cancel("the service has ended");
        }
    }

    private synchronized void keep(String line) {
        last.add(line);
        if (last.size() > LINES_KEPT) {
            last.remove();
        }
    }

    private synchronized String said() {
        return last.isEmpty() ? "" : "; it said: " + String.join(" / ", List.copyOf(last));
    }

    /** Is thrown when it ends by itself: what is asked from then on says nothing of a team. */
    public Cancellation ended() {
        return ended;
    }

    /** What a run came to that it has ended by its own end. */
    public TroupeException failure(TroupeException stopped) {
        return new TroupeException(
                ErrorCode.INPUT_INVALID,
                "--service: " + command + " has ended (expected: to run until it is ended)" + said(),
                "the results so far are kept; run it again",
                stopped);
    }

    /** Ends it and everything that it has started, and waits for that. */
    @Override
    public void close() {
        closing = true;
        try (OutputStream hold = process.getOutputStream()) {
            hold.flush();
        } catch (IOException e) {
            // The guard has ended already.
        }
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
