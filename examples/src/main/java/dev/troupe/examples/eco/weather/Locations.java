package dev.troupe.examples.eco.weather;

import dev.troupe.examples.eco.world.Cities;
import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Point;
import dev.troupe.examples.eco.world.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the parameter {@code q} means: a name, coordinates, a code, or an id that a search gave. */
final class Locations {
    /** As far from a city of the table, the weather is that of the city. */
    private static final double SAME_WEATHER_METRES = 30_000;

    private final Cities cities;
    private final Map<String, String> codes = new HashMap<>();

    Locations(Cities cities) {
        this.cities = cities;
        for (String line : Table.lines(Locations.class, "codes.txt")) {
            List<String> fields = Table.fields(line, 2);
            codes.put(fields.get(0).toUpperCase(Locale.ROOT), fields.get(1));
        }
    }

    Optional<City> find(String q) {
        Optional<Point> point = Point.parse(q);
        if (point.isPresent()) {
            return Optional.of(at(point.get()));
        }
        if (q.startsWith("id:")) {
            return q.matches("id:\\d{1,12}") ? cities.byId(Long.parseLong(q.substring(3))) : Optional.empty();
        }
        String code = codes.get(q.toUpperCase(Locale.ROOT));
        return cities.find(code == null ? q : code);
    }

    List<City> search(String q) {
        Optional<City> exact = find(q);
        return Point.parse(q).isPresent() || q.startsWith("id:")
                ? exact.stream().toList()
                : cities.search(q);
    }

    private City at(Point point) {
        City nearest = cities.nearest(point);
        boolean same = nearest.at().metresTo(point) <= SAME_WEATHER_METRES;
        // Elsewhere the weather is that of the square of a tenth of a degree.
        String region = same
                ? nearest.region()
                : nearest.region() + String.format(Locale.ROOT, " %.1f %.1f", point.latitude(), point.longitude());
        City there = new City(
                nearest.id(),
                nearest.name(),
                region,
                nearest.country(),
                nearest.countryCode(),
                point,
                nearest.elevation(),
                nearest.climate(),
                nearest.zone());
        return same ? nearest : there;
    }
}
