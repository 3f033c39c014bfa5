package dev.troupe.examples.eco.stock;

import dev.troupe.examples.eco.world.Noise;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The daily prices of a listing: a random walk in logarithms that is drawn to a line which goes through the listing's
 * price on {@link #ANCHOR}. The line grows by 5 % a year, and by as much more as its splits took: who splits has grown. It depends on the seed, the symbol and the day, so that a later clock
 * adds days and changes none. In split-adjusted units it has no jump; the prices told are those of the shares of the day.
 */
final class PriceSeries {
    /** Where Alpha Vantage's data begin. */
    static final LocalDate FIRST = LocalDate.of(1999, 11, 1);

    static final LocalDate ANCHOR = LocalDate.of(2023, 9, 13);
    private static final double GROWTH_A_YEAR = 0.05;
    private static final double DAYS_A_YEAR = 365.25;
    /** What is left of a departure from the line after a day; half of it is gone after two years. */
    private static final double MEMORY = 0.9986;

    private final Listing listing;
    private final Noise noise;
    private final TradingCalendar calendar;
    private final double volatility;

    PriceSeries(Listing listing, long seed, TradingCalendar calendar) {
        this.listing = listing;
        this.noise = new Noise(seed).of("stock " + listing.symbol());
        this.calendar = calendar;
        this.volatility = listing.fund() ? 0.010 : listing.sector().equals("TECHNOLOGY") ? 0.020 : 0.0155;
    }

    /** All days from the first to {@code last}, the oldest first. */
    List<Bar> until(LocalDate last) {
        List<LocalDate> days = new ArrayList<>();
        LocalDate end = last.isBefore(ANCHOR) ? ANCHOR : last;
        for (LocalDate date = listing.first(); !date.isAfter(end); date = date.plusDays(1)) {
            if (calendar.trades(listing.market(), date)) {
                days.add(date);
            }
        }
        double[] logarithms = walk(days);
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < days.size() && !days.get(i).isAfter(last); i++) {
            double before = logarithms[Math.max(0, i - 1)];
            bars.add(bar(days.get(i), before, logarithms[i]));
        }
        return adjusted(bars);
    }

    /** Of the close of each day, in shares of the anchor's. */
    private double[] walk(List<LocalDate> days) {
        double[] logarithms = new double[days.size()];
        double growth = growthADay();
        double away = 0;
        double atAnchor = 0;
        for (int i = 0; i < logarithms.length; i++) {
            away = MEMORY * away + volatility * noise.gaussian(days.get(i).toEpochDay());
            logarithms[i] =
                    away + growth * (days.get(i).toEpochDay() - listing.first().toEpochDay());
            if (!days.get(i).isAfter(ANCHOR)) {
                atAnchor = logarithms[i];
            }
        }
        double shift = StrictMath.log(listing.price()) - atAnchor;
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] += shift;
        }
        return logarithms;
    }

    private double growthADay() {
        double split =
                listing.splits().values().stream().mapToDouble(StrictMath::log).sum();
        double days = ChronoUnit.DAYS.between(listing.first(), ANCHOR);
        return GROWTH_A_YEAR / DAYS_A_YEAR + split / StrictMath.max(DAYS_A_YEAR, days);
    }

    private Bar bar(LocalDate date, double before, double close) {
        Noise day = noise.of(date.toString());
        double open = before + 0.35 * volatility * day.gaussian(0);
        double high = StrictMath.max(open, close) + 0.4 * volatility * StrictMath.abs(day.gaussian(1));
        double low = StrictMath.min(open, close) - 0.4 * volatility * StrictMath.abs(day.gaussian(2));
        double shares = sharesOfAnchor(date);
        double usual = listing.volume() * StrictMath.exp(0.3 * day.gaussian(3));
        double busy = 1 + 12 * StrictMath.abs(close - before);
        double traded = price(close, shares);
        return new Bar(
                date,
                price(open, shares),
                price(high, shares),
                price(low, shares),
                traded,
                traded,
                (long) (usual * busy / shares),
                dividend(date, traded),
                listing.splits().getOrDefault(date, 1.0));
    }

    /** How many shares of the anchor's day one share of this day is. */
    private double sharesOfAnchor(LocalDate date) {
        double shares = 1;
        for (var split : listing.splits().entrySet()) {
            boolean between = split.getKey().isAfter(date) && !split.getKey().isAfter(ANCHOR);
            boolean since = split.getKey().isAfter(ANCHOR) && !split.getKey().isAfter(date);
            shares *= between ? split.getValue() : since ? 1 / split.getValue() : 1;
        }
        return shares;
    }

    private static double price(double logarithm, double shares) {
        return StrictMath.max(0.01, StrictMath.rint(StrictMath.exp(logarithm) * shares * 100) / 100);
    }

    /** Every three months, on the first trading day from the tenth on. */
    private double dividend(LocalDate date, double close) {
        if (listing.yield() == 0 || date.getMonthValue() % 3 != noise.below(3, 0)) {
            return 0;
        }
        LocalDate due = date.withDayOfMonth(10);
        while (!calendar.trades(listing.market(), due)) {
            due = due.plusDays(1);
        }
        return date.equals(due) ? StrictMath.rint(close * listing.yield() / 4 * 100) / 100 : 0;
    }

    /** Multiplies each close by what splits and dividends of later days take from it. */
    private static List<Bar> adjusted(List<Bar> bars) {
        List<Bar> adjusted = new ArrayList<>(bars);
        double factor = 1;
        for (int i = bars.size() - 1; i >= 0; i--) {
            Bar bar = bars.get(i);
            adjusted.set(
                    i,
                    new Bar(
                            bar.date(),
                            bar.open(),
                            bar.high(),
                            bar.low(),
                            bar.close(),
                            bar.close() * factor,
                            bar.volume(),
                            bar.dividend(),
                            bar.split()));
            double before = i == 0 ? bar.close() : bars.get(i - 1).close();
            factor *= (1 - bar.dividend() / before) / bar.split();
        }
        return List.copyOf(adjusted);
    }
}
