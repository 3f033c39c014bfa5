package dev.troupe.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Hands a task's events to plain Java, which may block: on a virtual thread, one batch after the other, and the next
 * batch is asked for when the one before has been taken.
 */
final class EventPump extends AbstractMatchingBehavior<EventPump.Command> {
    private static final int BATCH = 64;

    sealed interface Command {}

    private record Got(EventStream.Signal signal) implements Command {}

    private record Taken(@Nullable Throwable failure) implements Command {}

    private final Consumer<TaskEvent> consumer;
    private final CompletableFuture<Void> end;
    private final CompletableFuture<Boolean> kept;
    private final ActorRef<EventStream.Signal> signals;
    private final List<TaskEvent> due = new ArrayList<>();
    private @Nullable ActorRef<EventStream.Demand> demand;
    private boolean taking;
    private boolean completed;

    private EventPump(
            ActorContext<Command> context,
            Consumer<TaskEvent> consumer,
            CompletableFuture<Void> end,
            CompletableFuture<Boolean> kept,
            CompletableFuture<ActorRef<EventStream.Signal>> ready) {
        super(context);
        this.consumer = consumer;
        this.end = end;
        this.kept = kept;
        this.signals = context.messageAdapter(EventStream.Signal.class, Got::new);
        ready.complete(signals);
    }

    /**
     * @param end completes after the last event was taken, or exceptionally when {@code consumer} threw
     * @param kept completes with whether there are events of the task, before the first of them
     * @param ready gets where the events are to be sent
     */
    static Behavior<Command> create(
            Consumer<TaskEvent> consumer,
            CompletableFuture<Void> end,
            CompletableFuture<Boolean> kept,
            CompletableFuture<ActorRef<EventStream.Signal>> ready) {
        return Behaviors.setup(context -> new EventPump(context, consumer, end, kept, ready));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return switch (command) {
            case Got got -> got(got.signal());
            case Taken taken -> taken(taken.failure());
        };
    }

    private Behavior<Command> got(EventStream.Signal signal) {
        switch (signal) {
            case EventStream.Subscribed subscribed -> {
                demand = subscribed.demand();
                kept.complete(true);
                request(BATCH);
            }
            case EventStream.Delivered delivered -> due.addAll(delivered.events());
            // The numbers of the events tell the consumer that some are missing.
            case EventStream.Missed missed -> {}
            case EventStream.Completed done -> completed = true;
            case EventStream.NotKept none -> {
                kept.complete(false);
                completed = true;
            }
        }
        return take();
    }

    private Behavior<Command> take() {
        if (taking) {
            return this;
        }
        if (due.isEmpty()) {
            if (completed) {
                end.complete(null);
                return Behaviors.stopped();
            }
            return this;
        }
        taking = true;
        List<TaskEvent> batch = List.copyOf(due);
        due.clear();
        CompletableFuture<Void> taken = new CompletableFuture<>();
        Thread.ofVirtual().name("events").start(() -> {
            try {
                batch.forEach(consumer);
                taken.complete(null);
            } catch (Throwable e) {
                taken.completeExceptionally(e);
            }
        });
        getContext().pipeToSelf(taken, (nothing, failure) -> new Taken(failure));
        request(batch.size());
        return this;
    }

    private Behavior<Command> taken(@Nullable Throwable failure) {
        if (failure != null) {
            end.completeExceptionally(failure);
            if (demand != null) {
                demand.tell(new EventStream.Unsubscribe(signals));
            }
            return Behaviors.stopped();
        }
        taking = false;
        return take();
    }

    private void request(int events) {
        if (demand != null) {
            demand.tell(new EventStream.Request(signals, events));
        }
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        return Behaviors.unhandled();
    }
}
