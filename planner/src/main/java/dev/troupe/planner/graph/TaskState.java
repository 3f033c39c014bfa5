package dev.troupe.planner.graph;

import java.util.Locale;

/** Where a task of a plan stands. */
public enum TaskState {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    /** Something that it needs was not done. */
    SKIPPED,
    CANCELLED;

    /** {@code waiting}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isOver() {
        return this != WAITING && this != RUNNING;
    }
}
