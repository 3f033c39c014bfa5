package dev.troupe.examples.eco;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StockStandInTest {
    private static final String HOST = "www.alphavantage.co";
    private static final String KEY = StandInSettings.DEFAULT_STOCK_KEY;

    private static StandIns standIns;
    private static Client client;

    @BeforeAll
    static void start() {
        standIns = StandIns.start(StandInSettings.onFreePorts());
        client = new Client(standIns);
    }

    @AfterAll
    static void stop() {
        standIns.close();
    }

    @Test
    void daily_ofAStock_isLaidOutAsTheRealService() {
        JsonNode answer = client.stock("TIME_SERIES_DAILY", "symbol", "IBM");

        assertThat(fields(answer)).containsExactly("Meta Data", "Time Series (Daily)");
        assertThat(fields(answer.get("Meta Data")))
                .containsExactly("1. Information", "2. Symbol", "3. Last Refreshed", "4. Output Size", "5. Time Zone");
        assertThat(answer.at("/Meta Data/3. Last Refreshed").textValue()).isEqualTo("2023-09-13");
        JsonNode days = answer.get("Time Series (Daily)");
        assertThat(days).hasSize(100);
        JsonNode day = days.get("2023-09-13");
        assertThat(fields(day)).containsExactly("1. open", "2. high", "3. low", "4. close", "5. volume");
        assertThat(day.get("4. close").textValue()).matches("\\d+\\.\\d{4}");
        assertThat(day.get("5. volume").textValue()).matches("\\d+");
        String text = client.get(HOST, "/query", "function", "TIME_SERIES_DAILY", "symbol", "IBM", "apikey", KEY)
                .text();
        assertThat(text).startsWith("{\n    \"Meta Data\": {\n        \"1. Information\": \"Daily Prices");
    }

    @Test
    void daily_inFull_hasNoWeekendAndNoHolidayAndEachDaysPricesInOrder() {
        JsonNode days = client.stock("TIME_SERIES_DAILY", "symbol", "AMZN", "outputsize", "full")
                .get("Time Series (Daily)");

        assertThat(fields(days)).hasSizeGreaterThan(5900).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(fields(days))
                .doesNotContain("2021-01-01", "2022-06-20", "2021-11-25", "2012-10-29", "2023-04-07")
                .contains("2020-11-27", "2021-06-18", "2015-01-02");
        days.propertyStream().forEach(day -> {
            DayOfWeek weekday = LocalDate.parse(day.getKey()).getDayOfWeek();
            assertThat(weekday).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
            double high = number(day.getValue(), "2. high");
            double low = number(day.getValue(), "3. low");
            assertThat(number(day.getValue(), "1. open")).isBetween(low, high);
            assertThat(number(day.getValue(), "4. close")).isBetween(low, high);
        });
    }

    @Test
    void splits_asTraded_jumpAndAdjustedDoNot() {
        JsonNode days = client.stock("TIME_SERIES_DAILY_ADJUSTED", "symbol", "AMZN", "outputsize", "full")
                .get("Time Series (Daily)");
        JsonNode before = days.get("2022-06-03");
        JsonNode after = days.get("2022-06-06");

        assertThat(fields(after))
                .containsExactly(
                        "1. open",
                        "2. high",
                        "3. low",
                        "4. close",
                        "5. adjusted close",
                        "6. volume",
                        "7. dividend amount",
                        "8. split coefficient");
        assertThat(after.get("8. split coefficient").textValue()).isEqualTo("20.0");
        assertThat(number(before, "4. close") / number(after, "4. close")).isBetween(17.0, 23.0);
        assertThat(number(before, "5. adjusted close") / number(after, "5. adjusted close"))
                .isBetween(0.85, 1.15);
    }

    @ParameterizedTest
    @CsvSource({
        "TIME_SERIES_WEEKLY,Weekly Time Series,5. volume",
        "TIME_SERIES_WEEKLY_ADJUSTED,Weekly Adjusted Time Series,7. dividend amount",
        "TIME_SERIES_MONTHLY,Monthly Time Series,5. volume",
        "TIME_SERIES_MONTHLY_ADJUSTED,Monthly Adjusted Time Series,7. dividend amount"
    })
    void period_ofAStock_isMadeOfItsDays(String function, String name, String last) {
        JsonNode answer = client.stock(function, "symbol", "MSFT");
        assertThat(fields(answer)).containsExactly("Meta Data", name);
        JsonNode series = answer.get(name);
        assertThat(fields(series).getFirst()).isEqualTo("2023-09-13");
        assertThat(fields(series.get("2023-09-13"))).endsWith(last);
        assertThat(fields(series)).contains(function.contains("MONTHLY") ? "2020-10-30" : "2020-10-09");
    }

    @Test
    void month_ofAStock_hasTheHighestOfItsDays() {
        JsonNode days = client.stock("TIME_SERIES_DAILY", "symbol", "AMZN", "outputsize", "full")
                .get("Time Series (Daily)");
        double highest = days.propertyStream()
                .filter(day -> day.getKey().startsWith("2021-06"))
                .mapToDouble(day -> number(day.getValue(), "2. high"))
                .max()
                .orElseThrow();
        JsonNode month = client.stock("TIME_SERIES_MONTHLY", "symbol", "AMZN").at("/Monthly Time Series/2021-06-30");
        assertThat(number(month, "2. high")).isEqualTo(highest);
    }

    @Test
    void intraday_ofAStock_staysWithinItsDay() {
        JsonNode answer = client.stock(
                "TIME_SERIES_INTRADAY",
                "symbol",
                "IBM",
                "interval",
                "5min",
                "extended_hours",
                "false",
                "outputsize",
                "full");
        assertThat(fields(answer)).containsExactly("Meta Data", "Time Series (5min)");
        JsonNode series = answer.get("Time Series (5min)");
        JsonNode day = client.stock("TIME_SERIES_DAILY", "symbol", "IBM").at("/Time Series (Daily)/2023-09-13");
        assertThat(series.get("2023-09-13 09:30:00").get("1. open")).isEqualTo(day.get("1. open"));
        assertThat(series.get("2023-09-13 15:55:00").get("4. close")).isEqualTo(day.get("4. close"));
        series.propertyStream()
                .filter(bar -> bar.getKey().startsWith("2023-09-13"))
                .forEach(bar -> {
                    assertThat(number(bar.getValue(), "2. high")).isLessThanOrEqualTo(number(day, "2. high"));
                    assertThat(number(bar.getValue(), "3. low")).isGreaterThanOrEqualTo(number(day, "3. low"));
                });
        assertThat(client.stock("TIME_SERIES_INTRADAY", "symbol", "IBM")
                        .get("Error Message")
                        .textValue())
                .contains("TIME_SERIES_INTRADAY");
    }

    @Test
    void csv_ofASeries_hasAHeader() {
        Client.Told told = client.get(
                HOST, "/query", "function", "TIME_SERIES_DAILY", "symbol", "IBM", "datatype", "csv", "apikey", KEY);
        assertThat(told.text()).startsWith("timestamp,open,high,low,close,volume\r\n2023-09-13,");
    }

    @Test
    void quote_ofAStock_agreesWithItsLastDays() {
        JsonNode quote = client.stock("GLOBAL_QUOTE", "symbol", "AAPL").get("Global Quote");
        JsonNode days = client.stock("TIME_SERIES_DAILY", "symbol", "AAPL").get("Time Series (Daily)");
        assertThat(fields(quote))
                .containsExactly(
                        "01. symbol",
                        "02. open",
                        "03. high",
                        "04. low",
                        "05. price",
                        "06. volume",
                        "07. latest trading day",
                        "08. previous close",
                        "09. change",
                        "10. change percent");
        assertThat(quote.get("05. price")).isEqualTo(days.at("/2023-09-13/4. close"));
        assertThat(quote.get("08. previous close")).isEqualTo(days.at("/2023-09-12/4. close"));
        assertThat(client.stock("GLOBAL_QUOTE", "symbol", "NOSUCH").get("Global Quote"))
                .isEmpty();
    }

    @Test
    void search_ofAName_findsTheSymbol() {
        JsonNode best = client.stock("SYMBOL_SEARCH", "keywords", "procter").at("/bestMatches/0");
        assertThat(best.get("1. symbol").textValue()).isEqualTo("PG");
        assertThat(fields(best))
                .containsExactly(
                        "1. symbol",
                        "2. name",
                        "3. type",
                        "4. region",
                        "5. marketOpen",
                        "6. marketClose",
                        "7. timezone",
                        "8. currency",
                        "9. matchScore");
        assertThat(client.stock("SYMBOL_SEARCH", "keywords", "qqqxyz").get("bestMatches"))
                .isEmpty();
    }

    @Test
    void markets_onAThursdayAfternoonInEurope_areOpenAndClosed() {
        JsonNode answer = client.stock("MARKET_STATUS");
        assertThat(answer.get("endpoint").textValue()).isEqualTo("Global Market Open & Close Status");
        assertThat(status(answer, "United States")).isEqualTo("open");
        assertThat(status(answer, "United Kingdom")).isEqualTo("open");
        assertThat(status(answer, "Japan")).isEqualTo("closed");
        assertThat(status(answer, "Mainland China")).isEqualTo("closed");
        assertThat(fields(answer.at("/markets/0")))
                .containsExactly(
                        "market_type",
                        "region",
                        "primary_exchanges",
                        "local_open",
                        "local_close",
                        "current_status",
                        "notes");
    }

    private static String status(JsonNode answer, String region) {
        for (JsonNode market : answer.get("markets")) {
            if (market.get("region").textValue().equals(region)) {
                return market.get("current_status").textValue();
            }
        }
        throw new AssertionError(region);
    }

    @Test
    void rate_ofTwoCurrencies_isTheInverseOfTheOther() {
        JsonNode there = client.stock("CURRENCY_EXCHANGE_RATE", "from_currency", "USD", "to_currency", "JPY")
                .get("Realtime Currency Exchange Rate");
        JsonNode back = client.stock("CURRENCY_EXCHANGE_RATE", "from_currency", "JPY", "to_currency", "USD")
                .get("Realtime Currency Exchange Rate");
        assertThat(fields(there))
                .containsExactly(
                        "1. From_Currency Code",
                        "2. From_Currency Name",
                        "3. To_Currency Code",
                        "4. To_Currency Name",
                        "5. Exchange Rate",
                        "6. Last Refreshed",
                        "7. Time Zone",
                        "8. Bid Price",
                        "9. Ask Price");
        assertThat(number(there, "5. Exchange Rate") * number(back, "5. Exchange Rate"))
                .isBetween(0.9999, 1.0001);
        JsonNode days = client.stock("FX_DAILY", "from_symbol", "JPY", "to_symbol", "GBP", "outputsize", "full")
                .get("Time Series FX (Daily)");
        assertThat(fields(days.get("2021-12-01"))).containsExactly("1. open", "2. high", "3. low", "4. close");
    }

    @Test
    void overviewAndMovers_areLaidOutAsTheRealService() {
        JsonNode overview = client.stock("OVERVIEW", "symbol", "IBM");
        assertThat(fields(overview))
                .startsWith("Symbol", "AssetType", "Name", "Description")
                .contains(
                        "MarketCapitalization", "PERatio", "EPS", "52WeekHigh", "SharesOutstanding", "ExDividendDate");
        assertThat(client.stock("OVERVIEW", "symbol", "NOSUCH")).isEmpty();
        JsonNode movers = client.stock("TOP_GAINERS_LOSERS");
        assertThat(fields(movers))
                .containsExactly("metadata", "last_updated", "top_gainers", "top_losers", "most_actively_traded");
        assertThat(movers.get("top_gainers")).hasSize(20);
        assertThat(fields(movers.at("/top_gainers/0")))
                .containsExactly("ticker", "price", "change_amount", "change_percentage", "volume");
    }

    @Test
    void key_missingWrongOrDemo_getsItsMessageWithStatus200() {
        for (String wrong : List.of("", "wrong")) {
            Client.Told told = client.get(HOST, "/query", "function", "MARKET_STATUS", "apikey", wrong);
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.json().get("Error Message").textValue())
                    .startsWith("the parameter apikey is invalid or missing.");
        }
        assertThat(client.get(HOST, "/query", "function", "MARKET_STATUS", "apikey", "demo")
                        .json()
                        .get("Information"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FB", "^GSPC", "NOSUCH", ""})
    void symbol_thatIsNone_getsTheErrorMessage(String symbol) {
        assertThat(client.stock("TIME_SERIES_DAILY", "symbol", symbol)
                        .get("Error Message")
                        .textValue())
                .isEqualTo("Invalid API call. Please retry or visit the documentation"
                        + " (https://www.alphavantage.co/documentation/) for TIME_SERIES_DAILY.");
    }

    @Test
    void function_thatIsNone_doesNotExist() {
        assertThat(client.stock("NO_SUCH").get("Error Message").textValue())
                .isEqualTo("This API function (NO_SUCH) does not exist.");
        assertThat(client.get(HOST, "/other").status()).isEqualTo(404);
    }

    private static double number(JsonNode node, String field) {
        return Double.parseDouble(node.get(field).textValue());
    }

    private static List<String> fields(JsonNode node) {
        return node.propertyStream().map(Map.Entry::getKey).toList();
    }
}
