package dev.troupe.examples.eco.stock;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Weeks and months of trading; each is told by its last trading day, the current one by the latest. */
final class Periods {
    private Periods() {}

    static List<Bar> weekly(List<Bar> days) {
        return group(days, date -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    static List<Bar> monthly(List<Bar> days) {
        return group(days, date -> date.withDayOfMonth(1));
    }

    private static List<Bar> group(List<Bar> days, UnaryOperator<LocalDate> begin) {
        List<Bar> periods = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= days.size(); i++) {
            boolean ends = i == days.size()
                    || !begin.apply(days.get(i).date())
                            .equals(begin.apply(days.get(first).date()));
            if (ends) {
                periods.add(merge(days.subList(first, i)));
                first = i;
            }
        }
        return periods;
    }

    private static Bar merge(List<Bar> days) {
        Bar last = days.getLast();
        return new Bar(
                last.date(),
                days.getFirst().open(),
                days.stream().mapToDouble(Bar::high).max().orElseThrow(),
                days.stream().mapToDouble(Bar::low).min().orElseThrow(),
                last.close(),
                last.adjustedClose(),
                days.stream().mapToLong(Bar::volume).sum(),
                days.stream().mapToDouble(Bar::dividend).sum(),
                1);
    }
}
