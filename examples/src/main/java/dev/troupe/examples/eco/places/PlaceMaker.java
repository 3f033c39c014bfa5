package dev.troupe.examples.eco.places;

import dev.troupe.examples.eco.world.Cities;
import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Names;
import dev.troupe.examples.eco.world.Noise;
import dev.troupe.examples.eco.world.Point;
import dev.troupe.examples.eco.world.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes places. Each category has its number of them in each city, spread about its middle like people are, and some
 * more within a kilometre of each landmark. A place depends on the seed, the city, the category and its number alone.
 */
final class PlaceMaker {
    private static final int LANDMARK_CATEGORY = -1;
    private static final int BESIDE_A_LANDMARK = 3;
    private static final double SPREAD_METRES = 2_600;
    private static final double NEAR_METRES = 420;
    /** How many cities that no table has are remembered, so that their places can be looked up. */
    private static final int REMEMBERED = 1_000;

    private static final List<String> SURNAMES = List.of(
            "Adler",
            "Bennett",
            "Calloway",
            "Delgado",
            "Ellison",
            "Foster",
            "Greene",
            "Hartley",
            "Ingram",
            "Jensen",
            "Keller",
            "Lawson",
            "Mercer",
            "Novak",
            "Osborne",
            "Porter",
            "Quinn",
            "Ramsey",
            "Sawyer",
            "Thornton",
            "Underhill",
            "Vance",
            "Whitaker",
            "Yates",
            "Abbott",
            "Barlow",
            "Crawford",
            "Drummond",
            "Fairfax",
            "Holloway");

