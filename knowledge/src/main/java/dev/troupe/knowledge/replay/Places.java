package dev.troupe.knowledge.replay;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Places whose kind is known for certain: countries with their codes (ISO 3166, as the JDK has them), states of the
 * USA with theirs, and the cities of the JDK's time zones. A place that is not here may still be one.
 */
final class Places {
    private static final Map<String, String> COUNTRIES = countries();

    private static final Map<String, String> STATES = Map.<String, String>ofEntries(entries(
            "Alabama AL,Alaska AK,Arizona AZ,Arkansas AR,California CA,Colorado CO,Connecticut CT,Delaware DE,Florida FL,"
                    + "Georgia GA,Hawaii HI,Idaho ID,Illinois IL,Indiana IN,Iowa IA,Kansas KS,Kentucky KY,Louisiana LA,"
                    + "Maine ME,Maryland MD,Massachusetts MA,Michigan MI,Minnesota MN,Mississippi MS,Missouri MO,Montana MT,"
                    + "Nebraska NE,Nevada NV,New Hampshire NH,New Jersey NJ,New Mexico NM,New York NY,North Carolina NC,"
                    + "North Dakota ND,Ohio OH,Oklahoma OK,Oregon OR,Pennsylvania PA,Rhode Island RI,South Carolina SC,"
                    + "South Dakota SD,Tennessee TN,Texas TX,Utah UT,Vermont VT,Virginia VA,Washington WA,West Virginia WV,"
                    + "Wisconsin WI,Wyoming WY,District of Columbia DC"));

    /** Regions that stand after a city though they are no state of the UN's. */
    private static final Set<String> REGIONS = Lexicon.phrases("""
            england, scotland, wales, northern ireland, ontario, quebec, british columbia, alberta, new south wales,
            victoria, queensland, catalonia, bavaria, tuscany, sicily, brittany, normandy, bali, hokkaido
            """);

    /** Words of the language that are also names of places. */
    private static final Set<String> WORDS = Lexicon.words("""
            north south west east center central easter knox troll turkey chad jersey reunion mali oman niger
            victoria mobile nice reading bath jordan georgia guinea monticello winamac current lead lima maine
            creston
            """);

    private static final Set<String> CITIES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.matches("(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+"))
            .map(zone ->
                    zone.substring(zone.lastIndexOf('/') + 1).replace('_', ' ').toLowerCase(Locale.ROOT))
            .filter(city -> city.length() > 3)
            .collect(Collectors.toUnmodifiableSet());

    private Places() {}

    private static Map.Entry<String, String>[] entries(String list) {
        @SuppressWarnings("unchecked")
        Map.Entry<String, String>[] entries = java.util.Arrays.stream(list.split(",", -1))
                .map(item -> Map.entry(
                        item.substring(0, item.length() - 3).toLowerCase(Locale.ROOT),
                        item.substring(item.length() - 2)))
                .toArray(Map.Entry[]::new);
        return entries;
    }

    private static Map<String, String> countries() {
        Map<String, String> countries = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            countries.put(Locale.of("", code).getDisplayCountry(Locale.ENGLISH).toLowerCase(Locale.ROOT), code);
        }
        countries.put("uk", "GB");
        countries.put("great britain", "GB");
        countries.put("usa", "US");
        countries.put("us", "US");
        countries.put("u.s", "US");
        countries.put("u.s.a", "US");
        countries.put("united states of america", "US");
        countries.put("turkey", "TR");
        countries.put("czech republic", "CZ");
        countries.put("uae", "AE");
        return Map.copyOf(countries);
    }

    /** Two letters of ISO 3166, or null. */
    static @Nullable String countryCode(String name) {
        return COUNTRIES.get(key(name));
    }

    /** The country's name in ISO 3166, or null. */
    static @Nullable String countryName(String name) {
        String code = countryCode(name);
        return code == null ? null : Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
    }

    /** Two letters of the postal service, or null. */
    static @Nullable String stateCode(String name) {
        return STATES.get(key(name));
    }

    /** Whether it can stand after a city to say where that is: "Texas", "TX", "France". */
    static boolean isRegion(String name) {
        String key = key(name);
        return COUNTRIES.containsKey(key)
                || STATES.containsKey(key)
                || REGIONS.contains(key)
                || (name.length() == 2 && STATES.containsValue(name));
    }

    /** Whether it is known as a place even in lower case, and is no word of the language. */
    static boolean isSurelyPlace(String name) {
        String key = key(name);
        return key.length() > 3 && !WORDS.contains(key) && (CITIES.contains(key) || COUNTRIES.containsKey(key));
    }

    /** Country, state, or neither: a program that takes one of these need not take another. */
    static Set<String> kinds(String name) {
        String key = key(name);
        Set<String> kinds = new HashSet<>();
        if (COUNTRIES.containsKey(key)) {
            kinds.add("country");
        }
        if (STATES.containsKey(key)) {
            kinds.add("state");
        }
        if (CITIES.contains(key) || key.equals("new york") || key.equals("singapore") || key.equals("washington")) {
            kinds.add("city");
        }
        return kinds;
    }

    /** Whether two names can be of one kind. */
    static boolean canBeAlike(String one, String other) {
        Set<String> first = kinds(one);
        Set<String> second = kinds(other);
        if (first.isEmpty() || second.isEmpty()) {
            // A name that is not listed can be a city or no place at all, but all countries and states are listed.
            Set<String> listed = first.isEmpty() ? second : first;
            return listed.isEmpty() || listed.contains("city");
        }
        return first.stream().anyMatch(second::contains);
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT).strip();
        return lower.startsWith("the ") ? lower.substring(4) : lower;
    }
}
