package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Period.Unit;
import dev.troupe.knowledge.replay.Token.Kind;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads dates in any wording. What it does not know is not a date, and so has to be equal word for word. */
final class Dates {
    private static final List<String> MONTHS =
            List.of(("january february march april may june " + "july august september october november december")
                    .split(" ", -1));
    private static final List<String> WEEKDAYS =
            List.of(("monday tuesday wednesday thursday friday saturday " + "sunday").split(" ", -1));
    private static final Set<String> BEFORE_DATES = Lexicon.words("""
            in for during of since by and to from between until till through before after on month year or vs
            versus last next this early late mid end beginning start over throughout than - – ( ,
            """);
    /** What makes a holiday of a weekday: its date is not known, so it is no value. */
    private static final String[] OF_HOLIDAYS = {
        "black", "good", "cyber", "ash", "easter", "whit", "palm", "maundy", "super"
    };

    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth");

    private final List<Token> tokens;
    private final @Nullable LocalDate today;
    private int end;

    /** @param today where the one who asks is, or null when nobody knows when it was asked */
    Dates(List<Token> tokens, @Nullable LocalDate today) {
        this.tokens = tokens;
        this.today = today;
    }

    /** The index after the date that was read last. */
    int end() {
        return end;
    }

    /** The date that begins at a token, or null. */
    @Nullable
    When at(int start) {
        end = start;
        When found = null;
        try {
            found = numeric(start);
            found = found == null ? named(start) : found;
            found = found == null ? quarter(start) : found;
            found = found == null ? relative(start) : found;
            found = found == null ? year(start) : found;
        } catch (DateTimeException e) {
            // There is no such day.
            found = null;
        }
        return found;
    }

