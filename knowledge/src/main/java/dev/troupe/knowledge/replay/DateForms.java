package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Form.Part;
import dev.troupe.knowledge.replay.Form.Where;
import dev.troupe.knowledge.replay.Period.Unit;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The ways in which programs write dates. */
final class DateForms {
    private static final List<Function<LocalDate, String>> DAY = formats(
            "yyyy-MM-dd",
            "yyyy/MM/dd",
            "yyyyMMdd",
            "MM/dd/yyyy",
            "dd/MM/yyyy",
            "M/d/yyyy",
            "d/M/yyyy",
            "dd.MM.yyyy",
            "d.M.yyyy",
            "MM-dd-yyyy",
            "dd-MM-yyyy",
            "MMMM d, yyyy",
            "MMMM dd, yyyy",
            "MMM d, yyyy",
            "MMM dd, yyyy",
            "d MMMM yyyy",
            "dd MMMM yyyy",
            "d MMM yyyy",
            "dd MMM yyyy",
            "MMMM d yyyy",
            "EEEE, MMMM d, yyyy",
            "dd-MMM-yyyy");
    /** Dates that are not padded with zeros; where nothing shows that they are not, ISO 8601 is meant. */
    private static final Map<String, String> UNPADDED = Map.of("yyyy-M-d", "yyyy-MM-dd", "yyyy-M", "yyyy-MM");

    private static final List<Function<LocalDate, String>> MONTH =
            formats("yyyy-MM", "yyyy/MM", "yyyyMM", "MM/yyyy", "MMMM yyyy", "MMM yyyy", "MMMM, yyyy", "yyyy MMMM");
    private static final List<Function<LocalDate, String>> QUARTER =
            formats("'Q'q yyyy", "yyyy'Q'q", "yyyy-'Q'q", "yyyy 'Q'q", "'Q'q'/'yyyy");
    private static final List<Function<LocalDate, String>> YEAR = formats("yyyy");
    private static final List<Function<LocalDate, String>> BOUNDS =
            formats("yyyy-MM-dd", "yyyyMMdd", "yyyy/MM/dd", "MM/dd/yyyy", "MMMM d, yyyy");

    private DateForms() {}

    private static List<Function<LocalDate, String>> formats(String... patterns) {
        List<Function<LocalDate, String>> formats = new ArrayList<>();
        for (String pattern : patterns) {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
            formats.add(formatter::format);
        }
        return formats;
    }

    /** The forms of a date that becomes another, for each reading of the old one. */
    static List<Form> of(int slot, When old, When fresh) {
        Set<Form> forms = new LinkedHashSet<>();
        old.readings().forEach((convention, before) -> {
            for (Period after : readings(fresh, convention)) {
                add(forms, slot, before, after);
            }
        });
        return List.copyOf(forms);
    }

    /** What the new date means if the program reads dates by that convention. */
    static Collection<Period> readings(When fresh, String convention) {
        Period same = fresh.readings().get(convention);
        return same == null ? fresh.readings().values() : List.of(same);
    }

    private static void add(Set<Form> forms, int slot, Period before, Period after) {
        for (Function<LocalDate, String> format : formats(before.unit())) {
            forms.add(Form.all(slot, format.apply(before.start()), format.apply(after.start())));
        }
        UNPADDED.forEach((pattern, padded) -> {
            String old = format(pattern, before.start());
            if (pattern.endsWith("d") == (before.unit() == Unit.DAY) && !old.equals(format(padded, before.start()))) {
                forms.add(Form.all(slot, old, format(pattern, after.start())));
            }
        });
        if (before.unit() == Unit.DAY) {
            forms.add(Form.all(slot, ordinal(before.start(), true), ordinal(after.start(), true)));
            forms.add(Form.all(slot, ordinal(before.start(), false), ordinal(after.start(), false)));
        } else {
            bounds(forms, slot, before, after);
        }
        parts(before).forEach((part, old) -> {
            List<String> fresh = parts(after).getOrDefault(part, List.of());
            for (int i = 0; i < old.size(); i++) {
                forms.add(new Form(slot, old.get(i), fresh.get(i), Where.CALENDAR, part));
            }
        });
    }

    private static String format(String pattern, LocalDate day) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(day);
    }

    private static List<Function<LocalDate, String>> formats(Unit unit) {
        return switch (unit) {
            case DAY, WEEK -> DAY;
            case MONTH -> MONTH;
            case QUARTER -> QUARTER;
            case YEAR -> YEAR;
        };
    }

    private static void bounds(Set<Form> forms, int slot, Period before, Period after) {
        for (Function<LocalDate, String> format : BOUNDS) {
            forms.add(Form.all(slot, format.apply(before.start()), format.apply(after.start())));
            forms.add(part(slot, Part.LAST, format.apply(before.last()), format.apply(after.last())));
            forms.add(part(slot, Part.NEXT, format.apply(before.next()), format.apply(after.next())));
        }
        if (before.unit() == Unit.YEAR || before.unit() == Unit.QUARTER) {
            for (Function<LocalDate, String> format : MONTH.subList(0, 2)) {
                forms.add(Form.all(slot, format.apply(before.start()), format.apply(after.start())));
                forms.add(part(slot, Part.LAST, format.apply(before.last()), format.apply(after.last())));
            }
        }
    }

    private static Form part(int slot, Part part, String old, String fresh) {
        return new Form(slot, old, fresh, Where.ANYWHERE, part);
    }

    /** Each part in the ways in which it is written alone, in the same order for all dates. */
    private static Map<Part, List<String>> parts(Period period) {
        LocalDate day = period.start();
        Map<Part, List<String>> parts = new LinkedHashMap<>();
        if (period.unit() == Unit.WEEK) {
            return parts;
        }
        parts.put(Part.YEAR, List.of(String.valueOf(day.getYear())));
        if (period.unit() == Unit.QUARTER) {
            parts.put(Part.QUARTER, List.of(String.valueOf(period.quarterOfYear()), "Q" + period.quarterOfYear()));
        }
        if (period.unit() == Unit.DAY || period.unit() == Unit.MONTH) {
            int month = day.getMonthValue();
            String name = Dates.monthName(month);
            parts.put(
                    Part.MONTH,
                    List.of(
                            String.valueOf(month),
                            two(month),
                            name,
                            name.substring(0, 3),
                            name.toLowerCase(Locale.ROOT)));
        }
        if (period.unit() == Unit.DAY) {
            parts.put(Part.DAY, List.of(String.valueOf(day.getDayOfMonth()), two(day.getDayOfMonth())));
        }
        return parts;
    }

    /** The parts without which the date is not all there. */
    static Set<Part> needed(Unit unit) {
        return switch (unit) {
            case DAY -> Set.of(Part.YEAR, Part.MONTH, Part.DAY);
            case MONTH -> Set.of(Part.YEAR, Part.MONTH);
            case QUARTER -> Set.of(Part.YEAR, Part.QUARTER);
            case YEAR -> Set.of(Part.YEAR);
            case WEEK -> Set.of(Part.ALL);
        };
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    /** May 3rd, 2021. */
    private static String ordinal(LocalDate day, boolean comma) {
        int number = day.getDayOfMonth();
        String ending = number / 10 == 1
                ? "th"
                : switch (number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return Dates.monthName(day.getMonthValue()) + " " + number + ending + (comma ? ", " : " ") + day.getYear();
    }
}
