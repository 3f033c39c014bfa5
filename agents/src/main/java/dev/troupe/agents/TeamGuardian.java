package dev.troupe.agents;

import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * A team: takes tasks on, as many as it has room for, and hands each to its conversation; every task that it took on is
 * answered. Ends its tasks before the actor system ends.
 */
public final class TeamGuardian extends AbstractMatchingBehavior<TeamGuardian.Command> {
    /** At least this much of the asker's time is kept for storing the end of a task. */
    private static final Duration STORING = Duration.ofMillis(50);

    private static final Duration STOP_WAIT = Duration.ofSeconds(14);
    private static final int MAX_EVENT_LOGS = 1_000;

    sealed interface Command {}

    private record Told(Agent.Command command) implements Command {}

    private record Noticed(Conversation.Notice notice) implements Command {}

    private record ConversationStopped(Conversation.Key key, String task) implements Command {}

    private record EventLogStopped(String task) implements Command {}

    private record WaitedTooLong(String task) implements Command {}

    private record Stop(ActorRef<Done> replyTo) implements Command {}

    private final TeamSetup setup;
    private final TimerScheduler<Command> timers;
    private final ActorRef<JournalKeeper.Command> keeper;
    private final TeamActors actors;
    private final Map<String, Job> waiting = new LinkedHashMap<>();
    private final Map<String, Job> running = new HashMap<>();
    // In the order of their last use, so that the one idle for longest goes first when there are too many.
    private final Map<Conversation.Key, Open> conversations = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, ActorRef<EventLog.Command>> eventLogs = new LinkedHashMap<>();
    private final List<ActorRef<Done>> stopping = new ArrayList<>();
    private long spawned;

    private TeamGuardian(ActorContext<Command> context, TimerScheduler<Command> timers, TeamSetup setup) {
        super(context);
        this.setup = setup;
        this.timers = timers;
        this.keeper = context.spawn(
                Behaviors.supervise(JournalKeeper.create(setup))
                        .onFailure(SupervisorStrategy.restartWithBackoff(
                                Duration.ofMillis(100), Duration.ofSeconds(5), 0.2)),
                "journal");
        this.actors = TeamActors.spawn(context, setup, keeper, context.messageAdapter(Agent.Command.class, Told::new));
    }

