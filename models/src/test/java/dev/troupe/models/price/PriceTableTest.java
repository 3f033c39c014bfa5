package dev.troupe.models.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {
    private final PriceTable table = at("2026-11-22T12:00:00Z");

    @Test
    void cost_withCachedTokens_chargesEachKindItsPrice() {
        // gpt-5: 1.25, cached 0.125, output 10 dollars a million: 600*1.25 + 400*0.125 + 200*10 microdollars = 2800.
        assertThat(table.cost("openai/gpt-5", new Usage(1000, 400, 200))).contains(Money.parse("0.0028"));
    }

    @Test
    void cost_noCachedPrice_chargesCachedTokensAsOthers() {
        // gpt-5-pro: 15 and 120, no cached price: 1000*15 + 10*120 = 16200 microdollars.
        assertThat(table.cost("openai/gpt-5-pro", new Usage(1000, 900, 10))).contains(Money.parse("0.0162"));
    }

    @Test
    void cost_promptBeyondATier_chargesAllItsTokensThatTiersPrice() {
        // gpt-5.4: 2.5 and 15 up to 272,000 tokens of prompt, 5 and 22.5 above.
        assertThat(table.cost("openai/gpt-5.4", new Usage(272_000, 0, 1000))).contains(Money.parse("0.695"));
        assertThat(table.cost("openai/gpt-5.4", new Usage(272_001, 0, 1000))).contains(Money.parse("1.382505"));
    }

    @Test
    void cost_priceForCalls_isAddedOnce() {
        // perplexity/sonar: 1 and 1, and 12 dollars for a thousand calls.
        Money cost = table.cost("perplexity/sonar", Usage.NONE).orElseThrow();
        assertThat(cost).isEqualTo(Money.parse("0.012"));
    }

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-5-2025-08-07, 1.25", // equals, in an or
        "OpenAI/GPT-5, 1.25",
        "openai/gpt-5-nano-2025-08-07, 0.05", // starts_with
        "openai/ft:gpt-4o-2024-08-06:acme, 3.75",
        "anthropic/claude-v2.1, 8", // contains
        "anthropic/claude-3.5-haiku-20241022, 0.8",
        "openrouter/anthropic/claude-sonnet-5, 3", // a slash in the model's own name
        "azure/gpt-5.4, 2.5", // served at another provider's prices
        "xai/grok-3, 3", // another name of the provider x-ai
    })
    void find_byTheTablesRules(String model, BigDecimal input) {
        assertThat(table.find(model).orElseThrow().input().base()).isEqualByComparingTo(input);
    }

    @ParameterizedTest
    @CsvSource({"openai/gpt-99", "nobody/gpt-5", "gpt-5", "openai/", "/", "''"})
    void find_unknown_isEmpty(String model) {
        assertThat(table.find(model)).isEmpty();
        assertThat(table.cost(model, new Usage(1, 0, 1))).isEmpty();
        assertThat(table.contextTokens(model)).isEqualTo(OptionalInt.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "openai/o3, 2025-06-09T23:59:59Z, 10",
        "openai/o3, 2025-06-10T00:00:00Z, 2",
        "anthropic/claude-sonnet-5, 2026-08-31T12:00:00Z, 2",
        "anthropic/claude-sonnet-5, 2026-09-01T00:00:00Z, 3",
        "deepseek/deepseek-chat, 2026-01-01T00:29:59Z, 0.135",
        "deepseek/deepseek-chat, 2026-01-01T00:30:00Z, 0.27",
        "deepseek/deepseek-chat, 2026-01-01T16:30:00Z, 0.135"
    })
    void find_priceThatChangesWithTime_isThatOfNow(String model, String now, BigDecimal input) {
        assertThat(at(now).find(model).orElseThrow().input().base()).isEqualByComparingTo(input);
    }

    @Test
    void find_overridden_usersPriceComesFirst() {
        ModelPrice price = ModelPrice.perMillion(new BigDecimal("2"), new BigDecimal("0.5"), new BigDecimal("4"));
        PriceTable own = table.with(Map.of("openai/GPT-5", price, "gateway/mine", price));
        assertThat(own.cost("openai/gpt-5", new Usage(1000, 1000, 0))).contains(Money.parse("0.0005"));
        assertThat(own.cost("gateway/mine", new Usage(1000, 0, 1000))).contains(Money.parse("0.006"));
        assertThat(own.find("openai/gpt-5-mini")).isEqualTo(table.find("openai/gpt-5-mini"));
        assertThat(table.find("gateway/mine")).isEmpty();
    }

    @Test
    void cost_local_isZero() {
        assertThat(table.cost("local/qwen2.5-coder-1.5b-instruct", new Usage(5000, 10, 900)))
                .contains(Money.ZERO);
    }

    @Test
    void price_negative_isRefused() {
        assertThatThrownBy(() -> ModelPrice.perMillion(new BigDecimal("-1"), null, BigDecimal.ONE))
                .isInstanceOf(TroupeException.class)
                .hasMessage("price: -1 (expected: 0 or more)");
    }

    @Test
    void providerAt_knownEndpoint_isItsProvider() {
        assertThat(table.providerAt(URI.create("https://openrouter.ai/api/v1"))).contains("openrouter");
        assertThat(table.providerAt(URI.create("https://api.openai.com/v1"))).contains("openai");
        assertThat(table.providerAt(URI.create("http://localhost:11434/v1"))).isEmpty();
        assertThat(table.providerAt(URI.create("http://evil.example/https://api.openai.com/v1")))
                .isEmpty();
    }

    @Test
    void contextTokens_knownModel_isTheTables() {
        assertThat(table.contextTokens("openai/gpt-5")).isEqualTo(OptionalInt.of(400_000));
    }

    /** Each entry is reached by its own name, or by an earlier one that names it too; none is unreadable. */
    @Test
    void find_everyNameThatTheTableGivesAsEqual_isFound() throws Exception {
        int checked = 0;
        for (var provider : new ObjectMapper().readTree(PriceTable.class.getResourceAsStream("genai-prices.json"))) {
            for (var model : provider.get("models")) {
                if (model.get("match").has("equals")) {
                    String name = provider.get("id").asText() + "/"
                            + model.get("match").get("equals").asText();
                    Optional<Money> cost = table.cost(name, new Usage(1_000_000, 0, 1_000_000));
                    assertThat(cost).describedAs(name).isPresent();
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(700);
    }

    private static PriceTable at(String instant) {
        return PriceTable.published(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
    }
}
