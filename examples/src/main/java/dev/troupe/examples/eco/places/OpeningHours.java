package dev.troupe.examples.eco.places;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * When a place is open, the same from week to week.
 *
 * @param weekday from Monday to Friday; likewise the others. A span that ends before it begins ends on the next day
 */
record OpeningHours(Span weekday, Span saturday, Span sunday) {
    private static final DateTimeFormatter TWELVE = DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);

    /** A part of a day, in whole hours; none where both are equal, all of it from 0 to 24. */
    record Span(int from, int to) {
        static final Span CLOSED = new Span(0, 0);
        static final Span ALL_DAY = new Span(0, 24);

        boolean none() {
            return from == to;
        }

        boolean all() {
            return from == 0 && to == 24;
        }
    }

    static OpeningHours always() {
        return new OpeningHours(Span.ALL_DAY, Span.ALL_DAY, Span.ALL_DAY);
    }

    /** @param shift an hour earlier or later, from -1 to 1 */
    static OpeningHours of(String kind, int shift) {
        return switch (kind) {
            case "office" -> days(new Span(9 + shift, 17 + shift), new Span(9, 13), Span.CLOSED);
            case "shop" -> days(new Span(10 + shift, 19 + shift), new Span(10, 18), new Span(12, 17));
            case "day" -> days(new Span(8 + shift, 21 + shift), new Span(9, 20), new Span(10, 18));
            case "meal" -> days(new Span(11, 22 + shift), new Span(11, 23), new Span(11, 21));
            case "morning" -> days(new Span(7 + shift, 18 + shift), new Span(8, 18), new Span(8, 16));
            case "night" -> days(new Span(17 + shift, 1), new Span(16, 2), new Span(16, 23));
            case "long" -> days(new Span(6, 23), new Span(7, 23), new Span(7, 22));
            case "market" -> days(Span.CLOSED, new Span(8, 14 + shift), new Span(9, 14));
            case "museum" -> days(new Span(10, 17 + shift), new Span(10, 18), new Span(10, 17));
            case "park" -> days(new Span(6, 22), new Span(6, 22), new Span(6, 22));
            default -> always();
        };
    }

    private static OpeningHours days(Span weekday, Span saturday, Span sunday) {
        return new OpeningHours(weekday, saturday, sunday);
    }

    boolean allWeek() {
        return weekday.all() && saturday.all() && sunday.all();
    }

    Span on(DayOfWeek day) {
        return switch (day) {
            case SATURDAY -> saturday;
            case SUNDAY -> sunday;
            default -> weekday;
        };
    }

    boolean open(ZonedDateTime local) {
        Span today = on(local.getDayOfWeek());
        Span yesterday = on(local.getDayOfWeek().minus(1));
        int hour = local.getHour();
        boolean sinceYesterday = yesterday.to() < yesterday.from() && hour < yesterday.to();
        boolean untilMidnight = today.to() < today.from() && hour >= today.from();
        return sinceYesterday || untilMidnight || (hour >= today.from() && hour < today.to());
    }

    /** {@code Monday: 9:00 AM – 5:00 PM}. */
    String text(DayOfWeek day) {
        Span span = on(day);
        String name = day.getDisplayName(java.time.format.TextStyle.FULL, Locale.ENGLISH) + ": ";
        if (span.none()) {
            return name + "Closed";
        }
        return name + (span.all() ? "Open 24 hours" : hour(span.from()) + " \u2013 " + hour(span.to()));
    }

    private static String hour(int hour) {
        return TWELVE.format(LocalTime.of(hour % 24, 0));
    }
}
