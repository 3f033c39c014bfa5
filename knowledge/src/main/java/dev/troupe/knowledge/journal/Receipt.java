package dev.troupe.knowledge.journal;

import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import java.util.List;

/**
 * What a task cost and what it would have cost.
 *
 * @param cost what was spent, at list price
 * @param baseline the same task on the baseline model alone
 * @param saved {@code baseline.cost - cost}, negative when Troupe was dearer
 * @param usage tokens of all calls
 * @param modelCalls how many calls were made, failed ones too
 * @param wallMillis from question to answer
 * @param recordedCalls of the calls, those that a recording answered; 0 in receipts from before there were recordings
 * @param steps one for each stage, in order
 */
public record Receipt(
        Money cost,
        Baseline baseline,
        Money saved,
        Usage usage,
        int modelCalls,
        long wallMillis,
        List<Step> steps,
        int recordedCalls) {
    public Receipt {
        steps = List.copyOf(steps);
    }

    /** A receipt whose calls were all made. */
    public Receipt(
            Money cost,
            Baseline baseline,
            Money saved,
            Usage usage,
            int modelCalls,
            long wallMillis,
            List<Step> steps) {
        this(cost, baseline, saved, usage, modelCalls, wallMillis, steps, 0);
    }

    /** The model that receipts compare with, and what it would have cost. */
    public record Baseline(String model, Money cost, Basis basis) {}

    /**
     * One stage.
     *
     * @param stage a rung's name, {@code demonstrations}, {@code verify}, …
     * @param outcome in words: {@code gave up after 2 turns (KeyError 'region_name', twice)}
     */
    public record Step(
            String stage, String outcome, long wallMillis, Usage usage, Money cost, Money saved, Basis basis) {}

    /** Whether a figure was measured or computed from an assumption. */
    public enum Basis {
        MEASURED,
        ESTIMATED
    }
}
