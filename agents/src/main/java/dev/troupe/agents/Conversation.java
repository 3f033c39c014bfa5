package dev.troupe.agents;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.planner.ladder.Effect.Outcome;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation: its tasks share a work folder, and one is worked on at a time. Asks to be ended when it has been idle
 * for a while.
 */
final class Conversation extends AbstractMatchingBehavior<Conversation.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    sealed interface Command {}

    /** Work on this; the one before is over. */
    record Start(Job job) implements Command {}

    /** Stop working on the task. */
    record CancelTask(String task, String why) implements Command {}

    private record TaskStopped(String task) implements Command {}

    private enum Idle implements Command {
        LONG_ENOUGH
    }

    /**
     * Whose conversation it is.
     *
     * @param id as the asker named it
     */
    record Key(String tenant, String id) {}

    /** What its team is told. */
    sealed interface Notice {
        Key key();
    }

    /** A task is over and answered. */
    record TaskOver(Key key, String task) implements Notice {}

    /** Nothing was asked for a while. */
    record LongIdle(Key key) implements Notice {}

    private final TeamSetup setup;
    private final Key key;
    private final TeamActors actors;
    private final Consumer<Notice> team;
    private @Nullable Job job;
    private @Nullable ActorRef<TaskRun.Command> run;
    private boolean replied;

    private Conversation(
            ActorContext<Command> context, TeamSetup setup, Key key, TeamActors actors, Consumer<Notice> team) {
        super(context);
        this.setup = setup;
        this.key = key;
        this.actors = actors;
        this.team = team;
    }

    /** @param team gets notices, on this actor's thread */
    static Behavior<Command> create(TeamSetup setup, Key key, TeamActors actors, Consumer<Notice> team) {
        return Behaviors.setup(context -> new Conversation(context, setup, key, actors, team).waiting());
    }

    private Behavior<Command> waiting() {
        getContext().setReceiveTimeout(setup.bounds().idle(), Idle.LONG_ENOUGH);
        return this;
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return switch (command) {
            case Start start -> start(start.job());
            case CancelTask cancel -> {
                if (run != null && job != null && job.task().equals(cancel.task())) {
                    run.tell(new TaskRun.Cancel(cancel.why()));
                }
                yield this;
            }
            case TaskStopped stopped -> taskStopped(stopped.task());
            case Idle idle -> {
                if (job == null) {
                    team.accept(new LongIdle(key));
                }
                yield this;
            }
        };
    }

    private Behavior<Command> start(Job started) {
        if (job != null) {
            throw new IllegalStateException("conversation " + key + ": busy (expected: one task at a time)");
        }
        getContext().cancelReceiveTimeout();
        job = started;
        replied = false;
        // Its fault is its own: it is answered for below, and never started again by itself.
        run = getContext()
                .spawn(
                        Behaviors.supervise(TaskRun.create(setup, started, actors, () -> replied = true))
                                .onFailure(SupervisorStrategy.stop()),
                        "task-" + started.task());
        getContext().watchWith(run, new TaskStopped(started.task()));
        return this;
    }

    private Behavior<Command> taskStopped(String task) {
        Job over = job;
        if (over == null || !over.task().equals(task)) {
            return this;
        }
        job = null;
        run = null;
        if (!replied) {
            died(over);
        }
        team.accept(new TaskOver(key, task));
        return waiting();
    }

    /** The task's actor has failed: a fault of ours. The asker is told, and the journal too. */
    private void died(Job dead) {
        String message = "task " + dead.task() + ": a fault of Troupe's own; the log has the details";
        TaskRecord record =
                Records.of(setup, dead, Records.Course.NONE, new Outcome.Failed(ErrorCode.INTERNAL, message));
        if (!dead.isPart()) {
            actors.keeper()
                    .tell(new JournalKeeper.End(
                            record, null, null, getContext().getSystem().ignoreRef()));
        }
        dead.publish(new TaskEvent.Finished("failed", "", Judge.NONE, message));
        dead.ask().replyTo().tell(new Agent.Failed(dead.task(), ErrorCode.INTERNAL, message, null, null, record));
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PostStop) {
            Thread.ofVirtual().name("work-folder").start(() -> {
                try {
                    setup.workFolders().close(key.tenant(), key.id());
                } catch (RuntimeException e) {
                    LOG.warn("conversation {}: its work folder could not be closed", key.id(), e);
                }
            });
            return this;
        }
        return Behaviors.unhandled();
    }
}
