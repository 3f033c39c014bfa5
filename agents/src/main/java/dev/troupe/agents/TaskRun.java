package dev.troupe.agents;

import dev.troupe.agents.EffectRunner.Performed;
import dev.troupe.agents.graph.GraphRun;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.planner.ladder.Decision;
import dev.troupe.planner.ladder.Effect;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Happened;
import dev.troupe.tools.code.HostCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * One task: asks the planner what to do, has it done on a virtual thread, and goes on with what came of it, until the
 * planner says that it is over and the journal holds it.
 */
final class TaskRun extends AbstractMatchingBehavior<TaskRun.Command> {
    /** Longer than the journal itself waits for its disk. */
    private static final Duration STORE_WAIT = Duration.ofSeconds(65);

    /** Of the time that is left, in percent. */
    private static final int SHARE_OF_TASKS = 85;

    sealed interface Command {}

    /** Stop working on it. */
    record Cancel(String why) implements Command {}

    private record LookedUp(Job job) implements Command {}

    private record NoLookUp(Throwable failure) implements Command {}

    private record Came(Performed performed) implements Command {}

    /** What no code expected: thrown on, so that whoever supervises this task learns of it. */
    private record Broke(Throwable failure) implements Command {}

    private record GraphStopped() implements Command {}

    private record TimeIsUp() implements Command {}

    private record GraceIsOver() implements Command {}

    private record Kept(JournalKeeper.Reply reply) implements Command {}

    private record NotKept() implements Command {}

    private final TeamSetup setup;
    private final TeamActors actors;
    private final Runnable whenReplied;
    private final TimerScheduler<Command> timers;
    private final ActorRef<JournalKeeper.Reply> kept;
    private final Cancellation cancellation = new Cancellation();
    private final EffectRunner runner;
    private final long startNanos = System.nanoTime();
    private final List<Happened> history = new ArrayList<>();
    private final List<Long> walls = new ArrayList<>();
    private final TreeSet<String> artifacts = new TreeSet<>();
    private final List<HostCalls> calls = new ArrayList<>();
    // With its plan as of the conversation and with its files, once these were looked up.
    private Job job;
    private @Nullable Thread working;
    private boolean graphRuns;
    private Cancellation.Registration cancelGraph = () -> {};
    private @Nullable String cancelled;
    private boolean timeIsUp;
    // Set once the planner's last word is known: from then on the task is being stored.
    private @Nullable Outcome outcome;

    private TaskRun(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            TeamSetup setup,
            Job job,
            TeamActors actors,
            Runnable whenReplied) {
        super(context);
        this.setup = setup;
        this.job = job;
        this.actors = actors;
        this.whenReplied = whenReplied;
        this.timers = timers;
        this.kept = context.messageAdapter(JournalKeeper.Reply.class, Kept::new);
        // What a part spends is counted with the whole.
        this.runner = new EffectRunner(
                setup,
                job,
                new CallContext(job.place().root(), job.ask().tenant(), job.deadline(), cancellation),
                actors);
    }