    /** The behaviour of a team; it may be the actor system's guardian or anybody's child. */
    public static Behavior<Agent.Command> create(TeamSetup setup) {
        Behavior<Command> team = Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            TeamGuardian guardian = new TeamGuardian(context, timers, setup);
            guardian.stopBeforeTheSystem();
            return guardian;
        }));
        return Behaviors.transformMessages(
                Agent.Command.class, team, match -> match.match(Agent.Command.class, Told::new));
    }

    private void stopBeforeTheSystem() {
        ActorRef<Command> self = getContext().getSelf();
        var system = getContext().getSystem();
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceStop(),
                        "end-tasks-of-" + setup.team(),
                        () -> AskPattern.<Command, Done>ask(self, Stop::new, STOP_WAIT, system.scheduler())
                                // A team that has ended before has nothing left to stop.
                                .exceptionally(gone -> Done.getInstance()));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Told told -> told(told.command());
            case Noticed noticed -> noticed(noticed.notice());
            case ConversationStopped stopped -> conversationStopped(stopped);
            case EventLogStopped stopped -> eventLogs.remove(stopped.task());
            case WaitedTooLong late -> waitedTooLong(late.task());
            case Stop stop -> stop(stop.replyTo());
        }
        return this;
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        return Behaviors.unhandled();
    }

    private void told(Agent.Command command) {
        switch (command) {
            case Agent.Ask ask -> ask(ask);
            case Agent.Cancel cancel -> cancel(cancel.task(), cancel.why());
            case Agent.Feedback feedback -> keeper.tell(new JournalKeeper.TakeVerdict(feedback));
            case Agent.Watch watch -> watch(watch);
        }
    }

    private void ask(Agent.Ask ask) {
        Job parent = parent(ask);
        Optional<String> wrong = AskCheck.wrong(setup, ask, this::isKnown, parent);
        if (wrong.isPresent()) {
            ask.replyTo().tell(new Agent.Rejected(ask.task(), ErrorCode.INPUT_INVALID, wrong.get()));
        } else if (!stopping.isEmpty()) {
            ask.replyTo().tell(new Agent.Overloaded(ask.task(), "team " + setup.team() + " is shutting down"));
        } else if (waiting.size() >= setup.bounds().waiting() && !hasRoomFor(key(ask), parent != null)) {
            ask.replyTo()
                    .tell(new Agent.Overloaded(
                            ask.task(),
                            "tasks: %d running and %d waiting (expected: at most %d and %d)"
                                    .formatted(
                                            running.size(),
                                            waiting.size(),
                                            setup.bounds().running(),
                                            setup.bounds().waiting())));
        } else {
            takeOn(ask, parent);
        }
    }

    /** The task that this one is a part of, if it runs here. */
    private @Nullable Job parent(Agent.Ask ask) {
        return ask.parent() == null ? null : running.get(ask.parent());
    }

    private boolean isKnown(String task) {
        return waiting.containsKey(task) || eventLogs.containsKey(task);
    }

    private String agent(Agent.Ask ask) {
        String named = ask.agent();
        return named == null ? setup.entry() : named;
    }

    private static Conversation.Key key(Agent.Ask ask) {
        return new Conversation.Key(ask.tenant(), ask.conversation());
    }

    private void takeOn(Agent.Ask ask, @Nullable Job parent) {
        String agent = agent(ask);
        Job job = new Job(
                ask,
                agent,
                Objects.requireNonNull(setup.agents().get(agent)),
                AskCheck.question(ask),
                Deadline.after(shorter(ask.within())),
                setup.clock().instant(),
                eventLog(ask),
                Job.Place.of(ask, parent),
                setup.planning().files());
        waiting.put(ask.task(), job);
        startPossible();
        if (waiting.containsKey(ask.task())) {
            timers.startSingleTimer(
                    ask.task(), new WaitedTooLong(ask.task()), job.deadline().remaining());
        }
    }

    /** The callee's deadline is before the caller's, so that the answer can still be stored and sent. */
    private static Duration shorter(Duration within) {
        Duration kept = within.dividedBy(20);
        return within.minus(kept.compareTo(STORING) < 0 ? within.dividedBy(4) : kept);
    }

    private ActorRef<EventLog.Command> eventLog(Agent.Ask ask) {
        EventLog.Keep keep = new EventLog.Keep(
                EventLog.Keep.DEFAULT.events(),
                EventLog.Keep.DEFAULT.characters(),
                setup.bounds().keepEvents());
        ActorRef<EventLog.Command> log =
                getContext().spawn(EventLog.create(ask.task(), keep, setup.clock()), "events-" + spawned++);
        getContext().watchWith(log, new EventLogStopped(ask.task()));
        eventLogs.put(ask.task(), log);
        if (ask.events() != null) {
            log.tell(new EventLog.Subscribe(ask.events(), 0));
        }
        dropOldEventLogs();
        return log;
    }

    private void dropOldEventLogs() {
        if (eventLogs.size() > MAX_EVENT_LOGS) {
            eventLogs.keySet().stream()
                    .filter(task -> !waiting.containsKey(task) && !running.containsKey(task))
                    .findFirst()
                    .ifPresent(task -> getContext().stop(Objects.requireNonNull(eventLogs.get(task))));
        }
    }

    /** A part has its place: its whole waits for it, and might wait for ever if it had to wait for one. */
    private boolean hasRoomFor(Conversation.Key key, boolean isPart) {
        Open open = conversations.get(key);
        return (open == null || open.job == null)
                && (isPart
                        || running.values().stream()
                                        .filter(job -> !job.isPart())
                                        .count()
                                < setup.bounds().running());
    }

    private void startPossible() {
        for (Job job : List.copyOf(waiting.values())) {
            if (hasRoomFor(key(job.ask()), job.isPart())) {
                waiting.remove(job.task());
                timers.cancel(job.task());
                running.put(job.task(), job);
                Open open = open(key(job.ask()));
                open.job = job;
                getContext().watchWith(open.actor, new ConversationStopped(key(job.ask()), job.task()));
                open.actor.tell(new Conversation.Start(job));
            }
        }
    }

    private Open open(Conversation.Key key) {
        Open open = conversations.get(key);
        if (open == null) {
            if (conversations.size() >= setup.bounds().conversations()) {
                conversations.entrySet().stream()
                        .filter(entry -> entry.getValue().job == null)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .ifPresent(this::passivate);
            }
            open = new Open(spawn(key));
            conversations.put(key, open);
        }
        return open;
    }

    private ActorRef<Conversation.Command> spawn(Conversation.Key key) {
        ActorRef<Command> self = getContext().getSelf();
        return getContext()
                .spawn(
                        Conversation.create(setup, key, actors, notice -> self.tell(new Noticed(notice))),
                        "conversation-" + spawned++);
    }

    private void noticed(Conversation.Notice notice) {
        switch (notice) {
            case Conversation.TaskOver over -> taskOver(over.key(), over.task());
            case Conversation.LongIdle idle -> {
                Open open = conversations.get(idle.key());
                if (open != null && open.job == null) {
                    passivate(idle.key());
                }
            }
        }
    }

    private void passivate(Conversation.Key key) {
        Open open = conversations.remove(key);
        if (open != null) {
            getContext().stop(open.actor);
        }
    }

    private void taskOver(Conversation.Key key, String task) {
        Job over = running.remove(task);
        Open open = conversations.get(key);
        if (open != null && open.job != null && open.job.task().equals(task)) {
            open.job = null;
            getContext().unwatch(open.actor);
            if (over != null && over.isPart()) {
                passivate(key);
            }
        }
        endEvents(task);
        startPossible();
        doneWhenEmpty();
    }

    private void endEvents(String task) {
        ActorRef<EventLog.Command> log = eventLogs.get(task);
        if (log != null) {
            log.tell(new EventLog.End());
        }
    }

    private void conversationStopped(ConversationStopped stopped) {
        Job job = running.get(stopped.task());
        if (job != null) {
            conversations.remove(stopped.key());
            String message = "task " + job.task() + ": a fault of Troupe's own; the log has the details";
            job.ask().replyTo().tell(new Agent.Failed(job.task(), ErrorCode.INTERNAL, message, null, null, null));
            taskOver(stopped.key(), job.task());
        }
    }

    private void cancel(String task, String why) {
        Job job = waiting.remove(task);
        if (job != null) {
            timers.cancel(task);
            job.ask().replyTo().tell(new Agent.Cancelled(task, why, null));
            endEvents(task);
            doneWhenEmpty();
        } else {
            Job working = running.get(task);
            Open open = working == null ? null : conversations.get(key(working.ask()));
            if (open != null) {
                open.actor.tell(new Conversation.CancelTask(task, why));
            }
        }
    }

    private void waitedTooLong(String task) {
        Job job = waiting.remove(task);
        if (job != null) {
            job.ask()
                    .replyTo()
                    .tell(new Agent.Failed(
                            task,
                            ErrorCode.TIMEOUT,
                            "task " + task + ": its time was used up before there was a place for it",
                            "allow more time, or ask less at once",
                            null,
                            null));
            endEvents(task);
            doneWhenEmpty();
        }
    }

    private void watch(Agent.Watch watch) {
        ActorRef<EventLog.Command> log = eventLogs.get(watch.task());
        if (log == null) {
            watch.events().tell(new EventStream.NotKept(watch.task()));
        } else {
            log.tell(new EventLog.Subscribe(watch.events(), watch.afterNumber()));
        }
    }

    private void stop(ActorRef<Done> replyTo) {
        stopping.add(replyTo);
        List.copyOf(waiting.keySet()).forEach(task -> cancel(task, "the team is shutting down"));
        List.copyOf(running.keySet()).forEach(task -> cancel(task, "the team is shutting down"));
        doneWhenEmpty();
    }

    private void doneWhenEmpty() {
        if (waiting.isEmpty() && running.isEmpty()) {
            stopping.forEach(replyTo -> replyTo.tell(Done.getInstance()));
        }
    }

    /** A conversation in memory; it works on {@code job}, or on nothing. */
    private static final class Open {
        private final ActorRef<Conversation.Command> actor;
        private @Nullable Job job;

        private Open(ActorRef<Conversation.Command> actor) {
            this.actor = actor;
        }
    }
}
