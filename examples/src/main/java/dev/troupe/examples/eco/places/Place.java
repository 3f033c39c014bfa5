package dev.troupe.examples.eco.places;

import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Point;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place.
 *
 * @param features what it has, plain
 * @param rating 1.0 to 5.0
 * @param ratings how many people rated it
 * @param price 1 to 4, or null
 * @param number of the house
 * @param road without the number
 * @param subscriber the last digits of its telephone number
 */
record Place(
        String id,
        String name,
        City city,
        Point at,
        List<String> types,
        Set<String> features,
        double rating,
        int ratings,
        @Nullable Integer price,
        String number,
        String road,
        String postalCode,
        String subscriber,
        @Nullable String website,
        OpeningHours hours) {
    String street() {
        return Addresses.street(city.countryCode(), number, road);
    }

    /** Street and city: what a nearby search tells. */
    String vicinity() {
        return street() + ", " + city.name();
    }

    String address() {
        return Addresses.full(this);
    }
}
