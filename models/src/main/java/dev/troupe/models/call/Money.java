package dev.troupe.models.call;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount of US dollars, in picodollars (10<sup>-12</sup> USD). A long holds up to 9.2 million dollars; list
 * prices per token are whole picodollars.
 */
public record Money(long picodollars) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);
    private static final int SCALE = 12;

    /**
     * Reads {@code "0.05 USD"}, {@code "0.05"} or {@code "$0.05"}.
     *
     * @throws TroupeException {@code INPUT_INVALID} when it is no amount, has another currency, more than 12 decimals,
     *     or does not fit
     */
    public static Money parse(String text) {
        String number = text.strip();
        if (number.startsWith("$")) {
            number = number.substring(1);
        }
        if (number.endsWith("USD")) {
            number = number.substring(0, number.length() - 3).strip();
        }
        try {
            return of(new BigDecimal(number));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "money: " + text + " (expected: an amount such as 0.05 USD)", null, e);
        }
    }

    /** @throws ArithmeticException when it has more than 12 decimals or does not fit */
    public static Money of(BigDecimal dollars) {
        return new Money(dollars.movePointRight(SCALE).longValueExact());
    }

    /** The price of {@code tokens} tokens at {@code perMillion} dollars a million, rounded up to a picodollar. */
    public static Money forTokens(long tokens, BigDecimal perMillion) {
        return new Money(perMillion
                .movePointRight(SCALE - 6)
                .multiply(BigDecimal.valueOf(tokens))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact());
    }

    /** @throws ArithmeticException on overflow, as every operation here */
    public Money plus(Money other) {
        return new Money(Math.addExact(picodollars, other.picodollars));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(picodollars, other.picodollars));
    }

    public boolean isNegative() {
        return picodollars < 0;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(picodollars, other.picodollars);
    }

    /** Dollars with 12 decimals, as JSON carries them: {@code 0.003600000000}. */
    public String toDecimal() {
        return BigDecimal.valueOf(picodollars, SCALE).toPlainString();
    }

    /** For people: four decimals, more where these would all be zeros. {@code $0.0036}, {@code $0.00000042}. */
    @Override
    public String toString() {
        BigDecimal dollars = BigDecimal.valueOf(picodollars, SCALE);
        BigDecimal shown = dollars.setScale(4, RoundingMode.HALF_UP);
        if (shown.signum() == 0 && dollars.signum() != 0) {
            shown = dollars.stripTrailingZeros();
        }
        return (shown.signum() < 0 ? "-$" : "$") + shown.abs().toPlainString();
    }
}
