package dev.troupe.agents.expert;

import dev.troupe.models.expert.Expert;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Pieces that wait for a run. A batch holds pieces of one shape; it leaves when it is full or when its oldest piece has
 * waited its time. When many are due, full runs go first, but not always. Tenants take turns, both at leading a batch and at
 * filling it. Not thread-safe.
 */
final class BatchQueue {
    /** One batch of so many is led by the oldest piece, the others by what fills a batch best: rare shapes get on too. */
    private static final int OLDEST_LEADS = 3;

    private final int size;
    private final long waitNanos;
    /** In the order of their turns. */
    private final Map<String, Deque<Waiting>> tenants = new LinkedHashMap<>();

    private final Map<Object, Integer> counts = new HashMap<>();
    private int turn;

    BatchQueue(int size, long waitNanos) {
        this.size = size;
        this.waitNanos = waitNanos;
    }

    /**
     * A piece of a request.
     *
     * @param index of the piece in its request
     * @param sinceNanos when it came
     * @param alone whether it must not share a run, since it did so with a run that failed
     */
    record Waiting(ExpertRequest request, int index, long sinceNanos, boolean alone) {
        Expert.Piece piece() {
            return request.prepared().pieces().get(index);
        }

        Object shape() {
            // What runs alone shares its shape with nobody.
            return alone ? this : piece().shape();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    void add(Waiting waiting) {
        Deque<Waiting> own = tenants.computeIfAbsent(waiting.request().tenant(), tenant -> new ArrayDeque<>());
        if (waiting.alone()) {
            own.addFirst(waiting);
        } else {
            own.addLast(waiting);
        }
        counts.merge(waiting.shape(), 1, Integer::sum);
    }

    /** The next batch; empty when none is full or due yet. */
    List<Waiting> take(long nowNanos) {
        dropEnded();
        Waiting lead = lead(nowNanos);
        if (lead == null) {
            return List.of();
        }
        List<Waiting> batch = fill(lead);
        // Whoever led goes to the end of the row.
        Deque<Waiting> own = tenants.remove(lead.request().tenant());
        if (own != null && !own.isEmpty()) {
            tenants.put(lead.request().tenant(), own);
        }
        tenants.values().removeIf(Deque::isEmpty);
        return batch;
    }

    private @org.jspecify.annotations.Nullable Waiting lead(long nowNanos) {
        for (Deque<Waiting> own : tenants.values()) {
            Waiting oldest = own.getFirst();
            if (oldest.alone()) {
                return oldest;
            }
            if (nowNanos - oldest.sinceNanos() >= waitNanos) {
                turn++;
                return turn % OLDEST_LEADS == 0 ? oldest : mostCommon(own);
            }
        }
        for (Map.Entry<Object, Integer> count : counts.entrySet()) {
            if (count.getValue() >= size) {
                return first(count.getKey());
            }
        }
        return null;
    }

    /** The tenant's piece that can share its run with most others. */
    private Waiting mostCommon(Deque<Waiting> own) {
        Waiting best = own.getFirst();
        int most = counts.getOrDefault(best.shape(), 0);
        for (Waiting waiting : own) {
            int count = counts.getOrDefault(waiting.shape(), 0);
            if (count > most) {
                best = waiting;
                most = count;
            }
        }
        return best;
    }

    private @org.jspecify.annotations.Nullable Waiting first(Object shape) {
        for (Deque<Waiting> own : tenants.values()) {
            for (Waiting waiting : own) {
                if (waiting.shape().equals(shape)) {
                    return waiting;
                }
            }
        }
        return null;
    }

    /** One piece of each tenant in turn, beginning with the one that leads, until it is full. */
    private List<Waiting> fill(Waiting lead) {
        Object shape = lead.shape();
        List<Waiting> batch = new ArrayList<>();
        Deque<Iterator<Waiting>> turns = new ArrayDeque<>();
        tenants.forEach((tenant, own) -> {
            if (tenant.equals(lead.request().tenant())) {
                turns.addFirst(own.iterator());
            } else {
                turns.addLast(own.iterator());
            }
        });
        while (batch.size() < size && !turns.isEmpty()) {
            Iterator<Waiting> own = turns.removeFirst();
            while (own.hasNext()) {
                Waiting waiting = own.next();
                if (waiting.shape().equals(shape)) {
                    own.remove();
                    uncount(shape);
                    batch.add(waiting);
                    turns.addLast(own);
                    break;
                }
            }
        }
        return batch;
    }

    /** When the next batch is due at the latest; empty when nothing waits. */
    OptionalLong dueNanos() {
        long earliest = Long.MAX_VALUE;
        boolean any = false;
        for (Deque<Waiting> own : tenants.values()) {
            long due = own.getFirst().sinceNanos() + waitNanos;
            earliest = any && earliest - due <= 0 ? earliest : due;
            any = true;
        }
        return any ? OptionalLong.of(earliest) : OptionalLong.empty();
    }

    /** Pieces of requests that are over, by time-out or failure, leave the queue unrun. */
    void dropEnded() {
        for (Iterator<Deque<Waiting>> rows = tenants.values().iterator(); rows.hasNext(); ) {
            Deque<Waiting> own = rows.next();
            own.removeIf(waiting -> {
                boolean ended = waiting.request().hasEnded();
                if (ended) {
                    uncount(waiting.shape());
                }
                return ended;
            });
            if (own.isEmpty()) {
                rows.remove();
            }
        }
    }

    private void uncount(Object shape) {
        counts.computeIfPresent(shape, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Gives all that waits to another queue, with other limits. */
    void moveTo(BatchQueue other) {
        tenants.values()
                .forEach(own -> own.stream()
                        .sorted(java.util.Comparator.comparing(Waiting::alone))
                        .forEach(other::add));
        tenants.clear();
        counts.clear();
    }

    int waiting() {
        return tenants.values().stream().mapToInt(Deque::size).sum();
    }
}
