package dev.troupe.runtime.cli;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. */
public final class Amounts {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private Amounts() {}

    /** {@code 1,204}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 turn}, {@code 3 turns}. */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** Powers of 1000, as downloads are sized: {@code 412 MB}, {@code 1.1 GB}. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        // 999.5 would be rounded to "1000".
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }

    /** {@code 0.4 s}, {@code 31 s}, {@code 2 min 5 s}, {@code 3 h 12 min}. */
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        long seconds = (millis + 500) / 1000;
        if (millis < 9950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
