package dev.troupe.examples.eco.stock;

import dev.troupe.examples.eco.world.Noise;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A day's trading in parts. Between nine thirty and four, New York's time, it leads from the day's open to its close and
 * never leaves the day's range; before and after it stays near the one and the other, with little volume.
 */
final class Intraday {
    private static final int DAY_BEGINS = 4 * 60;
    private static final int OPENS = 9 * 60 + 30;
    private static final int CLOSES = 16 * 60;
    private static final int DAY_ENDS = 20 * 60;
    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final Noise noise;

    Intraday(Listing listing, long seed) {
        this.noise = new Noise(seed).of("intraday " + listing.symbol());
    }

    /** @param begin when it begins, in New York */
    record Part(LocalDateTime begin, double open, double high, double low, double close, long volume) {}

    /** @param minutes 1, 5, 15, 30 or 60 */
    List<Part> parts(Bar day, int minutes, boolean extended) {
        List<Part> parts = new ArrayList<>();
        int first = extended ? DAY_BEGINS : OPENS;
        int end = extended ? DAY_ENDS : CLOSES;
        for (int minute = first - (minutes == 60 && !extended ? 30 : 0); minute < end; minute += minutes) {
            parts.add(part(day, minute, minutes));
        }
        return parts;
    }

    private Part part(Bar day, int minute, int minutes) {
        LocalDate date = day.date();
        double open = price(day, minute);
        double close = price(day, minute + minutes);
        double high = StrictMath.max(open, close);
        double low = StrictMath.min(open, close);
        long volume = 0;
        for (int i = minute; i < minute + minutes; i++) {
            double price = price(day, i);
            high = StrictMath.max(high, price);
            low = StrictMath.min(low, price);
            volume += volume(day, i);
        }
        return new Part(date.atTime(LocalTime.of(minute / 60, minute % 60)), open, high, low, close, volume);
    }

    private double price(Bar day, int minute) {
        double done = StrictMath.min(1, StrictMath.max(0, (minute - OPENS) / (double) (CLOSES - OPENS)));
        double line = day.open() + (day.close() - day.open()) * done;
        double room = (day.high() - day.low()) * 0.35;
        // Nothing at the opening and at the close, so that they are the day's.
        double free = done == 0 || done == 1 ? 0.1 : 2 * StrictMath.sqrt(done * (1 - done));
        boolean bell = minute == OPENS || minute == CLOSES;
        double moved = bell
                ? line
                : line + room * free * noise.of(day.date().toString()).wave(minute / 23.0);
        return StrictMath.rint(StrictMath.min(day.high(), StrictMath.max(day.low(), moved)) * 100) / 100;
    }

    private long volume(Bar day, int minute) {
        boolean regular = minute >= OPENS && minute < CLOSES;
        if (!regular) {
            return (long) (day.volume()
                    * 0.00002
                    * noise.of("after").uniform(day.date().toEpochDay() * 1440 + minute));
        }
        double done = (minute - OPENS) / (double) (CLOSES - OPENS);
        double shape = 0.6 + 4.8 * (done - 0.5) * (done - 0.5); // 1 on average
        return (long) (day.volume() * shape / (CLOSES - OPENS));
    }
}
