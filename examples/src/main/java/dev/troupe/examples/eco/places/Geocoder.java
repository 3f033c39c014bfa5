package dev.troupe.examples.eco.places;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.examples.eco.http.Request;
import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Names;
import dev.troupe.examples.eco.world.Point;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Geocoding API: where something is, and what is somewhere. */
final class Geocoder {
    /** Half of a city's viewport, in degrees. */
    private static final double CITY_VIEW = 0.09;

    private static final double FURTHEST_METRES = 60_000;

    private final Gazetteer gazetteer;
    private final PlaceMaker maker;
    private final PlaceSearch search;

    Geocoder(Gazetteer gazetteer, PlaceMaker maker, PlaceSearch search) {
        this.gazetteer = gazetteer;
        this.maker = maker;
        this.search = search;
    }

    /** The results, none where nothing is found; null when the request names nothing to look for. */
    @Nullable
    ArrayNode results(Request request) {
        String placeId = request.get("place_id");
        if (placeId != null) {
            return list(maker.find(placeId).map(Geocoder::placeResult));
        }
        String latlng = request.get("latlng");
        if (latlng != null) {
            Optional<Point> point = Point.parse(latlng);
            return point.isEmpty() ? null : list(point.flatMap(this::at));
        }
        String address = request.get("address");
        String components = request.get("components");
        if (components != null) {
            String told = components.replaceAll("[a-z_]+:", "").replace('|', ',');
            address = address == null ? told : address + ", " + told;
        }
        if (address == null) {
            return null;
        }
        return list(find(address));
    }

    private Optional<ObjectNode> find(String address) {
        String plain = Names.plain(address);
        Optional<Landmark> landmark = gazetteer.landmark(plain).map(Gazetteer.Found::what);
        if (landmark.isPresent()) {
            return landmark.map(maker::place).map(Geocoder::placeResult);
        }
        Optional<Gazetteer.Found<City>> city = gazetteer.city(address);
        if (city.isEmpty()) {
            return Optional.empty();
        }
        PlaceQuery query = PlaceQuery.of(city.get().rest(), maker.categories());
        if (!query.isEmpty()) {
            return search.byText(address, Optional.empty()).stream().findFirst().map(Geocoder::placeResult);
        }
        // A street or a house is taken to be in the middle of its city, as far as this map knows.
        return Optional.of(cityResult(city.get().what(), city.get().what().at()));
    }

    private Optional<ObjectNode> at(Point point) {
        City nearest = gazetteer.cities().nearest(point);
        return nearest.at().metresTo(point) > FURTHEST_METRES
                ? Optional.empty()
                : Optional.of(cityResult(nearest, nearest.at()));
    }

    private static ArrayNode list(Optional<ObjectNode> result) {
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        result.ifPresent(results::add);
        return results;
    }

    private static ObjectNode cityResult(City city, Point at) {
        ObjectNode node = PlaceJson.object();
        PlaceJson.cityComponents(node.putArray("address_components"), city);
        node.put("formatted_address", address(city));
        ObjectNode geometry = PlaceJson.geometry(at, CITY_VIEW);
        geometry.put("location_type", "APPROXIMATE");
        geometry.set("bounds", geometry.get("viewport").deepCopy());
        node.set("geometry", geometry);
        node.put("place_id", "ChIJ" + String.format(java.util.Locale.ROOT, "city%019d", city.id()));
        node.putArray("types").add("locality").add("political");
        return node;
    }

    /** {@code Boston, MA, USA} and {@code Barcelona, Spain}. */
    private static String address(City city) {
        return switch (city.countryCode()) {
            case "US" -> city.name() + ", " + Addresses.shortRegion(city) + ", USA";
            case "CA", "AU" -> city.name() + ", " + Addresses.shortRegion(city) + ", " + city.country();
            case "GB" -> city.name() + ", UK";
            default -> city.name() + ", " + city.country();
        };
    }

    private static ObjectNode placeResult(Place place) {
        ObjectNode details = PlaceJson.details(place, java.time.Instant.EPOCH);
        ObjectNode node =
                PlaceFields.select(details, "address_components,formatted_address,geometry,place_id,plus_code,types");
        ((ObjectNode) node.get("geometry")).put("location_type", "ROOFTOP");
        return node;
    }
}
