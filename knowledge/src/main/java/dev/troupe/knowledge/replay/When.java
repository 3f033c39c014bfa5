package dev.troupe.knowledge.replay;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a date in a question can mean. An absolute or a plainly relative one has one reading; "July 4" and "on Monday" have
 * one for each convention, and which convention holds is learned from the demonstration's program.
 *
 * @param readings by convention; {@link #CERTAIN} alone where there is one. Empty where the clock is not known
 * @param relative whether it is said from the clock: "tomorrow", "next week", "on Monday"
 * @param steady whether it lies equally far from every clock: "tomorrow" does, "on Monday" does not
 * @param count the number in "in 3 days", or null
 * @param weekday that it names, or null
 */
record When(
        Period.Unit unit,
        Map<String, Period> readings,
        boolean relative,
        boolean steady,
        @Nullable Integer count,
        @Nullable DayOfWeek weekday) {
    static final String CERTAIN = "certain";

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    When {
        readings = new LinkedHashMap<>(readings);
    }

    static When certain(Period period) {
        return new When(period.unit(), Map.of(CERTAIN, period), false, false, null, null);
    }

    /** The same, said by the name of a weekday. */
    When on(DayOfWeek day) {
        return new When(unit, readings, relative, steady, count, day);
    }

    boolean isCertain() {
        return readings.containsKey(CERTAIN);
    }

    /** Whether this is a period of the calendar that a day of ISO 8601 lies in. */
    boolean holds(String day) {
        return !relative
                && isCertain()
                && DAY.matcher(day).matches()
                && readings.values().stream()
                        .allMatch(period -> period.start().toString().compareTo(day) <= 0
                                && period.last().toString().compareTo(day) >= 0);
    }

    /** Whether this lies as far from its clock as another from its own, where a program reckons it from the clock. */
    boolean isAsFar(@Nullable LocalDate clock, When other, @Nullable LocalDate otherClock) {
        if (readings.isEmpty() || other.readings.isEmpty() || clock == null || otherClock == null) {
            return steady && other.steady && equals(other);
        }
        if (relative != other.relative || !Objects.equals(weekday, other.weekday)) {
            // A program that reckons Mondays answers for no Wednesday, however far it may be.
            return false;
        }
        Set<Long> offsets = new HashSet<>();
        readings.values().forEach(period -> offsets.add(period.offsetFrom(clock)));
        other.readings.values().forEach(period -> offsets.add(period.offsetFrom(otherClock)));
        return offsets.size() == 1 || (clock.equals(otherClock) && readings.equals(other.readings));
    }
}
