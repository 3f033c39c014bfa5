package dev.troupe.examples.eco.places;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The parameter {@code fields}: which of a place's fields are wanted. */
final class PlaceFields {
    private static final Set<String> KNOWN = Set.of(
            "address_component",
            "address_components",
            "adr_address",
            "business_status",
            "formatted_address",
            "geometry",
            "geometry/location",
            "geometry/viewport",
            "icon",
            "icon_mask_base_uri",
            "icon_background_color",
            "name",
            "photo",
            "photos",
            "place_id",
            "plus_code",
            "type",
            "types",
            "url",
            "utc_offset",
            "vicinity",
            "wheelchair_accessible_entrance",
            "current_opening_hours",
            "formatted_phone_number",
            "international_phone_number",
            "opening_hours",
            "opening_hours/open_now",
            "secondary_opening_hours",
            "website",
            "curbside_pickup",
            "delivery",
            "dine_in",
            "editorial_summary",
            "price_level",
            "rating",
            "reference",
            "reservable",
            "review",
            "reviews",
            "serves_beer",
            "serves_breakfast",
            "serves_brunch",
            "serves_dinner",
            "serves_lunch",
            "serves_vegetarian_food",
            "serves_wine",
            "takeout",
            "user_ratings_total");

    private PlaceFields() {}

    /** Those of the list that do not exist. */
    static List<String> unknown(String fields) {
        List<String> unknown = new ArrayList<>(names(fields));
        unknown.removeIf(KNOWN::contains);
        return unknown;
    }

    /** Leaves only what the list names. */
    static ObjectNode select(ObjectNode place, String fields) {
        Set<String> wanted = new LinkedHashSet<>();
        for (String name : names(fields)) {
            String whole = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
            wanted.add(
                    switch (whole) {
                        case "address_component" -> "address_components";
                        case "photo" -> "photos";
                        case "type" -> "types";
                        case "review" -> "reviews";
                        default -> whole;
                    });
        }
        ObjectNode selected = PlaceJson.object();
        place.properties().forEach(field -> {
            if (wanted.contains(field.getKey())) {
                selected.set(field.getKey(), field.getValue());
            }
        });
        return selected;
    }

    private static List<String> names(String fields) {
        return java.util.Arrays.stream(fields.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
