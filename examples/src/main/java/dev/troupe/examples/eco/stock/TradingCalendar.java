package dev.troupe.examples.eco.stock;

import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;
import static java.time.temporal.TemporalAdjusters.lastInMonth;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * On which days there is trading. In the United States the rules of the New York Stock Exchange, with its closures for
 * mourning and storms; elsewhere Monday to Friday without New Year's Day, Good Friday, Christmas and the day after.
 */
final class TradingCalendar {
    private static final Set<LocalDate> CLOSED_ONCE = Set.of(
            LocalDate.of(2001, 9, 11),
            LocalDate.of(2001, 9, 12),
            LocalDate.of(2001, 9, 13),
            LocalDate.of(2001, 9, 14),
            LocalDate.of(2004, 6, 11),
            LocalDate.of(2007, 1, 2),
            LocalDate.of(2012, 10, 29),
            LocalDate.of(2012, 10, 30),
            LocalDate.of(2018, 12, 5));

    private final Map<Integer, Set<LocalDate>> american = new ConcurrentHashMap<>();

    boolean trades(Exchange exchange, LocalDate date) {
        if (isWeekend(date)) {
            return false;
        }
        if (exchange == Exchange.US) {
            return !american.computeIfAbsent(date.getYear(), TradingCalendar::holidays)
                    .contains(date);
        }
        boolean newYear = date.getDayOfYear() == 1;
        boolean christmas =
                date.getMonth() == Month.DECEMBER && (date.getDayOfMonth() == 25 || date.getDayOfMonth() == 26);
        return !newYear && !christmas && !date.equals(easter(date.getYear()).minusDays(2));
    }

    static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static Set<LocalDate> holidays(int year) {
        Set<LocalDate> days = new HashSet<>(CLOSED_ONCE);
        LocalDate newYear = LocalDate.of(year, 1, 1);
        if (newYear.getDayOfWeek() != DayOfWeek.SATURDAY) { // then it is not made up for
            days.add(observed(newYear));
        }
        days.add(LocalDate.of(year, 1, 1).with(dayOfWeekInMonth(3, DayOfWeek.MONDAY)));
        days.add(LocalDate.of(year, 2, 1).with(dayOfWeekInMonth(3, DayOfWeek.MONDAY)));
        days.add(easter(year).minusDays(2));
        days.add(LocalDate.of(year, 5, 1).with(lastInMonth(DayOfWeek.MONDAY)));
        if (year >= 2022) {
            days.add(observed(LocalDate.of(year, 6, 19)));
        }
        days.add(observed(LocalDate.of(year, 7, 4)));
        days.add(LocalDate.of(year, 9, 1).with(dayOfWeekInMonth(1, DayOfWeek.MONDAY)));
        days.add(LocalDate.of(year, 11, 1).with(dayOfWeekInMonth(4, DayOfWeek.THURSDAY)));
        days.add(observed(LocalDate.of(year, 12, 25)));
        return days;
    }

    private static LocalDate observed(LocalDate day) {
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> day.minusDays(1);
            case SUNDAY -> day.plusDays(1);
            default -> day;
        };
    }

    /** Easter Sunday, by the algorithm that is known as Meeus, Jones and Butcher's. */
    static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
        int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
        return LocalDate.of(year, f / 31, f % 31 + 1);
    }
}
