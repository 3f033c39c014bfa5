package dev.troupe.models.price;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.models.price.ModelPrice.Rate;
import dev.troupe.models.price.ModelPrice.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public table of pydantic/genai-prices (MIT) as it lies among the resources, and how it is to be read: the first
 * model that matches counts; of a model's dated prices, the last whose condition holds.
 */
final class PublishedPrices {
    private static final String RESOURCE = "genai-prices.json";

    private PublishedPrices() {}

    static List<Provider> load() {
        try (InputStream in = PublishedPrices.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + ": not on the class path");
            }
            // Exact decimals: a price never goes through a double.
            JsonNode providers = new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(in);
            List<Provider> read = new ArrayList<>();
            providers.forEach(provider -> read.add(provider(provider)));
            return List.copyOf(read);
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE, e);
        }
    }

    private static Provider provider(JsonNode node) {
        List<Model> models = new ArrayList<>();
        node.get("models").forEach(model -> models.add(model(model)));
        List<String> fallbacks = new ArrayList<>();
        node.path("fallback_model_providers").forEach(id -> fallbacks.add(id.asText()));
        return new Provider(
                node.get("id").asText(),
                node.has("provider_match") ? MatchRule.read(node.get("provider_match")) : MatchRule.NOTHING,
                Pattern.compile(node.get("api_pattern").asText()),
                fallbacks,
                List.copyOf(models));
    }

    private static Model model(JsonNode node) {
        JsonNode prices = node.get("prices");
        List<DatedPrice> dated = new ArrayList<>();
        if (prices.isArray()) {
            prices.forEach(
                    each -> dated.add(new DatedPrice(condition(each.get("constraint")), price(each.get("prices")))));
        } else {
            dated.add(new DatedPrice(condition(null), price(prices)));
        }
        return new Model(
                node.get("id").asText(),
                MatchRule.read(node.get("match")),
                node.path("context_window").asInt(0),
                List.copyOf(dated));
    }

    private static Predicate<ZonedDateTime> condition(@Nullable JsonNode constraint) {
        if (constraint == null) {
            return now -> true;
        }
        if (constraint.has("start_date")) {
            LocalDate start = LocalDate.parse(constraint.get("start_date").asText());
            return now -> !now.toLocalDate().isBefore(start);
        }
        OffsetTime start = OffsetTime.parse(constraint.get("start_time").asText());
        OffsetTime end = OffsetTime.parse(constraint.get("end_time").asText());
        return now -> {
            OffsetTime time = now.toOffsetDateTime().toOffsetTime();
            return !time.isBefore(start) && time.isBefore(end);
        };
    }

    private static ModelPrice price(JsonNode node) {
        Rate input = rate(node.get("input_mtok"), Rate.flat(BigDecimal.ZERO));
        return new ModelPrice(
                input,
                rate(node.get("cache_read_mtok"), input),
                rate(node.get("output_mtok"), Rate.flat(BigDecimal.ZERO)),
                node.path("requests_kcount").decimalValue());
    }

    private static Rate rate(@Nullable JsonNode node, Rate otherwise) {
        if (node == null) {
            return otherwise;
        }
        if (node.isNumber()) {
            return Rate.flat(node.decimalValue());
        }
        List<Tier> tiers = new ArrayList<>();
        node.get("tiers")
                .forEach(tier -> tiers.add(
                        new Tier(tier.get("start").asLong(), tier.get("price").decimalValue())));
        return new Rate(node.get("base").decimalValue(), tiers);
    }

    /**
     * Who serves models.
     *
     * @param match other names that mean this provider
     * @param endpoint matches the beginning of its addresses
     * @param fallbacks providers whose models this one serves at their prices
     */
    record Provider(String id, MatchRule match, Pattern endpoint, List<String> fallbacks, List<Model> models) {}

    /** @param contextTokens 0 where the table does not know */
    record Model(String id, MatchRule match, int contextTokens, List<DatedPrice> prices) {
        ModelPrice at(ZonedDateTime now) {
            ZonedDateTime universal = now.withZoneSameInstant(ZoneOffset.UTC);
            return prices.reversed().stream()
                    .filter(dated -> dated.condition().test(universal))
                    .findFirst()
                    .orElse(prices.getFirst())
                    .price();
        }
    }

    record DatedPrice(Predicate<ZonedDateTime> condition, ModelPrice price) {}
}
