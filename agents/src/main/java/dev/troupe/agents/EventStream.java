package dev.troupe.agents;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * How a task's events reach whoever watches: only as many as were asked for are sent, so that a slow watcher bounds
 * what is under way, on this machine and across machines. First comes {@link Subscribed}; the watcher asks for
 * events with {@link Request}, again and again; last comes {@link Completed}.
 */
public final class EventStream {
    private EventStream() {}

    /** What a watcher gets. */
    public sealed interface Signal extends Wire {}

    /** The subscription stands; {@code demand} takes what the watcher wants. */
    public record Subscribed(String task, ActorRef<Demand> demand) implements Signal {}

    /** Events in order, at most as many as were asked for. */
    public record Delivered(List<TaskEvent> events) implements Signal {
        public Delivered {
            events = List.copyOf(events);
        }
    }

    /** The watcher was so slow, or came so late, that these events are no longer kept. The stream goes on after them. */
    public record Missed(String task, long from, long to) implements Signal {}

    /** The task is over and every kept event was delivered. */
    public record Completed(String task) implements Signal {}

    /** Nothing is known of that task, or no longer. */
    public record NotKept(String task) implements Signal {}

    /** What a watcher says. */
    public sealed interface Demand extends Wire {}

    /** Send up to that many more, 1 or more. */
    public record Request(ActorRef<Signal> watcher, int events) implements Demand {}

    /** Send no more. */
    public record Unsubscribe(ActorRef<Signal> watcher) implements Demand {}
}
