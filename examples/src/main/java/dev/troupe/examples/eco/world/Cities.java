package dev.troupe.examples.eco.world;

import dev.troupe.examples.eco.world.City.Climate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds cities by name, as people write it: {@code Miami, FL}, {@code London, England}, {@code new york city}. A name
 * that the table does not have is believed when a region or country that it has stands behind it and it can be
 * pronounced; such a city lies within a degree or so of the middle of that region. Anything else is no city.
 */
public final class Cities {
    private static final int FIRST_ID = 2_500_001;
    private static final long FIRST_BELIEVED_ID = 9_000_000;
    /** A vowel in each word, and never four consonants or three of the same letters in a row. */
    private static final Pattern UNPRONOUNCEABLE = Pattern.compile(
            "(?:^|.* )[^aeiouy ]+(?: .*|$)|.*[bcdfghjklmnpqrstvwxz]{4}.*|.*([a-z])\\1\\1.*|.*[^a-z ].*");

    private final List<City> all = new ArrayList<>();
    private final Map<String, List<City>> byName = new HashMap<>();
    private final Map<String, String> countries = new HashMap<>();
    private final Map<String, String> regions = new HashMap<>();
    private final Noise noise = new Noise(0).of("cities");

    public Cities() {
        for (String line : Table.lines(Cities.class, "regions.txt")) {
            List<String> fields = Table.fields(line, 2);
            regions.put(Names.plain(fields.get(1)), Names.plain(fields.get(0)));
        }
        new Reader().read(Table.lines(Cities.class, "cities.txt"));
    }

    /** All of the table, in its order. */
    public List<City> all() {
        return List.copyOf(all);
    }

    /** The city that is meant, or empty. */
    public Optional<City> find(String written) {
        String[] parts = written.split(",", -1);
        String name = Names.plain(parts[0]);
        Set<String> qualifiers = new LinkedHashSet<>();
        for (int i = 1; i < parts.length; i++) {
            if (!Names.plain(parts[i]).isEmpty()) {
                qualifiers.add(Names.plain(parts[i]));
            }
        }
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return known(name, qualifiers)
                .or(() -> known(Names.plain(written), Set.of()))
                .or(() -> split(Names.plain(written)))
                .or(() -> believed(parts[0].strip(), name, qualifiers));
    }

    /** The nearest city of the table. */
    public City nearest(Point point) {
        return all.stream()
                .min(Comparator.comparingDouble(city -> city.at().metresTo(point)))
                .orElseThrow();
    }

