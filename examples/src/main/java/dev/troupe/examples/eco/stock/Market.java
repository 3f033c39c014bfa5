package dev.troupe.examples.eco.stock;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** All prices up to the clock's moment. */
final class Market {
    /** A day is told when it is over: local time. */
    private static final LocalTime TOLD_FROM = LocalTime.of(17, 0);

    private final InstantSource clock;
    private final long seed;
    private final Listings listings = new Listings();
    private final TradingCalendar calendar = new TradingCalendar();
    private final Map<String, Known> series = new ConcurrentHashMap<>();
    private final Map<String, Known> ends = new ConcurrentHashMap<>();

    Market(InstantSource clock, long seed) {
        this.clock = clock;
        this.seed = seed;
    }

    private record Known(LocalDate last, List<Bar> bars) {}

    Instant now() {
        return clock.instant();
    }

    Listings listings() {
        return listings;
    }

    TradingCalendar calendar() {
        return calendar;
    }

    Intraday intraday(Listing listing) {
        return new Intraday(listing, seed);
    }

    /** All complete trading days, the oldest first. */
    List<Bar> daily(Listing listing) {
        return known(series, listing, bars -> bars);
    }

    /** The last two of them; to know these of all listings takes little memory. */
    List<Bar> lastTwo(Listing listing) {
        return known(ends, listing, bars -> List.copyOf(bars.subList(Math.max(0, bars.size() - 2), bars.size())));
    }

    private List<Bar> known(Map<String, Known> all, Listing listing, UnaryOperator<List<Bar>> part) {
        LocalDate last = lastDay(listing.market());
        Known known = all.compute(
                listing.symbol(),
                (symbol, before) -> before != null && before.last().equals(last)
                        ? before
                        : new Known(last, part.apply(new PriceSeries(listing, seed, calendar).until(last))));
        return known.bars();
    }

    /** The latest trading day that is over. */
    LocalDate lastDay(Exchange exchange) {
        ZonedDateTime local = now().atZone(exchange.zone());
        LocalDate date =
                local.toLocalTime().isBefore(TOLD_FROM) ? local.toLocalDate().minusDays(1) : local.toLocalDate();
        while (!calendar.trades(exchange, date)) {
            date = date.minusDays(1);
        }
        return date;
    }
}
