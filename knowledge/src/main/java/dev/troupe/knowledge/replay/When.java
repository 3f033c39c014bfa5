package dev.troupe.knowledge.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a date in a question can mean. An absolute or a plainly relative one has one reading; "July 4" and "on Monday" have
 * one for each convention, and which convention holds is learned from the demonstration's program.
 *
 * @param readings by convention; {@link #CERTAIN} alone where there is one. Empty where the clock is not known
 * @param relative whether it is said from the clock: "tomorrow", "next week", "on Monday"
 * @param steady whether it lies equally far from every clock: "tomorrow" does, "on Monday" does not
 * @param count the number in "in 3 days", or null
 */
record When(
        Period.Unit unit,
        Map<String, Period> readings,
        boolean relative,
        boolean steady,
        @Nullable Integer count) {
    static final String CERTAIN = "certain";

    When {
        readings = new LinkedHashMap<>(readings);
    }

    static When certain(Period period) {
        return new When(period.unit(), Map.of(CERTAIN, period), false, false, null);
    }

    boolean isCertain() {
        return readings.containsKey(CERTAIN);
    }
}