    /** Cities whose name begins so, or that are called so otherwise, in the table's order. */
    public List<City> search(String written) {
        String[] parts = written.split(",", 2);
        String beginning = Names.plain(parts[0]);
        Set<City> found = new LinkedHashSet<>(byName.getOrDefault(beginning, List.of()));
        all.stream()
                .filter(city -> !beginning.isEmpty() && Names.plain(city.name()).startsWith(beginning))
                .forEach(found::add);
        if (parts.length > 1 && !Names.plain(parts[1]).isEmpty()) {
            found.removeIf(city -> !holds(city, Set.of(Names.plain(parts[1]))));
        }
        if (found.isEmpty()) {
            find(written).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** The city with this id. */
    public Optional<City> byId(long id) {
        return all.stream().filter(city -> city.id() == id).findFirst();
    }

    /** All names by which cities are known, plain. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    private Optional<City> known(String name, Set<String> qualifiers) {
        return byName.getOrDefault(name, List.of()).stream()
                .filter(city -> holds(city, qualifiers))
                .findFirst();
    }

    /** Whether all that was written behind the name is said of this city. */
    private boolean holds(City city, Set<String> qualifiers) {
        String region = Names.plain(city.region());
        return qualifiers.stream()
                .allMatch(said -> said.equals(region)
                        || region.equals(regions.get(said))
                        || region.endsWith(said)
                        || city.country().equals(countries.get(said))
                        || cityNamed(city, said));
    }

    /** {@code Central Park, New York City} and {@code Oahu, Honolulu}: the city itself may stand behind a name. */
    private boolean cityNamed(City city, String said) {
        return byName.getOrDefault(said, List.of()).contains(city);
    }

    /** {@code Miami Florida} without a comma: the longest name that something known follows. */
    private Optional<City> split(String plain) {
        for (int space = plain.lastIndexOf(' '); space > 0; space = plain.lastIndexOf(' ', space - 1)) {
            String name = plain.substring(0, space);
            String said = plain.substring(space + 1);
            Optional<City> found = known(name, Set.of(said));
            if (found.isEmpty()) {
                int country = said.lastIndexOf(' ');
                if (country > 0) {
                    found = known(name, Set.of(said.substring(0, country), said.substring(country + 1)));
                }
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<City> believed(String written, String name, Set<String> qualifiers) {
        if (qualifiers.isEmpty() || UNPRONOUNCEABLE.matcher(name).matches() || name.length() < 3) {
            return Optional.empty();
        }
        List<City> around = all.stream().filter(city -> holds(city, qualifiers)).toList();
        if (around.isEmpty()) {
            return Optional.empty();
        }
        City first = around.getFirst();
        Noise where = noise.of(name + "|" + first.region() + "|" + first.country());
        double latitude = around.stream()
                .mapToDouble(city -> city.at().latitude())
                .average()
                .orElseThrow();
        double longitude = around.stream()
                .mapToDouble(city -> city.at().longitude())
                .average()
                .orElseThrow();
        Point middle = new Point(hundredth(latitude), hundredth(longitude));
        City nearest = around.stream()
                .min(Comparator.comparingDouble(city -> city.at().metresTo(middle)))
                .orElseThrow();
        Point at = new Point(
                hundredth(middle.latitude() + where.uniform(0) - 0.5),
                hundredth(middle.longitude() + where.uniform(1) - 0.5));
        return Optional.of(new City(
                FIRST_BELIEVED_ID + where.below(900_000, 2),
                capitalized(written),
                nearest.region(),
                nearest.country(),
                nearest.countryCode(),
                at,
                nearest.elevation(),
                nearest.climate(),
                nearest.zone()));
    }

    /** {@code springfield} as {@code Springfield}; what has capitals keeps them. */
    private static String capitalized(String name) {
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            return name;
        }
        return Pattern.compile("\\b\\p{L}")
                .matcher(name)
                .replaceAll(first -> first.group().toUpperCase(Locale.ROOT));
    }

    private static double hundredth(double value) {
        return StrictMath.rint(value * 100) / 100;
    }

    /** Reads the table from top to bottom: country, time zone, cities. */
    private final class Reader {
        private String country = "";
        private String code = "";
        private ZoneId zone = ZoneId.of("UTC");

        void read(List<String> lines) {
            for (String line : lines) {
                switch (line.charAt(0)) {
                    case '=' -> country(Table.fields(line.substring(1), 3));
                    case '@' -> zone = ZoneId.of(line.substring(1).strip());
                    default -> city(Table.fields(line, 7));
                }
            }
        }

        private void country(List<String> fields) {
            country = fields.get(0);
            code = fields.get(1);
            countries.put(Names.plain(country), country);
            countries.putIfAbsent(Names.plain(code), country);
            Table.several(fields.get(2)).forEach(name -> countries.put(Names.plain(name), country));
        }

        private void city(List<String> fields) {
            boolean preferred = fields.get(0).endsWith("*");
            City city = new City(
                    FIRST_ID + all.size(),
                    preferred ? fields.get(0).substring(0, fields.get(0).length() - 1) : fields.get(0),
                    fields.get(1),
                    country,
                    code,
                    new Point(Double.parseDouble(fields.get(2)), Double.parseDouble(fields.get(3))),
                    Integer.parseInt(fields.get(4)),
                    Climate.of(fields.get(5)),
                    zone);
            all.add(city);
            name(city.name(), city, preferred);
            Table.several(fields.get(6)).forEach(other -> name(other, city, false));
        }

        private void name(String name, City city, boolean preferred) {
            List<City> cities = byName.computeIfAbsent(Names.plain(name), plain -> new ArrayList<>());
            if (!cities.contains(city)) {
                cities.add(preferred ? 0 : cities.size(), city);
            }
        }
    }
}
