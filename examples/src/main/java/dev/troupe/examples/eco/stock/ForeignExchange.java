package dev.troupe.examples.eco.stock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.examples.eco.http.Request;
import dev.troupe.examples.eco.stock.Currencies.Currency;
import dev.troupe.examples.eco.stock.Series.Meta;
import dev.troupe.examples.eco.stock.Series.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code CURRENCY_EXCHANGE_RATE} and the functions {@code FX_DAILY}, {@code FX_WEEKLY} and {@code FX_MONTHLY}. */
final class ForeignExchange {
    private static final LocalDate FIRST = LocalDate.of(2003, 12, 1);
    private static final int COMPACT = 100;
    /** Half of what lies between bid and ask, as a share. */
    private static final double HALF_SPREAD = 0.00002;

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Currencies currencies;
    private final Market market;

    ForeignExchange(Currencies currencies, Market market) {
        this.currencies = currencies;
        this.market = market;
    }

    ObjectNode rate(Request request) throws StockError {
        Currency from = currency(request.get("from_currency"), "CURRENCY_EXCHANGE_RATE");
        Currency to = currency(request.get("to_currency"), "CURRENCY_EXCHANGE_RATE");
        Instant now = market.now();
        double rate = currencies.rate(from, to, now);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("Realtime Currency Exchange Rate")
                .put("1. From_Currency Code", from.code())
                .put("2. From_Currency Name", from.name())
                .put("3. To_Currency Code", to.code())
                .put("4. To_Currency Name", to.name())
                .put("5. Exchange Rate", eight(rate))
                .put("6. Last Refreshed", SECONDS.format(now))
                .put("7. Time Zone", "UTC")
                .put("8. Bid Price", eight(rate * (1 - HALF_SPREAD)))
                .put("9. Ask Price", eight(rate * (1 + HALF_SPREAD)));
        return body;
    }

    Series series(String function, Request request) throws StockError {
        Currency from = currency(request.get("from_symbol"), function);
        Currency to = currency(request.get("to_symbol"), function);
        boolean full = StockSeries.full(function, request);
        List<Bar> days = days(from, to);
        List<Bar> bars = switch (function) {
            case "FX_WEEKLY" -> Periods.weekly(days);
            case "FX_MONTHLY" -> Periods.monthly(days);
            default -> full ? days : days.subList(days.size() - COMPACT, days.size());
        };
        String what = function.substring(3, 4) + function.substring(4).toLowerCase(Locale.ROOT);
        List<Meta> meta = new ArrayList<>(List.of(
                new Meta("Information", "Forex " + what + " Prices (open, high, low, close)"),
                new Meta("From Symbol", from.code()),
                new Meta("To Symbol", to.code())));
        if (function.equals("FX_DAILY")) {
            meta.add(new Meta("Output Size", full ? "Full size" : "Compact"));
        }
        meta.add(new Meta("Last Refreshed", SECONDS.format(market.now())));
        meta.add(new Meta("Time Zone", "UTC"));
        return new Series(
                meta,
                "Time Series FX (" + what + ")",
                List.of("open", "high", "low", "close"),
                bars.reversed().stream().map(ForeignExchange::row).toList());
    }

    private Currency currency(@Nullable String code, String function) throws StockError {
        if (code == null) {
            throw StockError.call(function);
        }
        return currencies.find(code).orElseThrow(() -> StockError.call(function));
    }

    /** All days but those of the weekend, today's as far as it has come. */
    private List<Bar> days(Currency from, Currency to) {
        List<Bar> days = new ArrayList<>();
        LocalDate today = market.now().atZone(ZoneOffset.UTC).toLocalDate();
        for (LocalDate date = FIRST; !date.isAfter(today); date = date.plusDays(1)) {
            if (!TradingCalendar.isWeekend(date)) {
                double[] told = currencies.openHighLowClose(from, to, date, market.now());
                days.add(new Bar(date, told[0], told[1], told[2], told[3], told[3], 0, 0, 1));
            }
        }
        return days;
    }

    private static Row row(Bar bar) {
        return new Row(
                bar.date().toString(), List.of(five(bar.open()), five(bar.high()), five(bar.low()), five(bar.close())));
    }

    private static String five(double rate) {
        return String.format(Locale.ROOT, "%.5f", rate);
    }

    private static String eight(double rate) {
        return String.format(Locale.ROOT, "%.8f", rate);
    }
}
