package dev.troupe.examples.eco.stock;

import dev.troupe.examples.eco.http.Request;
import dev.troupe.examples.eco.stock.Intraday.Part;
import dev.troupe.examples.eco.stock.Series.Meta;
import dev.troupe.examples.eco.stock.Series.Row;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The functions {@code TIME_SERIES_…}. */
final class StockSeries {
    private static final int COMPACT = 100;
    private static final int INTRADAY_DAYS = 30;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String EASTERN = "US/Eastern";
    private static final List<String> PLAIN = List.of("open", "high", "low", "close", "volume");

    private final Market market;

    StockSeries(Market market) {
        this.market = market;
    }

    Series series(String function, Listing listing, Request request) throws StockError {
        List<Bar> days = market.daily(listing);
        String symbol = listing.symbol();
        return switch (function) {
            case "TIME_SERIES_DAILY" -> {
                boolean full = full(function, request);
                yield new Series(
                        meta("Daily Prices (open, high, low, close) and Volumes", symbol, days, full),
                        "Time Series (Daily)",
                        PLAIN,
                        rows(days, full, StockSeries::plain));
            }
            case "TIME_SERIES_DAILY_ADJUSTED" -> {
                boolean full = full(function, request);
                yield new Series(
                        meta("Daily Time Series with Splits and Dividend Events", symbol, days, full),
                        "Time Series (Daily)",
                        List.of(
                                "open",
                                "high",
                                "low",
                                "close",
                                "adjusted close",
                                "volume",
                                "dividend amount",
                                "split coefficient"),
                        rows(days, full, StockSeries::withSplits));
            }
            case "TIME_SERIES_WEEKLY" ->
                periods(
                        "Weekly Prices (open, high, low, close) and Volumes",
                        "Weekly Time Series",
                        symbol,
                        Periods.weekly(days),
                        false);
            case "TIME_SERIES_WEEKLY_ADJUSTED" ->
                periods(
                        "Weekly Adjusted Prices and Volumes",
                        "Weekly Adjusted Time Series",
                        symbol,
                        Periods.weekly(days),
                        true);
            case "TIME_SERIES_MONTHLY" ->
                periods(
                        "Monthly Prices (open, high, low, close) and Volumes",
                        "Monthly Time Series",
                        symbol,
                        Periods.monthly(days),
                        false);
            case "TIME_SERIES_MONTHLY_ADJUSTED" ->
                periods(
                        "Monthly Adjusted Prices and Volumes",
                        "Monthly Adjusted Time Series",
                        symbol,
                        Periods.monthly(days),
                        true);
            case "TIME_SERIES_INTRADAY" -> intraday(listing, days, request);
            default -> throw StockError.function(function);
        };
    }

    private static Series periods(String what, String name, String symbol, List<Bar> periods, boolean adjusted) {
        List<Meta> meta = List.of(
                new Meta("Information", what),
                new Meta("Symbol", symbol),
                new Meta("Last Refreshed", lastDate(periods)),
                new Meta("Time Zone", EASTERN));
        List<String> columns = adjusted
                ? List.of("open", "high", "low", "close", "adjusted close", "volume", "dividend amount")
                : PLAIN;
        return new Series(
                meta, name, columns, rows(periods, true, adjusted ? StockSeries::adjusted : StockSeries::plain));
    }

    private static List<Meta> meta(String what, String symbol, List<Bar> days, boolean full) {
        return List.of(
                new Meta("Information", what),
                new Meta("Symbol", symbol),
                new Meta("Last Refreshed", lastDate(days)),
                new Meta("Output Size", full ? "Full size" : "Compact"),
                new Meta("Time Zone", EASTERN));
    }

    /** @throws StockError for an output size that does not exist */
    static boolean full(String function, Request request) throws StockError {
        return switch (request.get("outputsize", "compact").toLowerCase(Locale.ROOT)) {
            case "full" -> true;
            case "compact" -> false;
            default -> throw StockError.call(function);
        };
    }

