package dev.troupe.examples.eco.stock;

import dev.troupe.examples.eco.world.Noise;
import dev.troupe.examples.eco.world.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Exchange rates: each currency wanders about what a dollar bought in September 2023. */
final class Currencies {
    /** As far from the usual rate as half a year of its movement. */
    private static final double REACH = 0.7;

    private static final double DAYS_A_WAVE = 90;

    private final Map<String, Currency> all = new LinkedHashMap<>();
    private final Noise noise;

    Currencies(long seed) {
        this.noise = new Noise(seed).of("currencies");
        for (String line : Table.lines(Currencies.class, "currencies.txt")) {
            List<String> fields = Table.fields(line, 4);
            all.put(
                    fields.get(0),
                    new Currency(
                            fields.get(0),
                            fields.get(1),
                            Double.parseDouble(fields.get(2)),
                            Double.parseDouble(fields.get(3)) / 100));
        }
    }

    /** @param dollar what one US dollar buys */
    record Currency(String code, String name, double dollar, double movement) {}

    Optional<Currency> find(String code) {
        return Optional.ofNullable(all.get(code.toUpperCase(Locale.ROOT)));
    }

    /** How much of one currency one unit of the other buys at a moment. */
    double rate(Currency from, Currency to, Instant when) {
        return dollarBuys(to, when) / dollarBuys(from, when);
    }

    private double dollarBuys(Currency currency, Instant when) {
        double days = when.getEpochSecond() / 86_400.0;
        double anchor = PriceSeries.ANCHOR.toEpochDay();
        Noise own = noise.of(currency.code());
        double away = wander(own, days) - wander(own, anchor);
        return currency.dollar() * StrictMath.exp(REACH * currency.movement() * away);
    }

    private static double wander(Noise own, double days) {
        return own.wave(days / DAYS_A_WAVE)
                + 0.25 * own.of("week").wave(days / 6)
                + 0.02 * own.of("hour").wave(days * 8);
    }

    /** A day's rates at every hour, the first and the last being its open and close. */
    double[] openHighLowClose(Currency from, Currency to, LocalDate date, Instant until) {
        Instant begin = date.atStartOfDay(ZoneOffset.UTC).toInstant();
        double open = rate(from, to, begin);
        double high = open;
        double low = open;
        double close = open;
        for (int hour = 1; hour <= 24; hour++) {
            Instant at = begin.plusSeconds(3600L * hour);
            close = rate(from, to, at.isAfter(until) ? until : at);
            high = StrictMath.max(high, close);
            low = StrictMath.min(low, close);
        }
        return new double[] {open, high, low, close};
    }
}
