package dev.troupe.examples.eco.places;

import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Names;
import dev.troupe.examples.eco.world.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds places: by text as a person would write it, or around a point. */
final class PlaceSearch {
    static final int MOST_RESULTS = 60;
    /** How far from a landmark is "near". */
    private static final double NEAR_METRES = 3_000;
    /** How far from its middle the places of a city may lie. */
    private static final double CITY_REACH_METRES = 12_000;

    /** At which a place counts for about a third of what it would nearby. */
    private static final double FAR_METRES = 6_000;

    private static final int MOST_CITIES = 4;

    private final Gazetteer gazetteer;
    private final PlaceMaker maker;

    PlaceSearch(Gazetteer gazetteer, PlaceMaker maker) {
        this.gazetteer = gazetteer;
        this.maker = maker;
    }

    /** @param bias where to search when the text names no place */
    List<Place> byText(String text, Optional<Point> bias) {
        String plain = Names.plain(text);
        Optional<Gazetteer.Found<Landmark>> landmark = gazetteer.landmark(plain);
        if (landmark.isPresent()) {
            Landmark there = landmark.get().what();
            String rest = gazetteer
                    .city(landmark.get().rest())
                    .map(Gazetteer.Found::rest)
                    .orElse(landmark.get().rest());
            PlaceQuery query = PlaceQuery.of(rest, maker.categories());
            if (query.isEmpty()) {
                return List.of(maker.place(there));
            }
            return ranked(around(there.at(), NEAR_METRES, query), query);
        }
        Optional<Gazetteer.Found<City>> city = gazetteer.city(text);
        if (city.isPresent()) {
            return inCity(city.get().what(), city.get().rest());
        }
        PlaceQuery query = PlaceQuery.of(plain, maker.categories());
        return bias.map(point -> ranked(around(point, 50_000, query), query)).orElse(List.of());
    }

    private List<Place> inCity(City city, String words) {
        PlaceQuery query = PlaceQuery.of(words, maker.categories());
        List<Place> places = new ArrayList<>();
        for (Category category : query.categories()) {
            places.addAll(maker.places(city, category));
        }
        places.removeIf(place -> !query.wants(place));
        places.addAll(landmarks(city, query));
        return ranked(places, query);
    }

    /** True places that are of the kind: the sights of a city are among its tourist attractions. */
    private List<Place> landmarks(City city, PlaceQuery query) {
        if (query.brand() != null || !query.features().isEmpty()) {
            return List.of();
        }
        List<String> types = query.categories().stream()
                .map(category -> category.types().getFirst())
                .distinct()
                .toList();
        return gazetteer.landmarksOf(city).stream()
                .filter(landmark -> landmark.types().stream().anyMatch(types::contains))
                .map(maker::place)
                .toList();
    }

    /** All within the radius that the query wants, in no order. */
    List<Place> around(Point point, double radius, PlaceQuery query) {
        List<City> cities = gazetteer.cities().all().stream()
                .filter(city -> city.at().metresTo(point) <= radius + CITY_REACH_METRES)
                .sorted(Comparator.comparingDouble(city -> city.at().metresTo(point)))
                .limit(MOST_CITIES)
                .toList();
        List<Place> places = new ArrayList<>();
        for (City city : cities) {
            for (Category category : query.categories()) {
                places.addAll(maker.places(city, category));
            }
            places.addAll(landmarks(city, query));
        }
        places.removeIf(place -> !query.wants(place) || place.at().metresTo(point) > radius);
        return places;
    }

    /** The best known first; where some have all features that are wanted, those alone. */
    static List<Place> ranked(List<Place> places, PlaceQuery query) {
        return wanted(places, query).stream()
                .sorted(Comparator.comparingInt(Place::ratings).reversed().thenComparing(Place::id))
                .limit(MOST_RESULTS)
                .toList();
    }

    /** The best known first, where what is far away counts for less. */
    static List<Place> prominent(List<Place> places, PlaceQuery query, Point point) {
        return wanted(places, query).stream()
                .sorted(Comparator.comparingDouble((Place place) -> -weight(place, point))
                        .thenComparing(Place::id))
                .limit(MOST_RESULTS)
                .toList();
    }

    private static double weight(Place place, Point point) {
        return place.ratings() * StrictMath.exp(-place.at().metresTo(point) / FAR_METRES);
    }

    /** The nearest first. */
    static List<Place> nearest(List<Place> places, PlaceQuery query, Point point) {
        return wanted(places, query).stream()
                .sorted(Comparator.comparingDouble((Place place) -> place.at().metresTo(point))
                        .thenComparing(Place::id))
                .limit(MOST_RESULTS)
                .toList();
    }

    private static List<Place> wanted(List<Place> places, PlaceQuery query) {
        List<Place> having = places.stream()
                .filter(place -> place.features().containsAll(query.features()))
                .toList();
        if (!having.isEmpty()) {
            return having;
        }
        List<Place> some = places.stream()
                .filter(place -> query.features().stream().anyMatch(place.features()::contains))
                .toList();
        return some.isEmpty() ? places : some;
    }
}
