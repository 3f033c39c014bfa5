package dev.troupe.models.price;

import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.price.PublishedPrices.Model;
import java.net.URI;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * List prices by {@code provider/model}: {@code openai/gpt-5}, {@code openrouter/anthropic/claude-sonnet-5}. What the
 * user says comes first; {@code local/…} costs nothing; the rest is looked up in the public table, by its rules, at the
 * prices of today. A model that nobody knows has no price: the caller has to say so, not to guess. Immutable.
 */
public final class PriceTable {
    private static final String LOCAL = "local/";

    private final List<PublishedPrices.Provider> providers;
    private final Map<String, ModelPrice> overrides;
    private final Clock clock;

    private PriceTable(List<PublishedPrices.Provider> providers, Map<String, ModelPrice> overrides, Clock clock) {
        this.providers = providers;
        this.overrides = Map.copyOf(overrides);
        this.clock = clock;
    }

    /** The public table. It is read once, when it is first asked for. */
    public static PriceTable published() {
        return published(Clock.systemUTC());
    }

    static PriceTable published(Clock clock) {
        return new PriceTable(Published.PROVIDERS, Map.of(), clock);
    }

    /** The same with prices that come before the table's, by {@code provider/model}. */
    public PriceTable with(Map<String, ModelPrice> prices) {
        Map<String, ModelPrice> all = new HashMap<>(overrides);
        prices.forEach((model, price) -> all.put(model.toLowerCase(Locale.ROOT), price));
        return new PriceTable(providers, all, clock);
    }

    /** The model's price today, or nothing when it is unknown. */
    public Optional<ModelPrice> find(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        ModelPrice override = overrides.get(name);
        if (override != null) {
            return Optional.of(override);
        }
        if (name.startsWith(LOCAL)) {
            return Optional.of(ModelPrice.FREE);
        }
        return published(name).map(found -> found.at(ZonedDateTime.now(clock)));
    }

    /** What a call costs at list price, or nothing when the model is unknown. */
    public Optional<Money> cost(String model, Usage usage) {
        return find(model).map(price -> price.cost(usage));
    }

    /** How many tokens prompt and answer may have together, where the table knows. */
    public OptionalInt contextTokens(String model) {
        return published(model.toLowerCase(Locale.ROOT))
                .filter(found -> found.contextTokens() > 0)
                .map(found -> OptionalInt.of(found.contextTokens()))
                .orElse(OptionalInt.empty());
    }

    /** Whose prices hold at that address: {@code https://openrouter.ai/api/v1} is {@code openrouter}'s. */
    public Optional<String> providerAt(URI endpoint) {
        return providers.stream()
                .filter(provider ->
                        provider.endpoint().matcher(endpoint.toString()).lookingAt())
                .map(PublishedPrices.Provider::id)
                .findFirst();
    }

    private Optional<Model> published(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String model = name.substring(slash + 1);
        return provider(name.substring(0, slash)).flatMap(provider -> model(provider, model));
    }

    private Optional<PublishedPrices.Provider> provider(String name) {
        return providers.stream()
                .filter(provider -> provider.id().equals(name))
                .findFirst()
                .or(() -> providers.stream()
                        .filter(provider -> provider.match().matches(name))
                        .findFirst());
    }

    private Optional<Model> model(PublishedPrices.Provider provider, String name) {
        return provider.models().stream()
                .filter(model -> model.match().matches(name))
                .findFirst()
                .or(() -> provider.fallbacks().stream()
                        .flatMap(id -> provider(id).stream())
                        .flatMap(other -> other.models().stream())
                        .filter(model -> model.match().matches(name))
                        .findFirst());
    }

    /** Read when it is first needed: it takes some tens of milliseconds. */
    private static final class Published {
        static final List<PublishedPrices.Provider> PROVIDERS = PublishedPrices.load();
    }
}
