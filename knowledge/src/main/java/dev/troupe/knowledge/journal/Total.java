package dev.troupe.knowledge.journal;

import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;

/**
 * A sum of receipts or of their steps.
 *
 * @param key the day ({@code 2026-11-22}) or the stage that was summed
 * @param tasks how many tasks, or how many steps of that stage
 * @param solved of these, how many belong to a task that was solved
 * @param saved against the baseline
 * @param measured the part of {@code saved} that was measured; the rest is estimated
 */
public record Total(
        String key, long tasks, long solved, long wallMillis, Usage usage, Money cost, Money saved, Money measured) {}
