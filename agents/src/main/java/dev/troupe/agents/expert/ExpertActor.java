package dev.troupe.agents.expert;

import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.onnx.NativeThreads;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Value;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Hosts one expert. Requests are pre-processed on virtual threads, their pieces gather into batches of one shape, and
 * the batches run in {@link ExpertSession}, which may fail and be opened anew while requests wait here. Each request ends
 * at its deadline at the latest. Whoever asks several times gets the answers in the order of the requests, unless a deadline
 * is up.
 */
public final class ExpertActor extends AbstractMatchingBehavior<ExpertActor.Command> {
    /** What it understands. Local only: pictures and sounds travel as they are. */
    public sealed interface Command {}

    /** Do the task with these inputs. */
    public record Apply(Inputs inputs, String tenant, Deadline deadline, ActorRef<Outcome> replyTo)
            implements Command {}

    /** Whoever asked no longer wants the answers; what has not begun is dropped, and they are told so. */
    public record Withdraw(ActorRef<Outcome> asker) implements Command {}

    /** How does it stand? */
    public record Describe(ActorRef<ExpertHealth> replyTo) implements Command {}

    record Opened(Expert expert) implements Command {}

    record Down(TroupeException cause, boolean loading) implements Command {}

    record Ran(long batch, List<Expert.Result> results) implements Command {}

    record Broke(long batch, TroupeException cause) implements Command {}

    record NotRun(long batch) implements Command {}

    private record Prepared(ExpertRequest request, Expert.Prepared prepared) implements Command {}

    private record Finished(ExpertRequest request, Value value) implements Command {}

    private record Refused(ExpertRequest request, Throwable cause) implements Command {}

    private record Expired(ExpertRequest request) implements Command {}

    private enum Due implements Command {
        BATCH
    }

    /** How a request came out. */
    public sealed interface Outcome {}

    /**
     * The answer.
     *
     * @param wall from arrival to answer
     */
    public record Applied(Value value, Duration wall) implements Outcome {}

    /** No answer, why, and what to do about it. */
    public record Failed(
            ErrorCode code, String message, @Nullable String hint) implements Outcome {}

    private static final Executor VIRTUAL =
            work -> Thread.ofVirtual().name("expert-request").start(work);

    private final String name;
    private final ExpertLimits limits;
    private final TimerScheduler<Command> timers;
    private final ActorRef<ExpertSession.Command> session;
    private final Map<ActorRef<Outcome>, Deque<ExpertRequest>> byAsker = new LinkedHashMap<>();
    private final Deque<ExpertRequest> unprepared = new ArrayDeque<>();
    private final Map<Long, List<BatchQueue.Waiting>> running = new HashMap<>();
    private final ExpertHealth.Counter health;
    private BatchQueue queue;
    private @Nullable Expert expert;
    private @Nullable TroupeException notLoaded;
    private int underWay;
    private long requests;
    private long batches;