    /** @param whenReplied runs on the actor's thread after the asker got the outcome */
    static Behavior<Command> create(TeamSetup setup, Job job, TeamActors actors, Runnable whenReplied) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new TaskRun(context, timers, setup, job, actors, whenReplied).begin()));
    }

    private Behavior<Command> begin() {
        if (!job.isPart()) {
            announceToJournal();
        }
        timers.startSingleTimer(new TimeIsUp(), job.deadline().remaining());
        lookUp();
        return this;
    }

    private void announceToJournal() {
        actors.keeper()
                .tell(new JournalKeeper.Begin(
                        new Entry.TaskStarted(
                                job.task(),
                                job.ask().tenant(),
                                setup.team(),
                                job.agent(),
                                job.ask().conversation(),
                                job.question()),
                        kept));
    }

    /** Looks up what was said in the conversation before, on the disk: the turn before was stored by now. */
    private void lookUp() {
        CompletableFuture<Job> told = new CompletableFuture<>();
        Thread.ofVirtual().name("conversation").start(() -> {
            try {
                told.complete(runner.lookedUp());
            } catch (Throwable e) {
                told.completeExceptionally(e);
            }
        });
        getContext()
                .pipeToSelf(told, (found, failure) -> failure == null ? new LookedUp(found) : new NoLookUp(failure));
    }

    private Behavior<Command> lookedUp(Job found) {
        if (outcome != null) {
            return this;
        }
        job = found;
        String why = cancelled;
        return why == null ? decide() : store(stopped(why));
    }

    private Behavior<Command> noLookUp(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TroupeException known
                && (known.code() == ErrorCode.INPUT_INVALID || known.code() == ErrorCode.NOT_FOUND)) {
            String hint = known.hint() == null ? "" : "; " + known.hint();
            return store(new Outcome.Failed(known.code(), known.getMessage() + hint));
        }
        return cause instanceof TroupeException known
                ? fail(known.code(), String.valueOf(known.getMessage()))
                : fail(ErrorCode.INTERNAL, "conversation: " + cause);
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return switch (command) {
            case LookedUp lookedUp -> lookedUp(lookedUp.job());
            case NoLookUp none -> noLookUp(none.failure());
            case Came came -> came(came.performed());
            case Broke broke ->
                throw new IllegalStateException("task " + job.task() + ": " + broke.failure(), broke.failure());
            case Cancel cancel -> cancel(cancel.why());
            case GraphStopped stopped -> {
                if (graphRuns) {
                    throw new IllegalStateException("task " + job.task() + ": its graph stopped without results");
                }
                yield this;
            }
            case TimeIsUp over -> timeIsUp();
            case GraceIsOver over -> graceIsOver();
            case Kept reply -> kept(reply.reply());
            case NotKept none ->
                fail(ErrorCode.STORAGE, "the journal did not answer in " + STORE_WAIT.toSeconds() + " s");
        };
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PostStop) {
            // Whatever is still under way has lost its task.
            cancellation.cancel("the task is over");
            return this;
        }
        return Behaviors.unhandled();
    }

    private Behavior<Command> decide() {
        Decision decision = job.plan()
                .next(
                        job.question(),
                        history,
                        job.ask().budget(),
                        job.deadline().remaining());
        announce(decision);
        return switch (decision.effect()) {
            case Effect.Finish finish -> store(finish.outcome());
            case Effect.RunGraph graph -> {
                runGraph(graph);
                yield this;
            }
            default -> {
                perform(decision.effect());
                yield this;
            }
        };
    }

    private void perform(Effect effect) {
        CompletableFuture<Performed> result = new CompletableFuture<>();
        working = Thread.ofVirtual().name("task-" + job.task()).start(() -> {
            try {
                result.complete(runner.perform(effect));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        getContext()
                .pipeToSelf(result, (performed, failure) -> failure == null ? new Came(performed) : new Broke(failure));
    }

    private void runGraph(Effect.RunGraph effect) {
        ActorRef<Command> self = getContext().getSelf();
        long start = System.nanoTime();
        SubTasks parts = new SubTasks(setup, job, actors);
        GraphRun.Means means = new GraphRun.Means(
                actors.experts(),
                parts,
                job.files(),
                setup.planning().limits(),
                job.ask().tenant(),
                progress -> job.publish(Events.of(progress)));
        // What is left is for the answer, and for storing it.
        Duration time = job.deadline().remaining().multipliedBy(SHARE_OF_TASKS).dividedBy(100);
        ActorRef<GraphRun.Command> graph = getContext()
                .spawn(
                        GraphRun.create(
                                effect.request(),
                                means,
                                Deadline.after(time),
                                results -> self.tell(new Came(new Performed(
                                        new Happened.GraphRan(effect, results, parts.receipts()),
                                        (System.nanoTime() - start) / 1_000_000,
                                        List.of(),
                                        List.of())))),
                        "graph-" + history.size());
        graphRuns = true;
        getContext().watchWith(graph, new GraphStopped());
        cancelGraph = cancellation.onCancel(() -> graph.tell(new GraphRun.Cancel(String.valueOf(cancelled))));
    }

    private Behavior<Command> came(Performed performed) {
        if (performed.happened() instanceof Happened.GraphRan) {
            graphRuns = false;
            cancelGraph.close();
        }
        if (outcome != null) {
            // It came back after its task had ended without it.
            return this;
        }
        working = null;
        history.add(performed.happened());
        walls.add(performed.wallMillis());
        performed.artifacts().forEach(path -> artifacts.add(path.toString()));
        calls.addAll(performed.calls());
        Events.of(performed.happened()).ifPresent(job::publish);
        String why = cancelled;
        return why == null ? decide() : store(stopped(why));
    }

    private void announce(Decision decision) {
        Events.of(job.plan(), job.question(), decision, history).forEach(job::publish);
    }

    private Behavior<Command> cancel(String why) {
        if (outcome == null && cancelled == null) {
            cancelled = why;
            timers.startSingleTimer(new GraceIsOver(), setup.bounds().cancelGrace());
            cancellation.cancel(why);
        }
        return this;
    }

    private Behavior<Command> timeIsUp() {
        timeIsUp = cancelled == null;
        return cancel("the task's time is used up");
    }

    /** What was cancelled did not come back: the task ends without it. */
    private Behavior<Command> graceIsOver() {
        String why = cancelled;
        if (outcome != null || why == null) {
            return this;
        }
        Thread still = working;
        if (still != null) {
            still.interrupt();
        }
        return store(stopped(why));
    }

    private Outcome stopped(String why) {
        return timeIsUp
                ? new Outcome.Unsolved(why, ErrorCode.TIMEOUT, null)
                : new Outcome.Failed(ErrorCode.CANCELLED, why);
    }

    private Behavior<Command> store(Outcome ended) {
        outcome = ended;
        long wallMillis = (System.nanoTime() - startNanos) / 1_000_000;
        TaskRecord record = Records.of(
                setup, job, new Records.Course(history, walls, List.copyOf(artifacts), calls, wallMillis), ended);
        if (job.isPart()) {
            // Its whole holds it, and is stored when it ends.
            return reply(record);
        }
        timers.startSingleTimer(new NotKept(), STORE_WAIT);
        actors.keeper()
                .tell(new JournalKeeper.End(
                        record,
                        record.solvedByReplay() ? record.replayed() : Events.shown(job.plan(), job.question(), history),
                        Helped.of(job, history, ended),
                        kept));
        return this;
    }

    private Behavior<Command> kept(JournalKeeper.Reply reply) {
        return switch (reply) {
            case JournalKeeper.Stored stored -> reply(stored.record());
            case JournalKeeper.Unstorable unstorable -> fail(unstorable.code(), unstorable.message());
        };
    }

    private Behavior<Command> reply(TaskRecord record) {
        Outcome ended = outcome;
        if (ended == null) {
            throw new IllegalStateException("task " + job.task() + ": stored (expected: after its end)");
        }
        return close(
                record.outcome(),
                record.answer(),
                record.verified(),
                Events.why(ended),
                switch (ended) {
                    case Outcome.Solved solved -> answered(record);
                    case Outcome.Unsolved unsolved ->
                        new Agent.Failed(
                                job.task(), unsolved.ranOut(), unsolved.why(), null, unsolved.bestGuess(), record);
                    case Outcome.Failed failed ->
                        failed.code() == ErrorCode.CANCELLED
                                ? new Agent.Cancelled(job.task(), failed.message(), record)
                                : new Agent.Failed(job.task(), failed.code(), failed.message(), null, null, record);
                });
    }

    private Agent.Answered answered(TaskRecord record) {
        return history.getLast() instanceof Happened.ModelAnswered last
                ? new Agent.Answered(
                        record, last.response().toolCalls(), last.response().finishReason())
                : new Agent.Answered(record);
    }

    /** Without the journal nothing may be acknowledged. */
    private Behavior<Command> fail(ErrorCode code, String message) {
        return close("failed", "", Judge.NONE, message, new Agent.Failed(job.task(), code, message, null, null, null));
    }

    private Behavior<Command> close(String label, String answer, Judge verified, String why, Agent.Outcome last) {
        job.publish(new TaskEvent.Finished(label, answer, verified, why));
        job.ask().replyTo().tell(last);
        whenReplied.run();
        return Behaviors.stopped();
    }
}
