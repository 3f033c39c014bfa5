package dev.troupe.runtime.cli;

import dev.troupe.tools.function.Function;
import dev.troupe.tools.function.Functions;

/** A function on the class path of these tests. */
public final class RateFunctions implements Functions {
    @Function("The rate of a currency.")
    public String rate(String currency) {
        return "1 EUR = 1.1 " + currency;
    }
}
