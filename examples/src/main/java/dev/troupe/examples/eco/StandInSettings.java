package dev.troupe.examples.eco;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;

/**
 * What the stand-ins tell, and where.
 *
 * @param clock the time that they take it to be
 * @param seed what all their data are made from
 * @param weatherPort 0 for any that is free; likewise the others
 * @param weatherKey the only valid key of WeatherAPI; likewise the others
 */
public record StandInSettings(
        InstantSource clock,
        long seed,
        int weatherPort,
        int stockPort,
        int placesPort,
        String weatherKey,
        String stockKey,
        String placesKey) {
    /** A Thursday on which it is the same date nearly everywhere, while New York and London trade. */
    public static final String DEFAULT_CLOCK = "2023-09-14T13:45Z";

    public static final long DEFAULT_SEED = 7;
    public static final String DEFAULT_WEATHER_KEY = "standin-weather-5e1f09b3c7";
    public static final String DEFAULT_STOCK_KEY = "standin-stock-8d42a6f017";
    public static final String DEFAULT_PLACES_KEY = "standin-places-b90c37e2d4";

    /** The defaults, with the default keys, on free ports. */
    public static StandInSettings onFreePorts() {
        return new StandInSettings(
                clock(DEFAULT_CLOCK),
                DEFAULT_SEED,
                0,
                0,
                0,
                DEFAULT_WEATHER_KEY,
                DEFAULT_STOCK_KEY,
                DEFAULT_PLACES_KEY);
    }

    /**
     * Reads {@code 2023-09-14T13:45Z}, at which the time then stands still, or {@code now}, with which it goes on.
     *
     * @throws java.time.format.DateTimeParseException for anything else
     */
    public static InstantSource clock(String text) {
        if (text.equals("now")) {
            return InstantSource.system();
        }
        Instant instant = OffsetDateTime.parse(text).toInstant();
        return InstantSource.fixed(instant);
    }
}