    private static String lastDate(List<Bar> bars) {
        return bars.isEmpty() ? "" : bars.getLast().date().toString();
    }

    private interface Columns {
        List<String> of(Bar bar);
    }

    private static List<Row> rows(List<Bar> bars, boolean full, Columns columns) {
        List<Bar> shown = full ? bars : bars.subList(Math.max(0, bars.size() - COMPACT), bars.size());
        return shown.reversed().stream()
                .map(bar -> new Row(bar.date().toString(), columns.of(bar)))
                .toList();
    }

    private static List<String> plain(Bar bar) {
        return List.of(
                four(bar.open()), four(bar.high()), four(bar.low()), four(bar.close()), String.valueOf(bar.volume()));
    }

    private static List<String> adjusted(Bar bar) {
        return List.of(
                four(bar.open()),
                four(bar.high()),
                four(bar.low()),
                four(bar.close()),
                four(bar.adjustedClose()),
                String.valueOf(bar.volume()),
                four(bar.dividend()));
    }

    private static List<String> withSplits(Bar bar) {
        List<String> values = new ArrayList<>(adjusted(bar));
        values.set(4, String.format(Locale.ROOT, "%.12g", bar.adjustedClose()));
        values.add(String.format(Locale.ROOT, "%.1f", bar.split()));
        return values;
    }

    static String four(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private Series intraday(Listing listing, List<Bar> days, Request request) throws StockError {
        String interval = request.get("interval", "");
        if (!List.of("1min", "5min", "15min", "30min", "60min").contains(interval)) {
            throw StockError.call("TIME_SERIES_INTRADAY");
        }
        boolean full = full("TIME_SERIES_INTRADAY", request);
        boolean extended = !request.get("extended_hours", "true").equals("false");
        int minutes = Integer.parseInt(interval.substring(0, interval.length() - 3));
        Intraday intraday = market.intraday(listing);
        List<Row> rows = new ArrayList<>();
        for (Bar day : recent(days, request.get("month")).reversed()) {
            for (Part part : intraday.parts(day, minutes, extended).reversed()) {
                if (full || rows.size() < COMPACT) {
                    rows.add(row(part));
                }
            }
        }
        if (rows.isEmpty()) {
            throw StockError.call("TIME_SERIES_INTRADAY");
        }
        List<Meta> meta = List.of(
                new Meta("Information", "Intraday (" + interval + ") open, high, low, close prices and volume"),
                new Meta("Symbol", listing.symbol()),
                new Meta("Last Refreshed", rows.getFirst().time()),
                new Meta("Interval", interval),
                new Meta("Output Size", full ? "Full size" : "Compact"),
                new Meta("Time Zone", EASTERN));
        return new Series(meta, "Time Series (" + interval + ")", PLAIN, rows);
    }

    /** The last thirty days of the calendar, or a month. */
    private static List<Bar> recent(List<Bar> days, @Nullable String month) throws StockError {
        LocalDate first = days.getLast().date().minusDays(INTRADAY_DAYS);
        LocalDate last = days.getLast().date();
        if (month != null) {
            try {
                YearMonth wanted = YearMonth.parse(month);
                first = wanted.atDay(1);
                last = wanted.atEndOfMonth();
            } catch (DateTimeParseException e) {
                throw StockError.call("TIME_SERIES_INTRADAY");
            }
        }
        List<Bar> found = new ArrayList<>();
        for (Bar day : days) {
            if (!day.date().isBefore(first) && !day.date().isAfter(last)) {
                found.add(day);
            }
        }
        return found;
    }

    private static Row row(Part part) {
        return new Row(
                SECONDS.format(part.begin()),
                List.of(
                        four(part.open()),
                        four(part.high()),
                        four(part.low()),
                        four(part.close()),
                        String.valueOf(part.volume())));
    }
}
