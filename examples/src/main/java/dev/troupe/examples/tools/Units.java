package dev.troupe.examples.tools;

import dev.troupe.tools.function.Function;
import dev.troupe.tools.function.Functions;
import dev.troupe.tools.function.Parameter;
import java.math.BigDecimal;
import java.math.MathContext;

/** Converts lengths and weights exactly. */
public final class Units implements Functions {
    /** A unit, and what one of it is in metres or kilograms. */
    public enum Unit {
        METRE("1", true),
        KILOMETRE("1000", true),
        INCH("0.0254", true),
        FOOT("0.3048", true),
        YARD("0.9144", true),
        MILE("1609.344", true),
        NAUTICAL_MILE("1852", true),
        KILOGRAM("1", false),
        OUNCE("0.028349523125", false),
        POUND("0.45359237", false),
        STONE("6.35029318", false);

        private final BigDecimal base;
        private final boolean length;

        Unit(String base, boolean length) {
            this.base = new BigDecimal(base);
            this.length = length;
        }
    }

    /** @throws IllegalArgumentException for a length in kilograms, and the like */
    @Function("Converts a length or a weight from one unit into another, exactly.")
    public String convert(
            @Parameter("how much") BigDecimal amount,
            @Parameter("the unit of the amount") Unit from,
            @Parameter("the unit that is wanted") Unit to) {
        if (from.length != to.length) {
            throw new IllegalArgumentException("to: " + to + " (expected: a unit of "
                    + (from.length ? "length" : "weight") + ", as " + from + " is)");
        }
        BigDecimal converted = amount.multiply(from.base).divide(to.base, MathContext.DECIMAL32);
        return converted.stripTrailingZeros().toPlainString() + " " + to;
    }
}
