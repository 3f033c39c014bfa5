package dev.troupe.agents.expert;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.onnx.NativeThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The loaded model of one expert: opens it, runs batches on the machine's native threads, and is restarted with a growing
 * pause when it cannot be opened, hangs, or fails time and again. The host is told before each restart.
 */
final class ExpertSession extends AbstractMatchingBehavior<ExpertSession.Command> {
    sealed interface Command {}

    /** Run these pieces, of one shape. The number is the host's. */
    record Run(long number, List<Expert.Piece> pieces) implements Command {
        Run {
            pieces = List.copyOf(pieces);
        }
    }

    private record Opened(Object opening, Expert expert) implements Command {}

    private record NotOpened(Object opening, Throwable cause) implements Command {}

    private record Ended(long number, List<Expert.Result> results) implements Command {}

    private record RunFailed(long number, Throwable cause) implements Command {}

    private record Overdue(long number) implements Command {}

    private enum Late implements Command {
        LOAD
    }

    private final TimerScheduler<Command> timers;
    private final NativeThreads threads;
    private final ExpertLimits limits;
    private final ActorRef<ExpertActor.Command> host;
    private final NativeThreads.Run<Expert> opening;
    private final Map<Long, NativeThreads.Run<List<Expert.Result>>> running = new HashMap<>();
    private @Nullable Expert expert;
    private int failures;

    private ExpertSession(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Supplier<Expert> open,
            NativeThreads threads,
            ExpertLimits limits,
            ActorRef<ExpertActor.Command> host) {
        super(context);
        this.timers = timers;
        this.threads = threads;
        this.limits = limits;
        this.host = host;
        this.opening = threads.submit(open::get);
        timers.startSingleTimer(Late.LOAD, limits.longestLoad());
        NativeThreads.Run<Expert> own = opening;
        context.pipeToSelf(
                own.result(),
                (opened, cause) -> opened != null ? new Opened(own, opened) : new NotOpened(own, root(cause)));
    }

    static Behavior<Command> create(
            Supplier<Expert> open, NativeThreads threads, ExpertLimits limits, ActorRef<ExpertActor.Command> host) {
        Behavior<Command> session = Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new ExpertSession(context, timers, open, threads, limits, host)));
        return Behaviors.supervise(session)
                .onFailure(SupervisorStrategy.restartWithBackoff(limits.firstPause(), limits.longestPause(), 0.1)
                        .withResetBackoffAfter(limits.longestPause())
                        // The host says in one line what happened.
                        .withLoggingEnabled(false));
    }

    /** Ends this incarnation. */
    static final class SessionFailed extends RuntimeException {
        SessionFailed(TroupeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return switch (command) {
            case Opened opened -> opened(opened);
            case NotOpened not -> notOpened(not);
            case Late late ->
                throw failed(
                        new TroupeException(
                                ErrorCode.MODEL_UNAVAILABLE,
                                "loading: not done after " + limits.longestLoad() + " (expected: less)",
                                null),
                        true,
                        null);
            case Run run -> run(run);
            case Ended ended -> ended(ended);
            case RunFailed failed -> runFailed(failed);
            case Overdue overdue -> overdue(overdue.number());
        };
    }

    private Behavior<Command> opened(Opened opened) {
        if (opened.opening() == opening) {
            timers.cancel(Late.LOAD);
            expert = opened.expert();
            host.tell(new ExpertActor.Opened(opened.expert()));
        }
        return this;
    }

    /** What an earlier incarnation waited for does not concern this one. */
    private Behavior<Command> notOpened(NotOpened not) {
        if (not.opening() == opening) {
            throw failed(unavailable(not.cause()), true, null);
        }
        return this;
    }

    private Behavior<Command> run(Run run) {
        Expert loaded = expert;
        if (loaded == null) {
            // Sent while the session before this one failed.
            host.tell(new ExpertActor.NotRun(run.number()));
            return this;
        }
        NativeThreads.Run<List<Expert.Result>> work = threads.submit(() -> loaded.run(run.pieces()));
        running.put(run.number(), work);
        timers.startSingleTimer(run.number(), new Overdue(run.number()), limits.longestRun());
        getContext()
                .pipeToSelf(
                        work.result(),
                        (results, cause) -> results != null
                                ? new Ended(run.number(), results)
                                : new RunFailed(run.number(), root(cause)));
        return this;
    }

    private Behavior<Command> ended(Ended ended) {
        if (over(ended.number())) {
            boolean sound = ended.results().stream().allMatch(Expert.Result::isSound);
            count(sound, new ExpertActor.Ran(ended.number(), ended.results()));
        }
        return this;
    }

    private Behavior<Command> runFailed(RunFailed failed) {
        if (over(failed.number())) {
            if (failed.cause() instanceof TroupeException known) {
                count(false, new ExpertActor.Broke(failed.number(), known));
            } else {
                TroupeException cause = new TroupeException(
                        ErrorCode.PROVIDER_FAILED,
                        "the model crashed: " + failed.cause() + " (expected: a result)",
                        null,
                        failed.cause());
                throw failed(cause, false, new ExpertActor.Broke(failed.number(), cause));
            }
        }
        return this;
    }

    private Behavior<Command> overdue(long number) {
        NativeThreads.Run<List<Expert.Result>> work = running.remove(number);
        if (work == null) {
            return this;
        }
        work.abandon();
        TroupeException cause = new TroupeException(
                ErrorCode.PROVIDER_FAILED,
                "the model hangs: no result after " + text(limits.longestRun()) + " (expected: less)",
                null);
        throw failed(cause, false, new ExpertActor.Broke(number, cause));
    }

    private static String text(Duration duration) {
        return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }

    private boolean over(long number) {
        timers.cancel(number);
        return running.remove(number) != null;
    }

    /** A session whose runs fail one after the other is suspected itself. */
    private void count(boolean succeeded, ExpertActor.Command report) {
        failures = succeeded ? 0 : failures + 1;
        if (failures >= limits.failuresInARow()) {
            throw failed(
                    new TroupeException(
                            ErrorCode.PROVIDER_FAILED,
                            "the model failed " + failures + " times in a row (expected: results)",
                            null),
                    false,
                    report);
        }
        host.tell(report);
    }

    /** Tells the host that this session ends before anything at which it might send the next batch. */
    private SessionFailed failed(TroupeException cause, boolean loading, ExpertActor.@Nullable Command report) {
        host.tell(new ExpertActor.Down(cause, loading));
        if (report != null) {
            host.tell(report);
        }
        running.forEach((number, work) -> {
            work.abandon();
            host.tell(new ExpertActor.NotRun(number));
        });
        running.clear();
        return new SessionFailed(cause);
    }

    private static TroupeException unavailable(Throwable cause) {
        return cause instanceof TroupeException known
                ? known
                : new TroupeException(ErrorCode.MODEL_UNAVAILABLE, "the model cannot be loaded: " + cause, null, cause);
    }

    private static Throwable root(Throwable cause) {
        return cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PreRestart || signal instanceof PostStop) {
            release();
            return this;
        }
        return Behaviors.unhandled();
    }

    private void release() {
        Expert loaded = expert;
        if (loaded != null) {
            loaded.interrupt();
            loaded.close();
        } else {
            CompletableFuture<Void> unused = opening.result().thenAccept(Expert::close);
            opening.abandon();
        }
        running.values().forEach(NativeThreads.Run::abandon);
    }
}
