package dev.troupe.examples.eco.stock;

import java.time.LocalDate;

/**
 * A day's trading, as it was traded: prices before a split are those of the old shares.
 *
 * @param adjustedClose the close as splits and dividends since then make it comparable with today's
 * @param dividend paid for a share to who bought it before this day
 * @param split new shares for an old one from this day on; 1 on others
 */
record Bar(
        LocalDate date,
        double open,
        double high,
        double low,
        double close,
        double adjustedClose,
        long volume,
        double dividend,
        double split) {}
