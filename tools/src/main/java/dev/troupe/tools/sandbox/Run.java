package dev.troupe.tools.sandbox;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeResult.End;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One program from its start to the end of all that it started. One thread watches it; any thread may cancel it. */
final class Run {
    private static final int SIGXFSZ_EXIT = 128 + 25;
    private static final int SIGNALLED = 128;
    private static final long END_WAIT_MILLIS = 5_000;

    private final Process process;
    private final Launch launch;
    private final Set<Defence> defences;
    private final @Nullable ControlGroup group;
    private final OutputCollector output;
    private final @Nullable PreludeMark mark;
    private final Status status = new Status();
    private final CountDownLatch read = new CountDownLatch(2);
    private final long mostOutput;
    private volatile boolean cancelled;
    private volatile boolean overflowed;

    /** @param mark looks out for the end of a prelude, or null where there is none */
    Run(
            Launcher launcher,
            Launch launch,
            Set<Defence> defences,
            OutputCollector output,
            @Nullable PreludeMark mark,
            long mostOutput,
            Executor threads) {
        this.process = launcher.process();
        this.launch = launch;
        this.defences = defences;
        this.group = launcher.group();
        this.output = output;
        this.mark = mark;
        this.mostOutput = mostOutput;
        threads.execute(() -> pump(process.getInputStream(), this::printed));
        threads.execute(() -> pump(
                process.getErrorStream(),
                (bytes, length) -> status.append(new String(bytes, 0, length, StandardCharsets.UTF_8))));
    }

    /** How it ended. */
    record Ended(int exitCode, String output, End end, Duration wall) {}

    /** Ends it from outside. */
    void cancel() {
        cancelled = true;
        kill();
    }

    /**
     * Waits for the end, or brings it about.
     *
     * @throws TroupeException as {@link dev.troupe.tools.code.CodeExecutor#run} says
     */
    @SuppressWarnings("try") // The registration only has to be closed.
    Ended watch(Watch watch, CallContext context) throws InterruptedException {
        End end = null;
        try (Cancellation.Registration registration = context.cancellation().onCancel(this::cancel)) {
            while (!process.waitFor(watch.periodMillis(), TimeUnit.MILLISECONDS)) {
                if (end == null && !cancelled) {
                    end = breached(watch).orElse(null);
                }
                if (end != null || cancelled || context.deadline().hasPassed()) {
                    kill();
                }
            }
        } finally {
            if (process.isAlive()) {
                kill(); // The waiting was interrupted.
            }
            endAll();
        }
        Duration wall = Duration.ofNanos(watch.elapsedNanos());
        if (mark != null) {
            byte[] rest = mark.rest();
            output.append(rest, rest.length);
        }
        String kept = output.finish();
        if (cancelled || (context.deadline().hasPassed() && end == null)) {
            context.check();
            throw new TroupeException(ErrorCode.CANCELLED, "the sandbox was closed while a program ran", null);
        }
        int exitCode = status.exitCode().orElseGet(process::exitValue);
        if (end == null) {
            end = endedBy(watch, exitCode);
        }
        if (end == End.EXITED && launch.reports() && status.exitCode().isEmpty() && exitCode < SIGNALLED) {
            throw Unavailable.notStarted(status.complaints() + kept);
        }
        return new Ended(exitCode, kept, end, wall);
    }

    /** Whoever reads the output ends the run itself: a sample later, megabytes would have been printed. */
    private void printed(byte[] bytes, int length) {
        if (mark == null || mark.wasSeen()) {
            output.append(bytes, length);
        } else {
            byte[] rest = mark.without(bytes, length);
            output.append(rest, rest.length);
        }
        if (output.total() > mostOutput && !overflowed) {
            overflowed = true;
            kill();
        }
    }

    private Optional<End> breached(Watch watch) {
        if (overflowed) {
            return Optional.of(End.OUTPUT);
        }
        Optional<End> outside = watch.outside();
        OptionalLong root = root();
        return outside.isPresent() || root.isEmpty()
                ? outside
                : watch.inside(root.getAsLong(), launch.reports() ? 1 : 0);
    }

    /** A program can run into a limit and be gone before anyone looks. */
    private End endedBy(Watch watch, int exitCode) {
        if (overflowed) {
            return End.OUTPUT;
        }
        if (exitCode == SIGXFSZ_EXIT || (defences.contains(Defence.DISK_LIMIT) && watch.overfull())) {
            return End.DISK;
        }
        return watch.held().orElse(End.EXITED);
    }

    /** The root of what the program is: bubblewrap's first process inside, which takes all others with it. */
    private OptionalLong root() {
        return launch.reports() ? status.child() : OptionalLong.of(process.pid());
    }

    private void kill() {
        if (launch.reports()) {
            // Before bubblewrap has said who its child is, that child would wait for ever for a monitor that is dead.
            for (int i = 0; i < 200 && status.child().isEmpty() && process.isAlive(); i++) {
                LockSupport.parkNanos(1_000_000);
            }
            root().ifPresent(Run::kill);
        } else {
            Leftovers.of(process).forEach(Run::kill);
        }
        process.destroyForcibly();
    }

    /** Sees to it that nothing of the run lives on, and that all of its output is read. */
    private void endAll() throws InterruptedException {
        if (defences.contains(Defence.DIE_TOGETHER)) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_WAIT_MILLIS);
            List<Long> left = left();
            while (!left.isEmpty() && System.nanoTime() - until < 0) {
                left.forEach(Run::kill);
                LockSupport.parkNanos(300_000);
                left = left();
            }
        }
        if (!read.await(1, TimeUnit.SECONDS)) {
            close(process.getInputStream());
            close(process.getErrorStream());
        }
    }

    /**
     * Who is still there. bubblewrap's first process inside may take its milliseconds to take the namespaces down: once it
     * is alone it runs nothing of the program's, and nothing can be started any more.
     */
    private List<Long> left() {
        if (!launch.reports()) {
            return group == null ? Leftovers.of(process) : alive(group.members());
        }
        OptionalLong root = status.child();
        if (root.isEmpty() || ProcessTree.isGone(root.getAsLong())) {
            return List.of();
        }
        List<Long> tree = new ProcessTree(root.getAsLong()).pids();
        return tree.size() == 1 && !process.isAlive() ? List.of() : tree.subList(0, 1);
    }

    private static List<Long> alive(List<Long> pids) {
        return pids.stream().filter(pid -> !ProcessTree.isGone(pid)).toList();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private void pump(InputStream in, Sink sink) {
        byte[] buffer = new byte[16 * 1024];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sink.accept(buffer, n);
            }
        } catch (IOException e) {
            // Closed under us, since something held the pipe open beyond the end.
        } finally {
            read.countDown();
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // It was given up anyway.
        }
    }

    private interface Sink {
        void accept(byte[] bytes, int length);
    }
}
