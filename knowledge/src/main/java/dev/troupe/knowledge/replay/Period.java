package dev.troupe.knowledge.replay;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * A day, week, month, quarter or year of the calendar.
 *
 * @param start its first day
 */
record Period(Unit unit, LocalDate start) {
    /** What a date names; each is a slot of its own kind. */
    enum Unit {
        DAY('D'),
        WEEK('W'),
        MONTH('M'),
        QUARTER('R'),
        YEAR('Y');

        final char letter;

        Unit(char letter) {
            this.letter = letter;
        }
    }

    static Period day(LocalDate day) {
        return new Period(Unit.DAY, day);
    }

    static Period month(int year, int month) {
        return new Period(Unit.MONTH, LocalDate.of(year, month, 1));
    }

    static Period quarter(int year, int quarter) {
        return new Period(Unit.QUARTER, LocalDate.of(year, quarter * 3 - 2, 1));
    }

    static Period year(int year) {
        return new Period(Unit.YEAR, LocalDate.of(year, 1, 1));
    }

    /** The one that a day lies in; weeks begin on Mondays. */
    static Period around(Unit unit, LocalDate day) {
        return switch (unit) {
            case DAY -> day(day);
            case WEEK -> new Period(unit, day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case MONTH -> month(day.getYear(), day.getMonthValue());
            case QUARTER -> quarter(day.getYear(), (day.getMonthValue() + 2) / 3);
            case YEAR -> year(day.getYear());
        };
    }

    Period plus(long count) {
        return new Period(
                unit,
                switch (unit) {
                    case DAY -> start.plusDays(count);
                    case WEEK -> start.plusWeeks(count);
                    case MONTH -> start.plusMonths(count);
                    case QUARTER -> start.plusMonths(3 * count);
                    case YEAR -> start.plusYears(count);
                });
    }

    /** The first day after it. */
    LocalDate next() {
        return plus(1).start();
    }

    LocalDate last() {
        return next().minusDays(1);
    }

    int quarterOfYear() {
        return (start.getMonthValue() + 2) / 3;
    }

    /** How many units it lies after the one that the day lies in; negative for before. */
    long offsetFrom(LocalDate day) {
        Period now = around(unit, day);
        return switch (unit) {
            case DAY -> ChronoUnit.DAYS.between(now.start, start);
            case WEEK -> ChronoUnit.WEEKS.between(now.start, start);
            case MONTH -> ChronoUnit.MONTHS.between(YearMonth.from(now.start), YearMonth.from(start));
            case QUARTER -> ChronoUnit.MONTHS.between(YearMonth.from(now.start), YearMonth.from(start)) / 3;
            case YEAR -> start.getYear() - now.start.getYear();
        };
    }

    boolean holds(LocalDate day) {
        return !day.isBefore(start) && !day.isAfter(next());
    }
}