    private ExpertActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String name,
            Supplier<Expert> open,
            NativeThreads threads,
            ExpertLimits limits) {
        super(context);
        this.name = name;
        this.timers = timers;
        this.limits = limits;
        this.queue = new BatchQueue(limits.batchSize(), limits.longestWait().toNanos());
        this.health = new ExpertHealth.Counter(name);
        this.session = context.spawn(ExpertSession.create(open, threads, limits, context.getSelf()), "session");
    }

    /**
     * An expert that begins to load at once.
     *
     * @param name of the expert in the team, for messages
     * @param open loads the model; called again after each failure; may throw {@link TroupeException}
     * @param threads shared with all other experts of this process
     */
    public static Behavior<Command> create(
            String name, Supplier<Expert> open, NativeThreads threads, ExpertLimits limits) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new ExpertActor(context, timers, name, open, threads, limits)));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Apply apply -> apply(apply);
            case Withdraw withdraw -> withdraw(withdraw.asker());
            case Describe describe ->
                describe.replyTo().tell(health.read(expert, notLoaded, underWay, queue.waiting()));
            case Opened opened -> opened(opened.expert());
            case Down down -> down(down);
            case Prepared ready -> prepared(ready);
            case Ran ran -> ran(ran);
            case Broke broke -> broke(broke);
            case NotRun not -> notRun(not.batch());
            case Finished finished ->
                end(
                        finished.request(),
                        new Applied(
                                finished.value(),
                                Duration.ofNanos(finished.request().ageNanos())));
            case Refused refused -> end(refused.request(), failure(refused.cause()));
            case Expired expired -> expired(expired.request());
            case Due due -> dispatch();
        }
        return this;
    }

    private void apply(Apply apply) {
        TroupeException missing = notLoaded;
        if (underWay >= limits.queue()) {
            health.refused();
            apply.replyTo()
                    .tell(new Failed(
                            ErrorCode.OVERLOADED,
                            "expert %s: %d requests under way (expected: fewer)".formatted(name, underWay),
                            "try again in some seconds"));
        } else if (apply.deadline().hasPassed()) {
            health.refused();
            apply.replyTo().tell(timeout());
        } else if (missing != null) {
            health.failed();
            apply.replyTo().tell(failure(missing));
        } else {
            accept(new ExpertRequest(requests++, apply));
        }
    }

    private void accept(ExpertRequest request) {
        underWay++;
        byAsker.computeIfAbsent(request.replyTo(), asker -> new ArrayDeque<>()).addLast(request);
        timers.startSingleTimer(
                request, new Expired(request), request.deadline().remaining());
        Expert loaded = expert;
        if (loaded == null) {
            unprepared.addLast(request);
        } else {
            prepare(request, loaded);
        }
    }

    private void prepare(ExpertRequest request, Expert loaded) {
        getContext()
                .pipeToSelf(
                        CompletableFuture.supplyAsync(() -> loaded.prepare(request.inputs()), VIRTUAL),
                        (ready, cause) ->
                                ready != null ? new Prepared(request, ready) : new Refused(request, root(cause)));
    }

    private void prepared(Prepared ready) {
        ExpertRequest request = ready.request();
        request.prepared(ready.prepared());
        if (!request.hasEnded()) {
            long now = System.nanoTime();
            for (int i = 0; i < ready.prepared().pieces().size(); i++) {
                queue.add(new BatchQueue.Waiting(request, i, now, false));
            }
            dispatch();
        }
    }

    private void opened(Expert loaded) {
        expert = loaded;
        notLoaded = null;
        health.opened();
        getContext().getLog().info("expert {}: runs on {}", name, loaded.placement());
        BatchQueue earlier = queue;
        queue = new BatchQueue(
                Math.min(limits.batchSize(), loaded.mostPieces()),
                loaded.mostPieces() == 1 ? 0 : limits.longestWait().toNanos());
        earlier.moveTo(queue);
        while (!unprepared.isEmpty()) {
            prepare(unprepared.removeFirst(), loaded);
        }
        dispatch();
    }

    /** Requests wait for a session that crashed; one that cannot be loaded keeps nobody waiting. */
    private void down(Down down) {
        expert = null;
        getContext().getLog().warn("expert {}: {}", name, down.cause().getMessage());
        health.down();
        if (down.loading()) {
            notLoaded = down.cause();
            unprepared.clear();
            Failed failed = failure(down.cause());
            List.copyOf(byAsker.values()).forEach(row -> List.copyOf(row).forEach(request -> end(request, failed)));
        }
    }

    private void dispatch() {
        Expert loaded = expert;
        while (loaded != null && running.size() < limits.runners()) {
            List<BatchQueue.Waiting> batch = queue.take(System.nanoTime());
            if (batch.isEmpty()) {
                OptionalLong due = queue.dueNanos();
                due.ifPresent(at -> timers.startSingleTimer(
                        Due.BATCH, Due.BATCH, Duration.ofNanos(Math.max(0, at - System.nanoTime()))));
                return;
            }
            long number = batches++;
            running.put(number, batch);
            session.tell(new ExpertSession.Run(
                    number, batch.stream().map(BatchQueue.Waiting::piece).toList()));
        }
    }

    private void ran(Ran ran) {
        List<BatchQueue.Waiting> batch = running.remove(ran.batch());
        if (batch != null) {
            health.ran(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                result(batch.get(i), ran.results().get(i));
            }
        }
        dispatch();
    }

    private void result(BatchQueue.Waiting waiting, Expert.Result result) {
        ExpertRequest request = waiting.request();
        if (request.hasEnded()) {
            return;
        }
        if (!result.isSound()) {
            end(request, failure(Expert.unsound(request.inputs().task())));
        } else if (request.result(waiting.index(), result)) {
            getContext()
                    .pipeToSelf(
                            CompletableFuture.supplyAsync(
                                    () -> request.prepared().finish().apply(request.results()), VIRTUAL),
                            (value, cause) ->
                                    value != null ? new Finished(request, value) : new Refused(request, root(cause)));
        }
    }

    /** Which of several pieces is to blame shows when each runs by itself. */
    private void broke(Broke broke) {
        List<BatchQueue.Waiting> batch = running.remove(broke.batch());
        if (batch != null) {
            for (BatchQueue.Waiting waiting : batch) {
                if (batch.size() == 1) {
                    end(waiting.request(), failure(broke.cause()));
                } else if (!waiting.request().hasEnded()) {
                    queue.add(new BatchQueue.Waiting(waiting.request(), waiting.index(), waiting.sinceNanos(), true));
                }
            }
        }
        dispatch();
    }

    private void notRun(long number) {
        List<BatchQueue.Waiting> batch = running.remove(number);
        if (batch != null) {
            batch.stream().filter(waiting -> !waiting.request().hasEnded()).forEach(waiting -> queue.add(waiting));
        }
        dispatch();
    }

    private void expired(ExpertRequest request) {
        end(request, timeout());
        // It may have its answer and wait for an earlier one of the same asker: no longer.
        reply(request);
        unprepared.remove(request);
        queue.dropEnded();
    }

    private void withdraw(ActorRef<Outcome> asker) {
        Deque<ExpertRequest> row = byAsker.get(asker);
        if (row != null) {
            Failed cancelled = new Failed(ErrorCode.CANCELLED, "expert " + name + ": the request was withdrawn", null);
            for (ExpertRequest request : List.copyOf(row)) {
                // It is no failure of the expert's.
                if (request.end(cancelled)) {
                    unprepared.remove(request);
                }
                reply(request);
            }
            queue.dropEnded();
        }
    }

    private void end(ExpertRequest request, Outcome outcome) {
        if (!request.end(outcome)) {
            return;
        }
        if (outcome instanceof Applied applied) {
            health.answered(applied.wall());
        } else {
            health.failed();
        }
        Deque<ExpertRequest> row = byAsker.get(request.replyTo());
        while (row != null && !row.isEmpty() && row.getFirst().hasEnded()) {
            reply(row.getFirst());
        }
    }

    private void reply(ExpertRequest request) {
        if (request.hasReplied()) {
            return;
        }
        underWay--;
        timers.cancel(request);
        byAsker.computeIfPresent(request.replyTo(), (asker, row) -> {
            row.remove(request);
            return row.isEmpty() ? null : row;
        });
        request.reply();
    }

    private Failed timeout() {
        return new Failed(ErrorCode.TIMEOUT, "expert " + name + ": the deadline has passed", null);
    }

    private Failed failure(Throwable cause) {
        if (cause instanceof TroupeException known) {
            return new Failed(known.code(), "expert " + name + ": " + known.getMessage(), known.hint());
        }
        return new Failed(ErrorCode.PROVIDER_FAILED, "expert " + name + ": " + cause + " (expected: an answer)", null);
    }

    private static Throwable root(Throwable cause) {
        return cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        return Behaviors.unhandled();
    }
}
