package dev.troupe.models.price;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one model costs at list price.
 *
 * @param input dollars for a million tokens of the prompt that were computed
 * @param cached dollars for a million tokens of the prompt that came from a cache
 * @param output dollars for a million tokens written
 * @param perThousandCalls dollars for a thousand calls, beside their tokens; almost always 0
 */
public record ModelPrice(Rate input, Rate cached, Rate output, BigDecimal perThousandCalls) {
    /** The price of whatever runs on the user's own machine. */
    public static final ModelPrice FREE = perMillion(BigDecimal.ZERO, null, BigDecimal.ZERO);

    /**
     * A price without tiers.
     *
     * @param cached null when cached tokens cost as much as others
     * @throws TroupeException {@code INPUT_INVALID} when one is negative
     */
    public static ModelPrice perMillion(BigDecimal input, @Nullable BigDecimal cached, BigDecimal output) {
        return new ModelPrice(
                Rate.flat(input), Rate.flat(cached == null ? input : cached), Rate.flat(output), BigDecimal.ZERO);
    }

    /** What one call costs that used so many tokens; each of its parts is rounded up to a picodollar. */
    public Money cost(Usage usage) {
        long prompt = usage.inputTokens();
        return Money.forTokens(prompt - usage.cachedTokens(), input.at(prompt))
                .plus(Money.forTokens(usage.cachedTokens(), cached.at(prompt)))
                .plus(Money.forTokens(usage.outputTokens(), output.at(prompt)))
                .plus(Money.forTokens(1000, perThousandCalls));
    }

    /** What a call's cached tokens would have cost beyond what they did cost, had they been computed again. */
    public Money discount(Usage usage) {
        long prompt = usage.inputTokens();
        return Money.forTokens(usage.cachedTokens(), input.at(prompt))
                .minus(Money.forTokens(usage.cachedTokens(), cached.at(prompt)));
    }

    /**
     * Dollars for a million tokens, which may depend on the length of the prompt.
     *
     * @param base for short prompts
     * @param tiers for longer ones, by rising start
     */
    public record Rate(BigDecimal base, List<Tier> tiers) {
        public Rate {
            requireNotNegative(base);
            tiers = List.copyOf(tiers);
        }

        static Rate flat(BigDecimal price) {
            return new Rate(price, List.of());
        }

        /** The price that holds for all tokens of a call whose prompt has that many, cached ones included. */
        public BigDecimal at(long promptTokens) {
            BigDecimal price = base;
            for (Tier tier : tiers) {
                if (promptTokens > tier.start()) {
                    price = tier.price();
                }
            }
            return price;
        }
    }

    /**
     * A price for prompts longer than {@code start} tokens; for all of their tokens, not only those beyond it.
     */
    public record Tier(long start, BigDecimal price) {
        public Tier {
            requireNotNegative(price);
        }
    }

    private static void requireNotNegative(BigDecimal price) {
        if (price.signum() < 0) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "price: " + price.toPlainString() + " (expected: 0 or more)", null);
        }
    }
}
