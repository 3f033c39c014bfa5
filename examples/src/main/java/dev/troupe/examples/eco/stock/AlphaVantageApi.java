package dev.troupe.examples.eco.stock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.examples.eco.http.Reply;
import dev.troupe.examples.eco.http.Reply.Layout;
import dev.troupe.examples.eco.http.Request;
import dev.troupe.examples.eco.http.StandInServer;
import dev.troupe.examples.eco.stock.Listings.Match;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Alpha Vantage's {@code /query}, as a premium key sees it. Errors have HTTP status 200 there, and so here. */
public final class AlphaVantageApi implements StandInServer.Service {
    private static final Set<String> STOCK_SERIES = Set.of(
            "TIME_SERIES_INTRADAY",
            "TIME_SERIES_DAILY",
            "TIME_SERIES_DAILY_ADJUSTED",
            "TIME_SERIES_WEEKLY",
            "TIME_SERIES_WEEKLY_ADJUSTED",
            "TIME_SERIES_MONTHLY",
            "TIME_SERIES_MONTHLY_ADJUSTED");
    private static final Set<String> CURRENCY_SERIES = Set.of("FX_DAILY", "FX_WEEKLY", "FX_MONTHLY");
    private static final String CSV = "application/x-download";

    private final String key;
    private final long seed;
    private final Market market;
    private final StockSeries series;
    private final ForeignExchange exchange;

    /** @param key the only one that is valid */
    public AlphaVantageApi(String key, InstantSource clock, long seed) {
        this.key = key;
        this.seed = seed;
        this.market = new Market(clock, seed);
        this.series = new StockSeries(market);
        this.exchange = new ForeignExchange(new Currencies(seed), market);
    }

    @Override
    public Reply answer(Request request) {
        if (!request.path().equals("/query")) {
            return new Reply(404, "text/html; charset=utf-8", "<h1>Not Found</h1>\n");
        }
        try {
            String given = request.get("apikey", "");
            if (given.equals("demo")) {
                throw StockError.demo();
            }
            if (!given.equals(key)) {
                throw StockError.key();
            }
            String function = request.get("function", "").toUpperCase(Locale.ROOT);
            if (STOCK_SERIES.contains(function)) {
                return told(series.series(function, listing(function, request), request), request);
            }
            if (CURRENCY_SERIES.contains(function)) {
                return told(exchange.series(function, request), request);
            }
            return Reply.json(200, body(function, request), Layout.FOUR_SPACES);
        } catch (StockError e) {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put(e.field(), e.text());
            return Reply.json(200, body, Layout.FOUR_SPACES);
        }
    }

    private static Reply told(Series series, Request request) {
        return request.get("datatype", "json").equals("csv")
                ? new Reply(200, CSV, series.csv())
                : Reply.json(200, series.json(), Layout.FOUR_SPACES);
    }

    private JsonNode body(String function, Request request) throws StockError {
        return switch (function) {
            case "GLOBAL_QUOTE" -> quote(request);
            case "SYMBOL_SEARCH" -> search(request);
            case "MARKET_STATUS" -> new MarketStatus(market.calendar()).json(market.now());
            case "CURRENCY_EXCHANGE_RATE" -> exchange.rate(request);
            case "OVERVIEW" -> overview(request);
            case "TOP_GAINERS_LOSERS" -> Movers.json(market);
            default -> throw StockError.function(function);
        };
    }

    private Listing listing(String function, Request request) throws StockError {
        return market.listings()
                .find(request.get("symbol", ""))
                .filter(listing -> !market.daily(listing).isEmpty())
                .orElseThrow(() -> StockError.call(function));
    }

    private ObjectNode quote(Request request) throws StockError {
        if (request.get("symbol") == null) {
            throw StockError.call("GLOBAL_QUOTE");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode quote = body.putObject("Global Quote");
        Optional<Listing> found = market.listings().find(request.get("symbol", ""));
        if (found.isPresent() && market.daily(found.get()).size() > 1) {
            List<Bar> days = market.daily(found.get());
            Bar day = days.getLast();
            double before = days.get(days.size() - 2).close() / day.split();
            double change = day.close() - before;
            quote.put("01. symbol", found.get().symbol())
                    .put("02. open", StockSeries.four(day.open()))
                    .put("03. high", StockSeries.four(day.high()))
                    .put("04. low", StockSeries.four(day.low()))
                    .put("05. price", StockSeries.four(day.close()))
                    .put("06. volume", String.valueOf(day.volume()))
                    .put("07. latest trading day", day.date().toString())
                    .put("08. previous close", StockSeries.four(before))
                    .put("09. change", StockSeries.four(change))
                    .put("10. change percent", StockSeries.four(100 * change / before) + "%");
        }
        return body;
    }

    private ObjectNode search(Request request) throws StockError {
        String keywords = request.get("keywords");
        if (keywords == null) {
            throw StockError.call("SYMBOL_SEARCH");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode matches = body.putArray("bestMatches");
        for (Match match : market.listings().search(keywords)) {
            Listing listing = match.listing();
            Exchange exchangeOf = listing.market();
            matches.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("1. symbol", listing.symbol())
                    .put("2. name", listing.name())
                    .put("3. type", listing.fund() ? "ETF" : "Equity")
                    .put("4. region", exchangeOf.region())
                    .put("5. marketOpen", exchangeOf.opens())
                    .put("6. marketClose", exchangeOf.closes())
                    .put("7. timezone", exchangeOf.offset())
                    .put("8. currency", exchangeOf.currency())
                    .put("9. matchScore", String.format(Locale.ROOT, "%.4f", match.score())));
        }
        return body;
    }

    private ObjectNode overview(Request request) throws StockError {
        if (request.get("symbol") == null) {
            throw StockError.call("OVERVIEW");
        }
        Optional<Listing> found = market.listings()
                .find(request.get("symbol", ""))
                .filter(listing -> !listing.fund() && !market.daily(listing).isEmpty());
        return found.isEmpty()
                ? JsonNodeFactory.instance.objectNode()
                : new Overview(found.get(), market.daily(found.get()), seed).json();
    }
}
