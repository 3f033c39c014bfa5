package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Piece.Place;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What in a program may depend on a date: days that the question does not explain, lengths of months, an index that was
 * reckoned from the clock.
 *
 * @param changed indexes of the slots that changed, and that no other solution has shown to be all
 * @param said the words of the question in lower case
 * @param numbersSaid its numbers
 */
record DateTraces(
        List<Slot> olds,
        List<Slot> news,
        Set<Integer> changed,
        Set<String> said,
        Set<String> numbersSaid,
        @Nullable LocalDate oldDay) {
    /** Names of what is measured, so that 2000 beside them is no year. */
    private static final Pattern MEASURE =
            Pattern.compile("(?:cmp:)?(?:\\w*_)?(?:radius|weight|price|cost|revenue|distance"
                    + "|limit|size|width|height|g|kg|m|km|mm|eur|usd|timeout)");

    private static final Pattern DATE_LIKE = Pattern.compile("(?<![\\d.])(?:19|20)\\d\\d(?:[-/.]?\\d\\d){0,2}(?!\\d)");
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");

    /**
     * Looks at the dates of a piece that were not exchanged.
     *
     * @param left what it says beside the values that are known
     */
    void check(Piece piece, String left, List<Occurrence> known) {
        known.forEach(this::next);
        Matcher date = DATE_LIKE.matcher(left);
        while (date.find()) {
            String text = date.group();
            boolean named =
                    numbersSaid.contains(text) && dateSlots(false).findAny().isEmpty();
            boolean noYear = piece.place() == Place.FIELD
                    || (piece.isNumber()
                            && MEASURE.matcher(piece.role().toLowerCase(Locale.ROOT))
                                    .matches());
            if (!named && !isWithinUnchanged(text) && !(noYear && text.length() == 4)) {
                throw new Abstention("the program has the date " + text + ", which the question does not explain");
            }
        }
        boolean dateChanges = dateSlots(true).findAny().isPresent();
        String lower = left.toLowerCase(Locale.ROOT);
        if (dateChanges && !piece.isMessage()) {
            for (String word : lower.split("[^a-z]+", -1)) {
                if (Dates.isCalendarWord(word) && word.length() > 3 && !said.contains(word)) {
                    throw new Abstention("the program has \"" + word + "\", which may depend on the date");
                }
            }
        }
    }

    private Stream<Slot> dateSlots(boolean ofChanged) {
        return IntStream.range(0, olds.size())
                .filter(index -> changed.contains(index) == ofChanged)
                .mapToObj(olds::get)
                .filter(slot -> slot.when() != null);
    }

    /** A date that follows from one that stays. */
    private boolean isWithinUnchanged(String text) {
        return IntStream.range(0, olds.size())
                .filter(index -> !changed.contains(index))
                .filter(index -> stays(olds.get(index).when(), news.get(index).when()))
                .mapToObj(index -> Objects.requireNonNull(olds.get(index).when()))
                .flatMap(when -> when.readings().values().stream())
                .anyMatch(period -> follows(period, text));
    }

    /**
     * A part of the date, or a day less than a week before it. Which day of a year or a month it is may have been found
     * out for a name that has changed; where nothing has, it still is.
     */
    private boolean follows(Period period, String text) {
        String start = period.start().toString();
        boolean part = start.startsWith(text) && (text.length() == 4 || period.unit() != Period.Unit.YEAR);
        if (part || (changed.isEmpty() && text.length() <= 7 && start.startsWith(text.substring(0, 4)))) {
            return true;
        }
        Matcher iso = ISO.matcher(text);
        return iso.matches() && (period.unit() == Period.Unit.DAY || changed.isEmpty()) && isWithin(period, iso);
    }

    private static boolean stays(@Nullable When old, @Nullable When fresh) {
        return old != null && fresh != null && old.isCertain() && old.readings().equals(fresh.readings());
    }

    private static boolean isWithin(Period period, Matcher iso) {
        try {
            LocalDate day = LocalDate.of(
                    Integer.parseInt(iso.group(1)), Integer.parseInt(iso.group(2)), Integer.parseInt(iso.group(3)));
            return period.holds(day)
                    || (period.unit() == Period.Unit.DAY
                            && day.isBefore(period.start())
                            && day.isAfter(period.start().minusWeeks(1)));
        } catch (java.time.DateTimeException e) {
            return false;
        }
    }

    /** The first day after a period, which may be a date of its own. */
    private void next(Occurrence found) {
        List<Form> forms = found.forms();
        if (forms.stream().allMatch(form -> form.part() == Form.Part.NEXT && changed.contains(form.slot()))) {
            throw new Abstention("the program has " + forms.getFirst().old() + ", which the question does not name");
        }
    }

    /** Looks at a number, which may have been reckoned from a date that changed. */
    void check(Piece piece, BigDecimal value, When when) {
        int number = value.scale() <= 0 && value.abs().compareTo(BigDecimal.valueOf(100_000_000_000L)) < 0
                ? (int) Math.min(Integer.MAX_VALUE, value.longValue())
                : 0;
        boolean lengthOfPeriod = (number >= 28
                        && number <= 32
                        && !Boilerplate.isForAll(piece.role().toLowerCase(Locale.ROOT)))
                || (number >= 88 && number <= 93)
                || number == 365
                || number == 366
                || number > 100_000_000;
        LocalDate asked = oldDay;
        boolean ahead = asked != null
                && when.unit() == Period.Unit.DAY
                && when.readings().values().stream()
                        .map(period -> period.offsetFrom(asked))
                        .anyMatch(offset -> Math.abs(offset) > 0
                                && Math.abs(offset) < 400
                                && number > 1
                                && (number == Math.abs(offset) || number == Math.abs(offset) + 1));
        boolean yearPart = when.readings().values().stream()
                .anyMatch(period -> number == period.start().getYear()
                        || number == period.start().getYear() - 1
                        || number == period.start().getYear() + 1);
        if (lengthOfPeriod || ahead || yearPart) {
            throw new Abstention("the program has " + piece.value() + ", which may follow from the date");
        }
    }
}
