package dev.troupe.knowledge.journal;

import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;

/**
 * A sum of receipts or of their steps.
 *
 * @param key the day ({@code 2026-11-22}), the stage or the agent that was summed
 * @param tasks how many tasks, or how many steps of that stage
 * @param solved of these, how many belong to a task that was solved
 * @param saved against the baseline
 * @param measured the part of {@code saved} that was measured; the rest is estimated
 * @param demonstrated how many belong to a task that was solved by whoever was shown a demonstration, or by its replay
 * @param learned how many belong to a task that left a demonstration behind
 */
public record Total(
        String key,
        long tasks,
        long solved,
        long wallMillis,
        Usage usage,
        Money cost,
        Money saved,
        Money measured,
        long demonstrated,
        long learned) {}
