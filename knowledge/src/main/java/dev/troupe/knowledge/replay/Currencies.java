package dev.troupe.knowledge.replay;

import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names of currencies and their codes in ISO 4217, as the JDK has them. "Dollars" alone are nobody's. */
final class Currencies {
    private static final Set<String> CODES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
    private static final Map<String, String> NAMES = names();

    /** Codes of three letters that are words or other things in questions. */
    private static final Set<String> NOT_CURRENCIES =
            Set.of("ALL", "TOP", "CUP", "MOP", "PEN", "TRY", "LAK", "XXX", "XTS");

    private Currencies() {}

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (Currency currency : Currency.getAvailableCurrencies()) {
            String name = currency.getDisplayName(Locale.ENGLISH).toLowerCase(Locale.ROOT);
            // Metals, test codes and units of account are no money that a question names.
            if (!name.contains("(") && !currency.getCurrencyCode().startsWith("X")) {
                names.putIfAbsent(name, currency.getCurrencyCode());
                names.putIfAbsent(name + "s", currency.getCurrencyCode());
            }
        }
        Map.ofEntries(
                        Map.entry("euro", "EUR"),
                        Map.entry("euros", "EUR"),
                        Map.entry("yen", "JPY"),
                        Map.entry("yuan", "CNY"),
                        Map.entry("chinese yuan", "CNY"),
                        Map.entry("renminbi", "CNY"),
                        Map.entry("us dollar", "USD"),
                        Map.entry("us dollars", "USD"),
                        Map.entry("u.s dollar", "USD"),
                        Map.entry("u.s dollars", "USD"),
                        Map.entry("american dollar", "USD"),
                        Map.entry("american dollars", "USD"),
                        Map.entry("british pound", "GBP"),
                        Map.entry("british pounds", "GBP"),
                        Map.entry("pound sterling", "GBP"),
                        Map.entry("pounds sterling", "GBP"),
                        Map.entry("british pound sterling", "GBP"),
                        Map.entry("baht", "THB"),
                        Map.entry("zloty", "PLN"),
                        Map.entry("forint", "HUF"),
                        Map.entry("bitcoin", "BTC"))
                .forEach(names::put);
        return Map.copyOf(names);
    }

    /** The code that a name or a code in capitals stands for, or null. */
    static @Nullable String code(String text) {
        if (text.length() == 3 && CODES.contains(text) && !NOT_CURRENCIES.contains(text)) {
            return text;
        }
        return NAMES.get(text.toLowerCase(Locale.ROOT));
    }
}
