package dev.troupe.tools.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.troupe.models.call.CallContext;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Functions of all kinds, good and bad. */
public final class SampleFunctions implements Functions {
    /** Opens when a hanging call was interrupted. */
    static final CountDownLatch INTERRUPTED = new CountDownLatch(1);

    /** A currency. */
    public enum Currency {
        EUR,
        USD
    }

    /** Money and a day. */
    public record Amount(
            BigDecimal value,
            @JsonPropertyDescription("ISO code") Currency currency,
            Optional<LocalDate> day) {}

    @Function("Converts an amount.")
    public Map<String, Object> convert(
            @Parameter("what is converted") Amount amount,
            Currency to,
            @Parameter(value = "digits, 0 to 6", optional = true) @Nullable Integer digits,
            CallContext context) {
        if (amount.value().signum() < 0) {
            throw new IllegalArgumentException("amount.value: " + amount.value() + " (expected: 0 or more)");
        }
        return Map.of(
                "value",
                amount.value().multiply(BigDecimal.TWO),
                "to",
                to,
                "digits",
                digits == null ? 2 : digits,
                "tenant",
                context.tenant());
    }

    @Function("Adds.")
    public String sum(List<Integer> numbers) {
        return "sum " + numbers.stream().mapToInt(number -> number).sum();
    }

    @Function("Throws.")
    public void fail() {
        throw new IllegalStateException("the rates are gone");
    }

    @Function("Never ends until it is interrupted.")
    public void hang() throws InterruptedException {
        try {
            new CountDownLatch(1).await();
        } finally {
            INTERRUPTED.countDown();
        }
    }

    @Function("Says a great deal.")
    public String flood() {
        return "x".repeat(100 << 20);
    }

    @Function("Lists a great deal.")
    public List<Integer> list() {
        return java.util.Collections.nCopies(50_000_000, 7);
    }

    @Function("Uses up the stack.")
    public int deep() {
        return deep() + 1;
    }

    /** No function: it is not marked. */
    public String other() {
        return "";
    }
}
