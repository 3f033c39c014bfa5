package dev.troupe.planner.graph;

import dev.troupe.models.call.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is to be done next while a graph is executed: tasks whose inputs are there start, as many at a time as allowed; one
 * that fails goes on to the next candidate, and once more to those that may only have been disturbed, where doing it again
 * is safe; what needs a task that failed is skipped. Not thread-safe: its actor owns it.
 */
public final class Schedule {
    /** What another try may mend. */
    private static final Set<ErrorCode> DISTURBED =
            EnumSet.of(ErrorCode.OVERLOADED, ErrorCode.PROVIDER_FAILED, ErrorCode.MODEL_UNAVAILABLE, ErrorCode.TIMEOUT);

    /** What no other candidate can do anything about. */
    private static final Set<ErrorCode> FINAL =
            EnumSet.of(ErrorCode.CANCELLED, ErrorCode.BUDGET_EXHAUSTED, ErrorCode.STORAGE, ErrorCode.INTERNAL);

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> known;
    private final int parallel;

    /**
     * @param candidates for each task, best first; at least one each
     * @param known ids of tasks that were done before
     * @param parallel how many run at a time, 1 or more
     */
    public Schedule(TaskGraph graph, Map<String, List<Candidate>> candidates, Collection<String> known, int parallel) {
        this.known = new HashSet<>(known);
        this.parallel = parallel;
        for (PlannedTask task : graph.tasks()) {
            List<Candidate> able = candidates.getOrDefault(task.id(), List.of());
            Entry entry = new Entry(task, able);
            entries.put(task.id(), entry);
            if (able.isEmpty()) {
                entry.state = TaskState.FAILED;
            }
        }
        skip();
    }

    /**
     * A task that is to start now.
     *
     * @param others how many candidates could still follow if this one fails
     * @param again whether this candidate was tried before: a pause may help
     */
    public record Start(PlannedTask task, Candidate candidate, int others, boolean again) {}

    /** What can start now; it counts as running from here on. */
    public List<Start> start() {
        List<Start> starts = new ArrayList<>();
        long running = entries.values().stream()
                .filter(entry -> entry.state == TaskState.RUNNING)
                .count();
        for (Entry entry : entries.values()) {
            if (running < parallel && entry.state == TaskState.WAITING && isReady(entry.task)) {
                entry.state = TaskState.RUNNING;
                starts.add(entry.next());
                running++;
            }
        }
        return starts;
    }

    private boolean isReady(PlannedTask task) {
        return task.after().stream().allMatch(id -> known.contains(id) || state(id) == TaskState.DONE);
    }

    public void done(String id) {
        entry(id).state = TaskState.DONE;
    }

    /**
     * The candidate failed.
     *
     * @return true when somebody else, or the same again, is to try: the task waits to be started; false when it has failed
     */
    public boolean failed(String id, ErrorCode code) {
        Entry entry = entry(id);
        boolean goesOn = !FINAL.contains(code) && entry.goOn(DISTURBED.contains(code));
        entry.state = goesOn ? TaskState.WAITING : TaskState.FAILED;
        skip();
        return goesOn;
    }

    /** Nothing more is to be done. */
    public void cancel() {
        entries.values().stream()
                .filter(entry -> !entry.state.isOver())
                .forEach(entry -> entry.state = TaskState.CANCELLED);
    }

    public TaskState state(String id) {
        return entry(id).state;
    }

    public boolean isOver() {
        return entries.values().stream().allMatch(entry -> entry.state.isOver());
    }

    private Entry entry(String id) {
        return Objects.requireNonNull(entries.get(id), id);
    }

    /** In the graph's order, so that what needs a skipped task is skipped too. */
    private void skip() {
        for (Entry entry : entries.values()) {
            boolean hopeless = entry.task.after().stream()
                    .filter(id -> !known.contains(id))
                    .map(this::state)
                    .anyMatch(state -> state.isOver() && state != TaskState.DONE);
            if (hopeless && entry.state == TaskState.WAITING) {
                entry.state = TaskState.SKIPPED;
            }
        }
    }

    private static final class Entry {
        private final PlannedTask task;
        private final List<Candidate> left;
        private final Set<Candidate> tried = new HashSet<>();
        private TaskState state = TaskState.WAITING;

        private Entry(PlannedTask task, List<Candidate> able) {
            this.task = task;
            this.left = new ArrayList<>(able);
        }

        private Start next() {
            Candidate candidate = left.getFirst();
            return new Start(task, candidate, left.size() - 1, tried.contains(candidate));
        }

        private boolean goOn(boolean mayMend) {
            Candidate failed = left.removeFirst();
            boolean first = tried.add(failed);
            // An agent's work costs money each time: only what is free is done again.
            if (first && mayMend && task.capability().repeatable() && !failed.agent()) {
                left.addLast(failed);
            }
            return !left.isEmpty();
        }
    }
}
