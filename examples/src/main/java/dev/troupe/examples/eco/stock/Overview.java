package dev.troupe.examples.eco.stock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.examples.eco.world.Noise;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** What a company is and how it does: the function {@code OVERVIEW}. Figures follow from its price and size. */
final class Overview {
    private static final int YEAR = 252;

    private final Listing listing;
    private final List<Bar> days;
    private final Noise noise;

    /** @param days all of its trading, the oldest first */
    Overview(Listing listing, List<Bar> days, long seed) {
        this.listing = listing;
        this.days = days;
        this.noise = new Noise(seed).of("overview " + listing.symbol());
    }

    ObjectNode json() {
        Bar last = days.getLast();
        double price = last.close();
        double ratio = 12 + 24 * noise.uniform(1);
        double earnings = price / ratio;
        double margin = 0.05 + 0.25 * noise.uniform(2);
        double revenue = earnings / margin;
        double book = price / (2 + 8 * noise.uniform(3));
        LocalDate quarter = quarterBefore(last.date());
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("Symbol", listing.symbol())
                .put("AssetType", "Common Stock")
                .put("Name", listing.name())
                .put("Description", listing.name() + " is a company of the sector " + listing.sector() + ".")
                .put("CIK", String.valueOf(10_000 + noise.below(1_900_000, 4)))
                .put("Exchange", listing.exchange())
                .put("Currency", listing.market().currency())
                .put(
                        "Country",
                        listing.market() == Exchange.US
                                ? "USA"
                                : listing.market().country())
                .put("Sector", listing.sector())
                .put("Industry", listing.sector())
                .put("Address", "")
                .put("FiscalYearEnd", "December")
                .put("LatestQuarter", quarter.toString())
                .put("MarketCapitalization", whole(listing.shares() * price))
                .put("EBITDA", whole(listing.shares() * earnings * 1.6))
                .put("PERatio", two(ratio))
                .put("PEGRatio", two(0.8 + 2 * noise.uniform(5)))
                .put("BookValue", two(book));
        dividends(node, price);
        node.put("EPS", two(earnings))
                .put("RevenuePerShareTTM", two(revenue))
                .put("ProfitMargin", three(margin))
                .put("OperatingMarginTTM", three(margin * 1.3))
                .put("ReturnOnAssetsTTM", three(margin * 0.5))
                .put("ReturnOnEquityTTM", three(earnings / book))
                .put("RevenueTTM", whole(listing.shares() * revenue))
                .put("GrossProfitTTM", whole(listing.shares() * revenue * 0.45))
                .put("DilutedEPSTTM", two(earnings))
                .put("QuarterlyEarningsGrowthYOY", three(0.3 * noise.uniform(6) - 0.1))
                .put("QuarterlyRevenueGrowthYOY", three(0.2 * noise.uniform(7) - 0.05))
                .put("AnalystTargetPrice", two(price * (1 + 0.2 * noise.uniform(8))))
                .put("TrailingPE", two(ratio))
                .put("ForwardPE", two(ratio * 0.92))
                .put("PriceToSalesRatioTTM", two(price / revenue))
                .put("PriceToBookRatio", two(price / book))
                .put("EVToRevenue", two(price / revenue * 1.1))
                .put("EVToEBITDA", two(ratio / 1.6 * 1.1))
                .put("Beta", three(0.6 + 0.9 * noise.uniform(9)));
        averages(node);
        return node.put("SharesOutstanding", whole(listing.shares()))
                .put("DividendDate", dividendDate(35))
                .put("ExDividendDate", dividendDate(0));
    }

    private void dividends(ObjectNode node, double price) {
        double year = recent(YEAR).stream().mapToDouble(Bar::dividend).sum();
        boolean none = listing.yield() == 0;
        node.put("DividendPerShare", none ? "None" : two(year))
                .put("DividendYield", none ? "None" : String.format(Locale.ROOT, "%.4f", year / price));
    }

    /** Of the last year, in today's shares. */
    private void averages(ObjectNode node) {
        List<Bar> year = recent(YEAR);
        node.put(
                        "52WeekHigh",
                        two(year.stream()
                                .mapToDouble(bar -> bar.high() * scale(bar))
                                .max()
                                .orElseThrow()))
                .put(
                        "52WeekLow",
                        two(year.stream()
                                .mapToDouble(bar -> bar.low() * scale(bar))
                                .min()
                                .orElseThrow()))
                .put("50DayMovingAverage", two(average(50)))
                .put("200DayMovingAverage", two(average(200)));
    }

    private double average(int count) {
        return recent(count).stream().mapToDouble(Bar::adjustedClose).average().orElseThrow();
    }

    private static double scale(Bar bar) {
        return bar.adjustedClose() / bar.close();
    }

    private List<Bar> recent(int count) {
        return days.subList(Math.max(0, days.size() - count), days.size());
    }

    private String dividendDate(int later) {
        return days.reversed().stream()
                .filter(bar -> bar.dividend() > 0)
                .findFirst()
                .map(bar -> bar.date().plusDays(later).toString())
                .orElse("None");
    }

    private static LocalDate quarterBefore(LocalDate date) {
        int month = (date.getMonthValue() - 1) / 3 * 3 + 1;
        return LocalDate.of(date.getYear(), month, 1).minusDays(1);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String three(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
