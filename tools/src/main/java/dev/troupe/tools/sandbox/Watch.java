package dev.troupe.tools.sandbox;

import dev.troupe.tools.code.CodeResult.End;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides, a sample at a time, whether a run has used up one of its limits. Time, processors and disk are always sampled;
 * memory and processes only where no control group holds them.
 */
final class Watch {
    /** How often processes are looked at where the kernel holds the limits on memory and processes, and where not. */
    private static final long HELD_MILLIS = 20;

    private static final long WATCHED_MILLIS = 4;
    /** A walk over the work folder may take a tenth of the time. */
    private static final int WALK_SHARE = 10;

    private static final long SHORTEST_WALK_PAUSE_NANOS = 100_000_000;
    private static final long LEAST_TO_WRITE = 1 << 20;

    private final Limits limits;
    private final Set<Defence> defences;
    private final @Nullable ControlGroup group;
    private final WorkFolder work;
    private final WorkFolder.Fill filledBefore;
    private final long start = System.nanoTime();
    private long nextWalk;
    private long nextExactMemory;

    Watch(Limits limits, Set<Defence> defences, @Nullable ControlGroup group, WorkFolder work) {
        this.limits = limits;
        this.defences = defences;
        this.group = group;
        this.work = work;
        this.filledBefore = work.fill();
        this.nextWalk = start + SHORTEST_WALK_PAUSE_NANOS;
        this.nextExactMemory = start;
    }

    long periodMillis() {
        return group == null ? WATCHED_MILLIS : HELD_MILLIS;
    }

    long elapsedNanos() {
        return System.nanoTime() - start;
    }

    /** What is known without looking at a process. */
    Optional<End> outside() {
        if (holds(Defence.WALL_LIMIT) && elapsedNanos() > limits.wall().toNanos()) {
            return Optional.of(End.WALL_TIME);
        }
        return held();
    }

    /** What the control group had to hold, if there is one. */
    Optional<End> held() {
        return group == null ? Optional.empty() : group.breached();
    }

    /** What the processes below {@code root} use. */
    Optional<End> inside(long root, int own) {
        ProcessTree.Sample sample = new ProcessTree(root).sample();
        if (holds(Defence.CPU_LIMIT) && sample.cpuMillis() > limits.cpu().toMillis()) {
            return Optional.of(End.CPU_TIME);
        }
        if (group == null && holds(Defence.PROCESS_LIMIT) && sample.tasks() - own > limits.processes()) {
            return Optional.of(End.PROCESSES);
        }
        if (group == null && holds(Defence.MEMORY_LIMIT) && memory(sample)) {
            return Optional.of(End.MEMORY);
        }
        return holds(Defence.DISK_LIMIT) && disk(sample.written()) ? Optional.of(End.DISK) : Optional.empty();
    }

    /** Whether the work folder holds more than it may, and more than it did. */
    boolean overfull() {
        WorkFolder.Fill fill = work.fill();
        return fill.bytes() > Math.max(limits.disk(), filledBefore.bytes())
                || fill.files() > Math.max(limits.files(), filledBefore.files());
    }

    /** Sums that count shared pages twice are cheap and never too low; only beyond the limit is it counted exactly. */
    private boolean memory(ProcessTree.Sample sample) {
        long now = System.nanoTime();
        if (sample.resident() <= limits.memory() || now - nextExactMemory < 0) {
            return false;
        }
        List<Long> pids = sample.pids();
        boolean beyond = ProcessTree.proportional(pids) > limits.memory();
        nextExactMemory = System.nanoTime() + 4 * (System.nanoTime() - now);
        return beyond;
    }

    private boolean disk(long written) {
        long allowed = Math.max(limits.disk() - filledBefore.bytes(), LEAST_TO_WRITE);
        if (written > allowed) {
            return true;
        }
        long now = System.nanoTime();
        if (now - nextWalk < 0) {
            return false;
        }
        boolean overfull = overfull();
        long took = System.nanoTime() - now;
        nextWalk = System.nanoTime() + Math.max(SHORTEST_WALK_PAUSE_NANOS, took * WALK_SHARE);
        return overfull;
    }

    private boolean holds(Defence defence) {
        return defences.contains(defence);
    }
}