    private @Nullable When numeric(int at) {
        Token token = token(at);
        if (token == null || token.kind() != Kind.DATE) {
            return null;
        }
        end = at + 1;
        String[] parts = token.text().split("[-/.]", -1);
        int[] n = {Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])};
        if (parts[0].length() == 4) {
            return When.certain(Period.day(LocalDate.of(n[0], n[1], n[2])));
        }
        if (token.text().indexOf('.') >= 0 || n[0] > 12) {
            return When.certain(Period.day(LocalDate.of(n[2], n[1], n[0])));
        }
        if (n[1] > 12 || n[0] == n[1]) {
            return When.certain(Period.day(LocalDate.of(n[2], n[0], n[1])));
        }
        return new When(
                Unit.DAY,
                Map.of(
                        "month first", Period.day(LocalDate.of(n[2], n[0], n[1])),
                        "day first", Period.day(LocalDate.of(n[2], n[1], n[0]))),
                false,
                false,
                null,
                null);
    }

    /** May 3, 2021; 3 May 2021; the 3rd of May; June 2021; Monday, May 3, 2021. */
    private @Nullable When named(int start) {
        int at = start;
        if (weekday(at) > 0 && isSign(at + 1, ",")) {
            at += 2;
        } else if (weekday(at) > 0) {
            at++;
        }
        int month = month(at);
        if (month > 0) {
            boolean sure = at == 0 ? day(at + 1) > 0 || isYear(at + 1) : true;
            int day = day(at + 1);
            if (day > 0 && sure) {
                return dayAndMonth(at + 2, day, month);
            }
            return at == start ? month(at, month) : null;
        }
        int day = day(at);
        if (day > 0) {
            int next = is(at + 1, "of") ? at + 2 : at + 1;
            month = month(next);
            if (month > 0) {
                return dayAndMonth(next + 1, day, month);
            }
        }
        return null;
    }

    private @Nullable When dayAndMonth(int after, int day, int month) {
        int year = isSign(after, ",") || is(after, "of", "in") ? after + 1 : after;
        if (isYear(year)) {
            end = year + 1;
            return When.certain(Period.day(LocalDate.of(number(year), month, day)));
        }
        end = after;
        LocalDate now = today;
        if (now == null) {
            return unknown(Unit.DAY, false, false, null);
        }
        LocalDate same = LocalDate.of(now.getYear(), month, day);
        LocalDate coming = same.isBefore(now) ? LocalDate.of(now.getYear() + 1, month, day) : same;
        LocalDate past = same.isAfter(now) ? LocalDate.of(now.getYear() - 1, month, day) : same;
        return readings(Unit.DAY, false, "this year", same, "the coming", coming, "the past", past);
    }

    private @Nullable When month(int at, int month) {
        int year = isSign(at + 1, ",") || is(at + 1, "of", "in") ? at + 2 : at + 1;
        Token name = tokens.get(at);
        if (isYear(year)) {
            end = year + 1;
            return When.certain(Period.month(number(year), month));
        }
        Token before = token(at - 1);
        if (!name.isCapitalised() || before == null || !BEFORE_DATES.contains(before.lower())) {
            return null;
        }
        end = at + 1;
        LocalDate now = today;
        if (now == null) {
            return unknown(Unit.MONTH, false, false, null);
        }
        LocalDate same = LocalDate.of(now.getYear(), month, 1);
        LocalDate coming = same.isBefore(now.withDayOfMonth(1)) ? same.plusYears(1) : same;
        LocalDate past = same.isAfter(now.withDayOfMonth(1)) ? same.minusYears(1) : same;
        return readings(Unit.MONTH, false, "this year", same, "the coming", coming, "the past", past);
    }

    /** Q3 2025; third quarter of 2025; the 3rd quarter of 2025. */
    private @Nullable When quarter(int at) {
        Token token = token(at);
        int quarter = 0;
        int next = at + 1;
        if (token != null && token.lower().matches("q[1-4]")) {
            quarter = token.lower().charAt(1) - '0';
        } else if (token != null && is(at + 1, "quarter")) {
            quarter = token.kind() == Kind.ORDINAL
                    ? Integer.parseInt(token.lower().replaceAll("\\D", ""))
                    : ORDINALS.indexOf(token.lower()) + 1;
            next = at + 2;
        }
        int year = is(next, "of", "in") || isSign(next, ",") ? next + 1 : next;
        if (quarter < 1 || quarter > 4 || !isYear(year)) {
            return null;
        }
        end = year + 1;
        return When.certain(Period.quarter(number(year), quarter));
    }

    private @Nullable When relative(int at) {
        if (is(at, "today", "yesterday", "tomorrow")) {
            end = at + 1;
            return from(Unit.DAY, is(at, "today") ? 0 : is(at, "tomorrow") ? 1 : -1, null);
        }
        if (is(at, "day") && is(at + 1, "after", "before") && is(at + 2, "tomorrow", "yesterday")) {
            boolean after = is(at + 1, "after") && is(at + 2, "tomorrow");
            boolean before = is(at + 1, "before") && is(at + 2, "yesterday");
            end = at + 3;
            return after || before ? from(Unit.DAY, after ? 2 : -2, null) : null;
        }
        Integer count = count(at);
        if (count != null && is(at + 1, "day", "days", "week", "weeks")) {
            Unit unit = is(at + 1, "day", "days") ? Unit.DAY : Unit.WEEK;
            int sign = is(at + 2, "ago") ? -1 : is(at + 2, "from") && is(at + 3, "now", "today") ? 1 : 0;
            int length = sign < 0 ? 3 : 4;
            Token before = token(at - 1);
            if (sign == 0 && before != null && before.is("in")) {
                sign = 1;
                length = 2;
            }
            if (sign != 0) {
                end = at + length;
                return from(Unit.DAY, sign * count * (unit == Unit.WEEK ? 7L : 1), count);
            }
        }
        return said(at);
    }

    /** Next week, last month, this year; next Monday, on Friday. */
    private @Nullable When said(int at) {
        int step = is(at, "next") ? 1 : is(at, "last") ? -1 : is(at, "this", "current") ? 0 : 2;
        Unit unit = step == 2 ? null : unit(at + 1);
        if (unit != null) {
            end = at + 2;
            return from(unit, step, null);
        }
        int weekday = step == 2 ? weekday(at) : weekday(at + 1);
        boolean holiday = is(at - 1, OF_HOLIDAYS);
        if (weekday == 0 || holiday || (step == 2 && !tokens.get(at).isCapitalised())) {
            return null;
        }
        end = step == 2 ? at + 1 : at + 2;
        LocalDate now = today;
        DayOfWeek day = DayOfWeek.of(weekday);
        if (now == null) {
            return unknown(Unit.DAY, true, false, null).on(day);
        }
        LocalDate coming = now.with(TemporalAdjusters.next(day));
        LocalDate past = now.with(TemporalAdjusters.previous(day));
        LocalDate monday = now.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        When when = switch (step) {
            case 1 ->
                readings(
                        Unit.DAY,
                        true,
                        "the coming",
                        coming,
                        "of next week",
                        monday.plusWeeks(1).plusDays(weekday - 1),
                        "",
                        now);
            case -1 ->
                readings(
                        Unit.DAY,
                        true,
                        "the past",
                        past,
                        "of last week",
                        monday.minusWeeks(1).plusDays(weekday - 1),
                        "",
                        now);
            case 0 ->
                readings(Unit.DAY, true, "of this week", monday.plusDays(weekday - 1), "the coming", coming, "", now);
            default -> readings(Unit.DAY, true, "the coming", coming, "the past", past, "", now);
        };
        return when.on(day);
    }

    private @Nullable When year(int at) {
        if (!isYear(at)) {
            return null;
        }
        Token before = token(at - 1);
        Token after = token(at + 1);
        boolean expected = before == null || BEFORE_DATES.contains(before.lower()) || before.kind() == Kind.NUMBER;
        boolean ends =
                after == null || after.kind() == Kind.SIGN || after.is("'s", "and", "or", "to", "by", "than", "with");
        if (!(expected || ends) || (before != null && before.is("$", "€", "£", "#"))) {
            return null;
        }
        end = at + 1;
        return When.certain(Period.year(number(at)));
    }

    private When from(Unit unit, long step, @Nullable Integer count) {
        LocalDate now = today;
        if (now == null) {
            return unknown(unit, true, true, count);
        }
        return new When(unit, Map.of(When.CERTAIN, Period.around(unit, now).plus(step)), true, true, count, null);
    }

    private static When unknown(Unit unit, boolean relative, boolean steady, @Nullable Integer count) {
        return new When(unit, Map.of(), relative, steady, count, null);
    }

    private static When readings(
            Unit unit,
            boolean relative,
            String a,
            LocalDate first,
            String b,
            LocalDate second,
            String c,
            LocalDate third) {
        Map<String, Period> readings = new LinkedHashMap<>();
        readings.put(a, new Period(unit, first));
        readings.put(b, new Period(unit, second));
        if (!c.isEmpty()) {
            readings.put(c, new Period(unit, third));
        }
        return new When(unit, readings, relative, false, null, null);
    }

    private @Nullable Unit unit(int at) {
        Token token = token(at);
        return token == null
                ? null
                : switch (token.lower()) {
                    case "week" -> Unit.WEEK;
                    case "month" -> Unit.MONTH;
                    case "quarter" -> Unit.QUARTER;
                    case "year" -> Unit.YEAR;
                    default -> null;
                };
    }

    private @Nullable Integer count(int at) {
        Token token = token(at);
        if (token == null) {
            return null;
        }
        if (token.kind() == Kind.NUMBER && token.text().matches("\\d{1,3}")) {
            return Integer.valueOf(token.text());
        }
        int word = NumberWords.of(token.lower());
        return word > 0 ? word : null;
    }

    private int month(int at) {
        Token token = token(at);
        if (token == null || !token.isWord()) {
            return 0;
        }
        String name = token.lower().replaceAll("\\.$", "");
        int full = MONTHS.indexOf(name);
        if (full < 0 && token.isCapitalised() && (name.length() == 3 || name.equals("sept"))) {
            full = MONTHS.stream().map(month -> month.substring(0, 3)).toList().indexOf(name.substring(0, 3));
        }
        // "may" and "march" are verbs too.
        return full >= 0 && (token.isCapitalised() || !name.matches("may|march")) ? full + 1 : 0;
    }

    private int weekday(int at) {
        Token token = token(at);
        return token == null ? 0 : WEEKDAYS.indexOf(token.lower()) + 1;
    }

    private int day(int at) {
        Token token = token(at);
        if (token == null || (token.kind() != Kind.ORDINAL && token.kind() != Kind.NUMBER)) {
            return 0;
        }
        String digits = token.lower().replaceAll("(st|nd|rd|th)$", "");
        return digits.matches("\\d{1,2}") && Integer.parseInt(digits) <= 31 ? Integer.parseInt(digits) : 0;
    }

    private boolean isYear(int at) {
        Token token = token(at);
        return token != null && token.kind() == Kind.NUMBER && token.text().matches("(?:19|20)\\d\\d");
    }

    private int number(int at) {
        return Integer.parseInt(tokens.get(at).text());
    }

    private boolean is(int at, String... words) {
        Token token = token(at);
        return token != null && token.is(words);
    }

    private boolean isSign(int at, String sign) {
        Token token = token(at);
        return token != null && token.text().equals(sign);
    }

    private @Nullable Token token(int at) {
        return at >= 0 && at < tokens.size() ? tokens.get(at) : null;
    }

    static boolean isCalendarWord(String lower) {
        return MONTHS.contains(lower) || WEEKDAYS.contains(lower);
    }

    static String monthName(int month) {
        String name = MONTHS.get(month - 1);
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
