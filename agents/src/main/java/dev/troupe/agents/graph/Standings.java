package dev.troupe.agents.graph;

import dev.troupe.agents.expert.ExpertHealth;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.PlanStep;
import dev.troupe.knowledge.journal.Stored;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.Money;
import dev.troupe.planner.graph.Standing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How experts and agents of a team stand, as measured: what became of the last tasks that each was given, how long these
 * took and what they cost, and what people said of answers with its work in them. The journal is read on from where it was
 * read to, so that nothing is lost with the process. Thread-safe.
 */
public final class Standings {
    /** Tasks of each that count: what it did long ago says little of now. */
    private static final int WINDOW = 50;

    /** Answers whose verdict may still come. */
    private static final int REMEMBERED = 2_000;

    private final Journal journal;
    private final String team;
    private final Map<String, Tally> tallies = new HashMap<>();
    private final Map<String, Set<String>> workers = new LinkedHashMap<>();
    private long read;

    public Standings(Journal journal, String team) {
        this.journal = journal;
        this.team = team;
    }

    /**
     * How these stand.
     *
     * @param names of experts and agents
     * @param health of the experts that said so
     */
    public synchronized Map<String, Standing> of(List<String> names, Map<String, ExpertHealth> health) {
        journal.read(read, List.of("task-ended", "verdict"), this::take);
        Map<String, Standing> standings = new LinkedHashMap<>();
        for (String name : names) {
            standings.put(name, tallies.getOrDefault(name, new Tally()).standing(health.get(name)));
        }
        return standings;
    }

    private void take(Stored stored) {
        read = Math.max(read, stored.sequence());
        switch (stored.entry()) {
            case Entry.TaskEnded ended -> ended(ended.record());
            case Entry.VerdictGiven given -> {
                for (String worker : workers.getOrDefault(given.task(), Set.of())) {
                    tally(worker).judged(given.verdict().right());
                }
            }
            default -> {
                // Nothing else says anything of them.
            }
        }
    }

    private void ended(TaskRecord record) {
        if (!record.team().equals(team)) {
            return;
        }
        Set<String> done = new java.util.HashSet<>();
        for (PlanStep step : record.plan()) {
            step.tried().forEach(name -> tally(name).failed());
            String expert = step.expert();
            if (expert != null && step.state().equals("done")) {
                tally(expert).answered(step.wallMillis(), step.cost());
                done.add(expert);
            }
        }
        if (!done.isEmpty()) {
            workers.put(record.task(), done);
            if (workers.size() > REMEMBERED) {
                workers.remove(workers.keySet().iterator().next());
            }
        }
    }

    private Tally tally(String name) {
        return tallies.computeIfAbsent(name, unknown -> new Tally());
    }

    private static final class Tally {
        private final Deque<Boolean> outcomes = new ArrayDeque<>();
        private final Deque<Long> walls = new ArrayDeque<>();
        private final Deque<Long> costs = new ArrayDeque<>();
        private final Deque<Boolean> verdicts = new ArrayDeque<>();

        private static <T> void keep(Deque<T> row, T value) {
            row.addLast(value);
            if (row.size() > WINDOW) {
                row.removeFirst();
            }
        }

        void failed() {
            keep(outcomes, false);
        }

        void answered(long wallMillis, Money cost) {
            keep(outcomes, true);
            keep(walls, wallMillis);
            keep(costs, cost.picodollars());
        }

        void judged(boolean right) {
            keep(verdicts, right);
        }

        private static long count(Deque<Boolean> row, boolean which) {
            return row.stream().filter(one -> one == which).count();
        }

        Standing standing(@Nullable ExpertHealth health) {
            String problem =
                    health != null && health.state() == ExpertHealth.State.DOWN ? "is down: " + health.problem() : null;
            return new Standing(
                    problem,
                    count(outcomes, true),
                    count(outcomes, false),
                    count(verdicts, true),
                    count(verdicts, false),
                    typical(health),
                    new Money(
                            costs.isEmpty()
                                    ? 0
                                    : costs.stream().mapToLong(Long::longValue).sum() / costs.size()));
        }

        /** What the expert measures itself is of one request, and of now. */
        private Duration typical(@Nullable ExpertHealth health) {
            if (health != null && !health.typical().isZero()) {
                return health.typical();
            }
            List<Long> sorted = new ArrayList<>(walls);
            sorted.sort(null);
            return sorted.isEmpty() ? Duration.ZERO : Duration.ofMillis(sorted.get(sorted.size() / 2));
        }
    }
}
