package dev.troupe.examples.eco.places;

import dev.troupe.examples.eco.places.Category.Brand;
import dev.troupe.examples.eco.world.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What kind of place words ask for: the category that explains most of them, the features that are left, a brand where
 * one is named. Words that say nothing of either count for nothing, as with the real service.
 *
 * @param categories none when the words name no kind of place
 * @param features all that are wanted
 * @param brand a name that the places must have, plain
 */
record PlaceQuery(
        List<Category> categories,
        Set<String> features,
        @Nullable String brand) {
    /** Reads words that no longer name a location. */
    static PlaceQuery of(String words, List<Category> all) {
        String plain = Names.plain(words);
        for (Category category : all) {
            for (Brand brand : category.brands()) {
                if (Gazetteer.contains(plain, Names.plain(brand.name()))) {
                    return new PlaceQuery(holding(brand.name(), all), Set.of(), Names.plain(brand.name()));
                }
            }
        }
        Category best = null;
        int bestFit = 0;
        for (Category category : all) {
            int fit = fit(category, plain);
            if (fit > bestFit) {
                best = category;
                bestFit = fit;
            }
        }
        if (best == null) {
            return byFeature(plain, all);
        }
        List<Category> categories = general(best, all);
        String rest = Gazetteer.without(plain, called(best, plain));
        return new PlaceQuery(categories, features(rest, categories), null);
    }

    /**
     * How much of the words a category explains, by its name and its features: 0 when it is not named. A hotel with a
     * swimming pool is a hotel, since hotels have pools.
     */
    private static int fit(Category category, String plain) {
        String called = called(category, plain);
        if (called.isEmpty()) {
            return 0;
        }
        String rest = Gazetteer.without(plain, called);
        return called.length()
                + features(rest, List.of(category)).stream()
                        .mapToInt(String::length)
                        .sum();
    }

    /** The longest of its names that the words have, in the singular or the plural; empty for none. */
    private static String called(Category category, String plain) {
        return category.words().stream()
                .flatMap(word -> Stream.of(word, word + "s", word + "es"))
                .filter(word -> Gazetteer.contains(plain, word))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    /** Of a Google type. */
    static PlaceQuery ofType(String type, List<Category> all) {
        String wanted = type.toLowerCase(Locale.ROOT);
        return new PlaceQuery(
                all.stream()
                        .filter(category -> category.types().contains(wanted))
                        .toList(),
                Set.of(),
                null);
    }

    boolean isEmpty() {
        return categories.isEmpty();
    }

    boolean wants(Place place) {
        String named = brand;
        return named == null || Names.plain(place.name()).startsWith(named);
    }

    /** "IMAX" and "live music" alone say enough. */
    private static PlaceQuery byFeature(String plain, List<Category> all) {
        return all.stream()
                .flatMap(category -> category.features().stream())
                .filter(feature -> Gazetteer.contains(plain, feature))
                .max(Comparator.comparingInt(String::length))
                .map(feature -> new PlaceQuery(
                        all.stream()
                                .filter(category -> category.features().contains(feature))
                                .limit(1)
                                .toList(),
                        Set.of(feature),
                        null))
                .orElse(new PlaceQuery(List.of(), Set.of(), null));
    }

    private static List<Category> holding(String brand, List<Category> all) {
        return all.stream()
                .filter(category ->
                        category.brands().stream().anyMatch(one -> one.name().equals(brand)))
                .toList();
    }

    /** A category that is one of Google's types stands for all that are of the type: restaurants of each kitchen. */
    private static List<Category> general(Category best, List<Category> all) {
        boolean type = best.types().getFirst().equals(best.id());
        return type
                ? all.stream().filter(one -> one.types().contains(best.id())).toList()
                : List.of(best);
    }

    private static Set<String> features(String rest, List<Category> categories) {
        List<String> wanted = new ArrayList<>();
        for (Category category : categories) {
            for (String feature : category.features()) {
                if (Gazetteer.contains(rest, feature)
                        || Gazetteer.contains(rest, feature + "s")
                        || (feature.equals("24 hour") && Gazetteer.contains(rest, "open 24 hours"))) {
                    wanted.add(feature);
                }
            }
        }
        return Set.copyOf(wanted);
    }
}
