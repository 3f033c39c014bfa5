package dev.troupe.examples.eco.places;

import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Noise;
import dev.troupe.examples.eco.world.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How streets, postal codes and telephone numbers look in each country. */
final class Addresses {
    private static final Map<String, Country> COUNTRIES = new HashMap<>();
    private static final Country ELSEWHERE = new Country("999", "xx");
    private static final Map<String, String> SHORT_REGIONS = new HashMap<>();
    private static final Map<String, String> POSTAL_AREAS = new HashMap<>();

    private static final Map<String, List<String>> ROADS = Map.of(
            "en",
            List.of(
                    "Main St",
                    "Oak St",
                    "High St",
                    "Park Ave",
                    "Church St",
                    "Market St",
                    "King St",
                    "Mill Rd",
                    "Station Rd",
                    "Elm St",
                    "Washington Ave",
                    "Broad St",
                    "Queen St",
                    "Lake Ave",
                    "Hill Rd",
                    "Bridge St"),
            "fr",
            List.of(
                    "Rue de la Paix",
                    "Rue des Lilas",
                    "Avenue Victor Hugo",
                    "Rue du Marché",
                    "Boulevard Voltaire",
                    "Rue Saint-Michel",
                    "Place du Château",
                    "Rue de l'Église",
                    "Avenue de la Gare",
                    "Rue des Écoles"),
            "de",
            List.of(
                    "Hauptstraße",
                    "Bahnhofstraße",
                    "Schillerstraße",
                    "Gartenweg",
                    "Lindenallee",
                    "Marktplatz",
                    "Goethestraße",
                    "Kirchgasse",
                    "Bergstraße",
                    "Mühlweg"),
            "it",
            List.of(
                    "Via Roma",
                    "Via Garibaldi",
                    "Corso Italia",
                    "Via Verdi",
                    "Piazza Dante",
                    "Via Mazzini",
                    "Viale Europa",
                    "Via del Mercato"),
            "es",
            List.of(
                    "Calle Mayor",
                    "Calle del Sol",
                    "Avenida Central",
                    "Calle Real",
                    "Paseo Marítimo",
                    "Calle de la Rosa",
                    "Avenida Hidalgo",
                    "Plaza Nueva"),
            "pt",
            List.of("Rua das Flores", "Avenida Brasil", "Rua do Comércio", "Rua São João", "Avenida Atlântica"),
            "nl",
            List.of("Kerkstraat", "Dorpsstraat", "Stationsweg", "Prinsengracht", "Molenweg", "Nieuwstraat"),
            "xx",
            List.of("Central Road", "Market Road", "Temple Street", "Station Street", "Garden Lane", "Lake Road"));

    static {
        for (String line : Table.lines(Addresses.class, "countries.txt")) {
            List<String> fields = Table.fields(line, 3);
            COUNTRIES.put(fields.get(0), new Country(fields.get(1), fields.get(2)));
        }
        for (String line : Table.lines(City.class, "regions.txt")) {
            List<String> fields = Table.fields(line, 3);
            SHORT_REGIONS.put(fields.get(0), fields.get(1));
            POSTAL_AREAS.put(fields.get(0), fields.get(2));
        }
    }

    private Addresses() {}

    private record Country(String calling, String streets) {}

    private static Country country(String code) {
        return COUNTRIES.getOrDefault(code, ELSEWHERE);
    }

    static String road(String country, Noise noise) {
        List<String> roads = ROADS.getOrDefault(country(country).streets(), List.of("Main Street"));
        return roads.get(noise.below(roads.size(), 21));
    }

    /** Where numbers stand first, and where they stand last. */
    static String street(String country, String number, String road) {
        return switch (country(country).streets()) {
            case "de", "it", "es", "nl" -> road + " " + number;
            case "pt" -> road + ", " + number;
            default -> number + " " + road;
        };
    }

    static String postalCode(City city, Noise noise) {
        double spread = StrictMath.abs(city.at().longitude() * 431 + city.at().latitude() * 977);
        int base = (int) (spread % 90_000) + 10_000;
        return switch (city.countryCode()) {
            case "US" ->
                POSTAL_AREAS.getOrDefault(city.region(), "999")
                        + String.format(Locale.ROOT, "%02d", noise.below(60, 22) + 1);
            case "CA" ->
                "" + letter(noise, 23) + noise.below(10, 24) + letter(noise, 25) + " " + noise.below(10, 26)
                        + letter(noise, 27) + noise.below(10, 28);
            case "GB" ->
                "" + letter(noise, 23) + (1 + noise.below(19, 24)) + " " + noise.below(10, 25) + letter(noise, 26)
                        + letter(noise, 27);
            default -> String.format(Locale.ROOT, "%05d", base / 10 * 10 + noise.below(10, 22));
        };
    }

    private static char letter(Noise noise, long index) {
        return "ABCEHJKLMNPRSTVWX".charAt(noise.below(17, index));
    }

    static String full(Place place) {
        City city = place.city();
        return switch (city.countryCode()) {
            case "US" ->
                String.join(", ", place.street(), city.name(), shortRegion(city) + " " + place.postalCode(), "USA");
            case "CA", "AU" ->
                String.join(
                        ", ",
                        place.street(),
                        city.name(),
                        shortRegion(city) + " " + place.postalCode(),
                        city.country());
            case "GB" -> String.join(", ", place.street(), city.name() + " " + place.postalCode(), "UK");
            default -> String.join(", ", place.street(), place.postalCode() + " " + city.name(), city.country());
        };
    }

    static String shortRegion(City city) {
        return SHORT_REGIONS.getOrDefault(city.region(), city.region());
    }

    /** Numbers that are kept for fiction, where a country has such. */
    static String national(Place place) {
        String last = place.subscriber();
        return switch (place.city().countryCode()) {
            case "US", "CA" -> "(" + area(place) + ") 555-" + last;
            case "GB" -> "020 7946 " + last;
            default -> "0" + area(place).substring(0, 2) + " 555 " + last;
        };
    }

    static String international(Place place) {
        String calling = "+" + country(place.city().countryCode()).calling();
        return switch (place.city().countryCode()) {
            case "US", "CA" -> calling + " " + area(place) + "-555-" + place.subscriber();
            case "GB" -> calling + " 20 7946 " + place.subscriber();
            default -> calling + " " + area(place).substring(0, 2) + " 555 " + place.subscriber();
        };
    }

    /** Three digits, the same in a whole city. */
    private static String area(Place place) {
        return String.valueOf(201 + new Noise(1).of(place.city().key()).below(780, 0));
    }
}
