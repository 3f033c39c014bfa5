package dev.troupe.runtime.team.yaml;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts with units. A number without a unit is none. */
public final class Units {
    /** As in {@code 1500ms}, {@code 30s}, {@code 3m}, {@code 1h}. */
    public static final String DURATION = "^[0-9]{1,9}(ms|s|m|h)$";
    /** As in {@code 64KiB}, {@code 512MiB}, {@code 2GB}. */
    public static final String SIZE = "^[0-9]{1,9}(B|KiB|MiB|GiB|KB|MB|GB)$";
    /** As in {@code 5/s}, {@code 60/m} or {@code 60/min}. */
    public static final String RATE = "^[0-9]{1,9}/(s|m|min|h)$";

    private static final Pattern AMOUNT = Pattern.compile("([0-9]+)/?([A-Za-z]+)");
    private static final Map<String, Duration> TIMES = Map.of(
            "ms",
            Duration.ofMillis(1),
            "s",
            Duration.ofSeconds(1),
            "m",
            Duration.ofMinutes(1),
            "min",
            Duration.ofMinutes(1),
            "h",
            Duration.ofHours(1));
    private static final Map<String, Long> BYTES = Map.of(
            "B",
            1L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30,
            "KB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L);

    private Units() {}

    static @Nullable Duration duration(String text) {
        Matcher amount = amount(DURATION, text);
        return amount == null ? null : unit(TIMES, amount.group(2)).multipliedBy(Long.parseLong(amount.group(1)));
    }

    static @Nullable Long bytes(String text) {
        Matcher amount = amount(SIZE, text);
        return amount == null ? null : unit(BYTES, amount.group(2)) * Long.parseLong(amount.group(1));
    }

    static @Nullable Rate rate(String text) {
        Matcher amount = amount(RATE, text);
        return amount == null ? null : new Rate(Integer.parseInt(amount.group(1)), unit(TIMES, amount.group(2)));
    }

    private static @Nullable Matcher amount(String form, String text) {
        Matcher matcher = AMOUNT.matcher(text);
        return text.matches(form) && matcher.matches() ? matcher : null;
    }

    private static <T> T unit(Map<String, T> units, String name) {
        T unit = units.get(name);
        if (unit == null) {
            throw new IllegalStateException("unit: " + name);
        }
        return unit;
    }

    /** In the largest unit that shows it exactly: {@code 90s}, {@code 2m}. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 3600 == 0 && seconds > 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** In the largest binary unit that shows it exactly: {@code 512MiB}, {@code 1000B}. */
    public static String format(long bytes) {
        if (bytes > 0 && bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "GiB";
        }
        if (bytes > 0 && bytes % (1L << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes > 0 && bytes % (1L << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
    }

    /** So many in a time. */
    public record Rate(int calls, Duration per) {}
}
