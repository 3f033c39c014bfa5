package dev.troupe.examples.eco.places;

import dev.troupe.examples.eco.world.Cities;
import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Names;
import dev.troupe.examples.eco.world.Point;
import dev.troupe.examples.eco.world.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds cities and landmarks inside of a text. */
final class Gazetteer {
    private final Cities cities;
    private final List<Landmark> landmarks = new ArrayList<>();
    private final Map<String, Landmark> byName = new LinkedHashMap<>();
    private final List<String> cityNames;

    Gazetteer(Cities cities) {
        this.cities = cities;
        for (String line : Table.lines(Gazetteer.class, "landmarks.txt")) {
            List<String> fields = Table.fields(line, 6);
            City city = cities.find(fields.get(1)).orElseThrow();
            List<String> names = new ArrayList<>(List.of(Names.plain(fields.get(0))));
            Table.several(fields.get(5)).forEach(name -> names.add(Names.plain(name)));
            Landmark landmark = new Landmark(
                    landmarks.size(),
                    fields.get(0),
                    city,
                    new Point(Double.parseDouble(fields.get(2)), Double.parseDouble(fields.get(3))),
                    Table.several(fields.get(4)),
                    names);
            landmarks.add(landmark);
            names.forEach(name -> byName.putIfAbsent(name, landmark));
        }
        cityNames = cities.names().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(name -> name))
                .toList();
    }

    Cities cities() {
        return cities;
    }

    List<Landmark> landmarks() {
        return List.copyOf(landmarks);
    }

    List<Landmark> landmarksOf(City city) {
        return landmarks.stream().filter(one -> one.city().id() == city.id()).toList();
    }

    /** What was found, and what the text says beside it, plain. */
    record Found<T>(T what, String rest) {}

    /** The landmark with the longest name that the text has as whole words. */
    Optional<Found<Landmark>> landmark(String plain) {
        return byName.keySet().stream()
                .filter(name -> contains(plain, name))
                .max(Comparator.comparingInt(String::length))
                .map(name -> new Found<>(landmark(name, plain), without(plain, name)));
    }

    private Landmark landmark(String name, String plain) {
        Landmark first = byName.get(name);
        // Some names there are twice; the city that is named decides.
        return landmarks.stream()
                .filter(one -> one.names().contains(name))
                .filter(one -> contains(plain, Names.plain(one.city().name())))
                .findFirst()
                .orElse(first == null ? landmarks.getFirst() : first);
    }

    /**
     * The city that the text names. What stands behind the last "in", "near" or comma is looked at first, so that "nice
     * cafes in Paris" are in Paris; the region or country that may follow decides between cities of one name.
     */
    Optional<Found<City>> city(String text) {
        String plain = Names.plain(text);
        int behind = -1;
        for (String word : List.of(" in ", " near ", " around ", " at ", " of ", " from ")) {
            behind = Math.max(behind, (" " + plain).lastIndexOf(word));
        }
        if (behind >= 0) {
            String head = (" " + plain).substring(0, behind).strip();
            String tail = (" " + plain).substring(behind + 1).strip();
            Optional<Found<City>> found = cityIn(tail);
            if (found.isPresent()) {
                return found.map(one -> new Found<>(one.what(), (head + " " + one.rest()).strip()));
            }
        }
        Optional<Found<City>> anywhere = cityIn(plain);
        return anywhere.isPresent() ? anywhere : believed(text);
    }

    private Optional<Found<City>> cityIn(String plain) {
        for (String name : cityNames) {
            if (contains(plain, name)) {
                int begin = (" " + plain + " ").indexOf(" " + name + " ");
                String after = plain.substring(Math.min(plain.length(), begin + name.length()))
                        .strip();
                String before = plain.substring(0, Math.max(0, begin)).strip();
                return Optional.of(qualified(name, before, after));
            }
        }
        return Optional.empty();
    }

    /** With the words behind the name that narrow it down, as many as do. */
    private Found<City> qualified(String name, String before, String after) {
        String[] words = after.isEmpty() ? new String[0] : after.split(" ");
        for (int count = Math.min(words.length, 5); count > 0; count--) {
            String said = String.join(" ", List.of(words).subList(0, count));
            Optional<City> city = cities.find(name + ", " + said);
            if (city.isPresent()) {
                String rest = String.join(" ", List.of(words).subList(count, words.length));
                return new Found<>(city.get(), (before + " " + rest).strip());
            }
        }
        return new Found<>(cities.find(name).orElseThrow(), (before + " " + after).strip());
    }

    /** {@code pharmacy in Smalltown, Ohio}: a name that the table does not have, with a region that it has. */
    private Optional<Found<City>> believed(String text) {
        int in = text.lastIndexOf(" in ");
        String place = in < 0 ? text : text.substring(in + 4);
        return place.contains(",")
                ? cities.find(place).map(city -> new Found<>(city, in < 0 ? "" : Names.plain(text.substring(0, in))))
                : Optional.empty();
    }

    static boolean contains(String plain, String words) {
        return (" " + plain + " ").contains(" " + words + " ");
    }

    static String without(String plain, String words) {
        return (" " + plain + " ").replace(" " + words + " ", " ").strip().replaceAll(" +", " ");
    }
}
