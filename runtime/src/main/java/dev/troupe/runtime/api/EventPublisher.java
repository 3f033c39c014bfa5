package dev.troupe.runtime.api;

import dev.troupe.agents.TaskEvent;
import dev.troupe.agents.Team;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The events of one task; each subscriber comes back to them from the first. */
final class EventPublisher implements Flow.Publisher<TaskEvent> {
    private final Team team;
    private final String task;
    /** Of all tasks of the team, so that closing it ends them. */
    private final Set<Watcher> watchers;

    EventPublisher(Team team, String task, Set<Watcher> watchers) {
        this.team = team;
        this.task = task;
        this.watchers = watchers;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super TaskEvent> subscriber) {
        Watcher watcher = new Watcher(subscriber, watchers);
        watchers.add(watcher);
        subscriber.onSubscribe(watcher);
        Team.Watched watched;
        try {
            watched = team.watch(task, 0, watcher::deliver);
        } catch (RuntimeException e) {
            watcher.end(new IllegalStateException("team: closed (expected: open)", e));
            return;
        }
        // On a thread of its own: the subscriber may wait, and an actor may not.
        var unused = watched.events()
                .whenCompleteAsync(
                        (nothing, failure) -> watcher.end(failure),
                        run -> Thread.ofVirtual().name("events-end").start(run));
    }

    /** One subscriber. Its methods are called by one thread at a time, as the rules of {@link Flow} want it. */
    static final class Watcher implements Flow.Subscription {
        private final Flow.Subscriber<? super TaskEvent> subscriber;
        private final Set<Watcher> all;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private long wanted;
        private boolean cancelled;
        private boolean busy;
        private boolean closed;
        private @Nullable Throwable wrong;

        Watcher(Flow.Subscriber<? super TaskEvent> subscriber, Set<Watcher> all) {
            this.subscriber = subscriber;
            this.all = all;
        }

        @Override
        public void request(long events) {
            lock.lock();
            try {
                if (events <= 0) {
                    wrong = new IllegalArgumentException("request: " + events + " (expected: 1 or more)");
                } else {
                    wanted = wanted + events < 0 ? Long.MAX_VALUE : wanted + events;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                cancelled = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            all.remove(this);
        }

        /** The team is closed: who still waits for events gets none any more. */
        void teamClosed() {
            boolean told;
            lock.lock();
            try {
                wrong = new IllegalStateException("team: closed (expected: open)");
                closed = true;
                told = busy;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            if (!told) {
                end(null);
            }
        }

        /** Waits until the subscriber wants the event; what this throws ends the stream. */
        private void deliver(TaskEvent event) {
            lock.lock();
            try {
                while (wanted == 0 && !cancelled && wrong == null) {
                    changed.awaitUninterruptibly();
                }
                if (cancelled || wrong != null) {
                    throw new CancellationException("events: no longer wanted");
                }
                wanted--;
                busy = true;
            } finally {
                lock.unlock();
            }
            try {
                subscriber.onNext(event);
            } finally {
                taken();
            }
        }

        private void taken() {
            boolean over;
            lock.lock();
            try {
                busy = false;
                over = closed;
            } finally {
                lock.unlock();
            }
            if (over) {
                end(null);
            }
        }

        private void end(@Nullable Throwable failure) {
            if (!all.remove(this)) {
                return;
            }
            Throwable cause = wrong == null ? failure : wrong;
            if (cause == null) {
                subscriber.onComplete();
            } else {
                subscriber.onError(cause);
            }
        }
    }
}
