package dev.troupe.agents;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** The last events of one task, numbered, and those who watch them. Ends some time after the task. */
final class EventLog extends AbstractMatchingBehavior<EventLog.Command> {
    sealed interface Command {}

    /** Something happened. */
    record Publish(TaskEvent.What what) implements Command {}

    /** Somebody wants the events after that number. */
    record Subscribe(ActorRef<EventStream.Signal> watcher, long afterNumber) implements Command {}

    /** The task is over: nothing more is published. */
    record End() implements Command {}

    private record Demanded(EventStream.Demand demand) implements Command {}

    private record WatcherGone(ActorRef<EventStream.Signal> watcher) implements Command {}

    private record Expired() implements Command {}

    /**
     * How much is kept.
     *
     * @param events at most this many
     * @param characters at most about this many in all
     * @param afterEnd how long after the task's end
     */
    record Keep(int events, int characters, Duration afterEnd) {
        static final Keep DEFAULT = new Keep(4_096, 2_000_000, Duration.ofMinutes(5));
    }

    private final String task;
    private final Keep keep;
    private final Clock clock;
    private final TimerScheduler<Command> timers;
    private final ActorRef<EventStream.Demand> demand;
    private final Deque<TaskEvent> kept = new ArrayDeque<>();
    private final Map<ActorRef<EventStream.Signal>, Position> watchers = new LinkedHashMap<>();
    private long characters;
    private long lastNumber;
    private boolean ended;

    private EventLog(
            ActorContext<Command> context, TimerScheduler<Command> timers, String task, Keep keep, Clock clock) {
        super(context);
        this.task = task;
        this.keep = keep;
        this.clock = clock;
        this.timers = timers;
        this.demand = context.messageAdapter(EventStream.Demand.class, Demanded::new);
    }

    static Behavior<Command> create(String task, Keep keep, Clock clock) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new EventLog(context, timers, task, keep, clock)));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return switch (command) {
            case Publish publish -> publish(publish.what());
            case Subscribe subscribe -> subscribe(subscribe);
            case Demanded demanded -> demanded(demanded.demand());
            case WatcherGone gone -> {
                watchers.remove(gone.watcher());
                yield this;
            }
            case End end -> end();
            case Expired expired -> Behaviors.stopped();
        };
    }

    private Behavior<Command> publish(TaskEvent.What what) {
        TaskEvent event = new TaskEvent(task, ++lastNumber, clock.millis(), what);
        kept.addLast(event);
        characters += size(what);
        while (kept.size() > keep.events() || (characters > keep.characters() && kept.size() > 1)) {
            characters -= size(kept.removeFirst().what());
        }
        watchers.forEach(this::deliver);
        return this;
    }

    private static long size(TaskEvent.What what) {
        return switch (what) {
            case TaskEvent.TextDelta delta -> delta.text().length();
            case TaskEvent.OutputChunk chunk -> chunk.text().length();
            case TaskEvent.Code code -> code.source().length();
            default -> 100;
        };
    }

    private Behavior<Command> subscribe(Subscribe subscribe) {
        ActorRef<EventStream.Signal> watcher = subscribe.watcher();
        if (watchers.put(watcher, new Position(subscribe.afterNumber())) == null) {
            getContext().watchWith(watcher, new WatcherGone(watcher));
        }
        watcher.tell(new EventStream.Subscribed(task, demand));
        return this;
    }

    private Behavior<Command> demanded(EventStream.Demand said) {
        switch (said) {
            case EventStream.Request request -> {
                Position position = watchers.get(request.watcher());
                if (position != null && request.events() > 0) {
                    position.wanted += request.events();
                    deliver(request.watcher(), position);
                }
            }
            case EventStream.Unsubscribe unsubscribe -> remove(unsubscribe.watcher());
        }
        dropCompleted();
        return this;
    }

    private void deliver(ActorRef<EventStream.Signal> watcher, Position position) {
        if (position.wanted > 0 && position.after < lastNumber) {
            long first = kept.getFirst().number();
            if (position.after + 1 < first) {
                watcher.tell(new EventStream.Missed(task, position.after + 1, first - 1));
                position.after = first - 1;
            }
            List<TaskEvent> due = after(position.after, position.wanted);
            position.wanted -= due.size();
            position.after = due.getLast().number();
            watcher.tell(new EventStream.Delivered(due));
        }
        if (ended && position.after >= lastNumber && !position.completed) {
            position.completed = true;
            watcher.tell(new EventStream.Completed(task));
        }
    }

    /** Numbers have no gaps, so an event's place in what is kept follows from its number. */
    private List<TaskEvent> after(long number, long limit) {
        return kept.stream()
                .skip(number + 1 - kept.getFirst().number())
                .limit(limit)
                .toList();
    }

    private void dropCompleted() {
        watchers.entrySet().stream()
                .filter(entry -> entry.getValue().completed)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::remove);
    }

    private void remove(ActorRef<EventStream.Signal> watcher) {
        if (watchers.remove(watcher) != null) {
            getContext().unwatch(watcher);
        }
    }

    private Behavior<Command> end() {
        if (!ended) {
            ended = true;
            watchers.forEach(this::deliver);
            dropCompleted();
            timers.startSingleTimer(new Expired(), keep.afterEnd());
        }
        return this;
    }

    private static final class Position {
        private long after;
        private long wanted;
        private boolean completed;

        private Position(long after) {
            this.after = after;
        }
    }
}
