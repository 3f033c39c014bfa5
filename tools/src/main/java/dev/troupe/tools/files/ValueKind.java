package dev.troupe.tools.files;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A way of writing values that a column may keep to, most special first.
 *
 * @param label as a prompt names it
 * @param form what every value matches
 * @param date how to read it as a date; null for what is none
 * @param order of values of this kind; null where "least" and "greatest" say nothing
 */
record ValueKind(
        String label,
        Pattern form,
        @Nullable DateTimeFormatter date,
        @Nullable Comparator<String> order) {
    /** In the order in which they are tried. */
    static final List<ValueKind> ALL = List.of(
            number("integer", "[+-]?[0-9]{1,18}"),
            number("number", "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?"),
            text("number written with decimal comma, as text", "[+-]?([0-9]{1,3}(\\.[0-9]{3})+|[0-9]+)(,[0-9]+)?"),
            text("number written with thousands commas, as text", "[+-]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?"),
            text("number with percent sign, as text", "[+-]?[0-9]+([.,][0-9]+)? ?%"),
            text("amount with currency sign, as text", "[+-]?[$€£¥] ?[0-9][0-9.,]*|[+-]?[0-9][0-9.,]* ?[$€£¥]"),
            text("true or false", "(?i)true|false"),
            date("%Y-%m-%d", "[0-9]{4}-[0-9]{2}-[0-9]{2}", "uuuu-MM-dd"),
            date("%Y-%m", "[0-9]{4}-[0-9]{2}", "uuuu-MM"),
            date("%d.%m.%Y", "[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}", "dd.MM.uuuu"),
            date("%Y/%m/%d", "[0-9]{4}/[0-9]{2}/[0-9]{2}", "uuuu/MM/dd"),
            date("%b %Y", "[A-Za-z]{3} [0-9]{4}", "MMM uuuu"),
            date("%d %b %Y", "[0-9]{2} [A-Za-z]{3} [0-9]{4}", "dd MMM uuuu"),
            // Which of the two it is shows only where a day is above 12; the column keeps what all of its values allow.
            date("%m/%d/%Y", "[0-9]{2}/[0-9]{2}/[0-9]{4}", "MM/dd/uuuu"),
            date("%d/%m/%Y", "[0-9]{2}/[0-9]{2}/[0-9]{4}", "dd/MM/uuuu"),
            text(
                    "date and time, ISO 8601",
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9.]+)?(Z|[+-][0-9:]+)?"));

    private static ValueKind number(String label, String form) {
        return new ValueKind(label, Pattern.compile(form), null, Comparator.comparing(value -> new BigDecimal(value)));
    }

    private static ValueKind text(String label, String form) {
        return new ValueKind(label, Pattern.compile(form), null, null);
    }

    private static ValueKind date(String python, String form, String pattern) {
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
        return new ValueKind(
                "date as text, format " + python,
                Pattern.compile(form),
                formatter,
                Comparator.comparing(value -> orEarliest(day(formatter, value))));
    }

    boolean fits(String value) {
        return form.matcher(value).matches() && (date == null || day(date, value) != null);
    }

    private static LocalDate orEarliest(@Nullable LocalDate day) {
        return day == null ? LocalDate.MIN : day;
    }

    /** The day that a value means, the first for a month; null when it is none. */
    private static @Nullable LocalDate day(DateTimeFormatter date, String value) {
        try {
            return date.parseBest(value, LocalDate::from, YearMonth::from) instanceof LocalDate day
                    ? day
                    : YearMonth.parse(value, date).atDay(1);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