    private final Noise noise;
    private final PlaceIds ids;
    private final Gazetteer gazetteer;
    private final List<Category> categories = new ArrayList<>();
    private final Map<PlaceIds.Key, List<Place>> made = new ConcurrentHashMap<>();
    private final Map<Long, City> believed = java.util.Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, City> eldest) {
            return size() > REMEMBERED;
        }
    });

    PlaceMaker(long seed, Gazetteer gazetteer) {
        this.noise = new Noise(seed).of("places");
        this.ids = new PlaceIds(seed);
        this.gazetteer = gazetteer;
        for (String line : Table.lines(PlaceMaker.class, "categories.txt")) {
            categories.add(Category.read(categories.size(), line));
        }
    }

    List<Category> categories() {
        return List.copyOf(categories);
    }

    /** All places of a category in a city. */
    List<Place> places(City city, Category category) {
        Cities cities = gazetteer.cities();
        if (cities.byId(city.id()).isEmpty()) {
            believed.put(city.id(), city);
            return make(city, category);
        }
        return made.computeIfAbsent(
                new PlaceIds.Key((int) city.id(), category.number(), 0), key -> make(city, category));
    }

    /** The landmark as a place. */
    Place place(Landmark landmark) {
        Noise own = noise.of("landmark " + landmark.name());
        City city = landmark.city();
        boolean building =
                landmark.types().contains("museum") || landmark.types().contains("zoo");
        return new Place(
                ids.write(new PlaceIds.Key((int) city.id(), LANDMARK_CATEGORY, landmark.number())),
                landmark.name(),
                city,
                landmark.at(),
                withGeneral(landmark.types()),
                Set.of(),
                rating(4.3 + 0.6 * own.uniform(1)),
                20_000 + own.below(120_000, 2),
                null,
                String.valueOf(1 + own.below(400, 3)),
                Addresses.road(city.countryCode(), own),
                Addresses.postalCode(city, own),
                subscriber(city, own),
                website(landmark.name(), "visit"),
                building ? OpeningHours.of("museum", 0) : OpeningHours.always());
    }

    /** The place with this id, if there is one. */
    Optional<Place> find(String id) {
        return ids.read(id).flatMap(this::find);
    }

    private Optional<Place> find(PlaceIds.Key key) {
        if (key.category() == LANDMARK_CATEGORY) {
            return key.index() >= 0 && key.index() < gazetteer.landmarks().size()
                    ? Optional.of(place(gazetteer.landmarks().get(key.index())))
                    : Optional.empty();
        }
        Optional<City> city =
                gazetteer.cities().byId(key.city()).or(() -> Optional.ofNullable(believed.get((long) key.city())));
        if (city.isEmpty() || key.category() < 0 || key.category() >= categories.size()) {
            return Optional.empty();
        }
        List<Place> places = places(city.get(), categories.get(key.category()));
        return key.index() >= 0 && key.index() < places.size()
                ? Optional.of(places.get(key.index()))
                : Optional.empty();
    }

    private List<Place> make(City city, Category category) {
        List<Place> places = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < category.count(); i++) {
            places.add(make(city, category, places.size(), city.at(), SPREAD_METRES, null, names));
        }
        for (Landmark landmark : gazetteer.landmarksOf(city)) {
            List<String> brands = category.brandsIn(city.countryCode());
            int count = Math.max(Math.min(BESIDE_A_LANDMARK, category.count() / 3), brands.size());
            for (int i = 0; i < count; i++) {
                String brand = i < brands.size() ? brands.get(i) : null; // one of each, as where tourists are
                places.add(make(city, category, places.size(), landmark.at(), NEAR_METRES, brand, names));
            }
        }
        return List.copyOf(places);
    }

    private Place make(
            City city,
            Category category,
            int index,
            Point middle,
            double spread,
            @Nullable String brand,
            Set<String> names) {
        Noise own = noise.of(city.key() + "|" + category.id() + "|" + index);
        Set<String> features = features(category, index, own);
        String name = brand == null ? name(city, category, own, names) : brand;
        Point at = middle.moved(spread * own.gaussian(10), spread * own.gaussian(11));
        Integer price = category.lowestPrice() == 0
                ? null
                : category.lowestPrice() + own.below(category.highestPrice() - category.lowestPrice() + 1, 12);
        boolean always = features.contains("24 hour") || features.contains("24 7");
        return new Place(
                ids.write(new PlaceIds.Key((int) city.id(), category.number(), index)),
                name,
                city,
                at,
                withGeneral(category.types()),
                features,
                rating(4.1 + 0.45 * own.gaussian(13)),
                (int) StrictMath.exp(3 + 4.5 * own.uniform(14)),
                price,
                String.valueOf(1 + own.below(988, 15)),
                Addresses.road(city.countryCode(), own),
                Addresses.postalCode(city, own),
                subscriber(city, own),
                own.uniform(16) < 0.85 ? website(name, city.name()) : null,
                always ? OpeningHours.always() : OpeningHours.of(category.hours(), own.below(3, 17) - 1));
    }

    /** About a third of them; each feature is had by at least one place in a city. */
    private static Set<String> features(Category category, int index, Noise own) {
        Set<String> features = new LinkedHashSet<>();
        for (int i = 0; i < category.features().size(); i++) {
            boolean surely = index % (2 * category.features().size()) == 2 * i;
            if (surely || own.uniform(100 + i) < 0.3) {
                features.add(category.features().get(i));
            }
        }
        return features;
    }

    private static String name(City city, Category category, Noise own, Set<String> taken) {
        List<String> patterns = category.names();
        List<String> brands = category.brandsIn(city.countryCode());
        if (!brands.isEmpty() && own.uniform(1) < 0.35) {
            return brands.get(own.below(brands.size(), 2)); // these there may be many of
        }
        for (int attempt = 0; ; attempt++) {
            String surname = SURNAMES.get(own.below(SURNAMES.size(), 40 + attempt));
            String name = patterns.get(own.below(patterns.size(), 70 + attempt))
                    .replace("%", surname)
                    .replace("@", city.name());
            if (taken.add(name)) {
                return name;
            }
            if (attempt >= 12) {
                String street = Addresses.road(city.countryCode(), own);
                String beside = name + " " + street;
                return taken.add(beside) ? beside : beside + " " + (2 + own.below(97, 3));
            }
        }
    }

    private static List<String> withGeneral(List<String> types) {
        Set<String> all = new LinkedHashSet<>(types);
        all.add("point_of_interest");
        all.add("establishment");
        return List.copyOf(all);
    }

    private static double rating(double value) {
        return StrictMath.rint(StrictMath.min(5, StrictMath.max(2.4, value)) * 10) / 10;
    }

    /** In North America 0100 to 0199, which are kept for fiction. */
    private static String subscriber(City city, Noise own) {
        boolean north = city.countryCode().equals("US") || city.countryCode().equals("CA");
        return north ? "01" + (10 + own.below(90, 18)) : "0" + (100 + own.below(900, 18));
    }

    private static String website(String name, String more) {
        return "https://www." + (Names.plain(name) + "-" + Names.plain(more)).replace(' ', '-') + ".example/";
    }
}
