package dev.troupe.examples.eco.stock;

import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that is traded.
 *
 * @param price what the walk comes to on {@link PriceSeries#ANCHOR}
 * @param shares how many there are
 * @param volume how many change hands on a usual day
 * @param yield dividends of a year as a share of the price
 * @param first the first day of trading, or that of the data where it is older
 * @param splits new shares for an old one, by the day on which they trade
 */
record Listing(
        String symbol,
        String name,
        String exchange,
        String sector,
        double price,
        double shares,
        double volume,
        double yield,
        LocalDate first,
        SortedMap<LocalDate, Double> splits) {
    Listing {
        splits = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(splits));
    }

    Exchange market() {
        return Exchange.of(symbol);
    }

    boolean fund() {
        return sector.equals("ETF");
    }
}
