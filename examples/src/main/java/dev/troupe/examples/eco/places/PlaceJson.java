package dev.troupe.examples.eco.places;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.examples.eco.places.OpeningHours.Span;
import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Point;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Places in Google's fields. */
final class PlaceJson {
    private static final String ICONS = "https://maps.gstatic.com/mapfiles/place_api/icons/v1/png_71/";
    private static final String MASKS = "https://maps.gstatic.com/mapfiles/place_api/icons/v2/";
    /** Half of a viewport's height in degrees, about a place. */
    private static final double VIEW = 0.00135;

    private PlaceJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An element of a search's results. */
    static ObjectNode result(Place place, Instant now, boolean nearby) {
        ObjectNode node = object().put("business_status", "OPERATIONAL");
        if (!nearby) {
            node.put("formatted_address", place.address());
        }
        node.set("geometry", geometry(place.at(), VIEW));
        icon(node, place);
        node.put("name", place.name());
        node.putObject("opening_hours").put("open_now", open(place, now));
        node.set("photos", photos(place));
        node.put("place_id", place.id());
        node.set("plus_code", plusCode(place));
        Integer price = place.price();
        if (price != null) {
            node.put("price_level", price);
        }
        node.put("rating", place.rating()).put("reference", place.id());
        if (nearby) {
            node.put("scope", "GOOGLE");
        }
        node.set("types", strings(place.types()));
        node.put("user_ratings_total", place.ratings());
        if (nearby) {
            node.put("vicinity", place.vicinity());
        }
        return node;
    }

    /** All that is known of a place. */
    static ObjectNode details(Place place, Instant now) {
        ObjectNode node = object();
        node.set("address_components", components(place));
        node.put(
                "adr_address",
                "<span class=\"street-address\">" + place.street() + "</span>, <span class=\"locality\">"
                        + place.city().name() + "</span>, <span class=\"country-name\">"
                        + place.city().country() + "</span>");
        node.put("business_status", "OPERATIONAL")
                .put("formatted_address", place.address())
                .put("formatted_phone_number", Addresses.national(place));
        node.set("geometry", geometry(place.at(), VIEW));
        icon(node, place);
        node.put("international_phone_number", Addresses.international(place)).put("name", place.name());
        node.set("opening_hours", hours(place, now));
        node.set("current_opening_hours", hours(place, now));
        node.set("photos", photos(place));
        node.put("place_id", place.id());
        node.set("plus_code", plusCode(place));
        Integer price = place.price();
        if (price != null) {
            node.put("price_level", price);
        }
        node.put("rating", place.rating()).put("reference", place.id());
        node.set("reviews", reviews(place, now));
        node.set("types", strings(place.types()));
        node.put(
                        "url",
                        "https://maps.google.com/?cid="
                                + Math.abs((long) place.id().hashCode() * 1_000_003L))
                .put("user_ratings_total", place.ratings())
                .put("utc_offset", place.city().zone().getRules().getOffset(now).getTotalSeconds() / 60)
                .put("vicinity", place.vicinity());
        String website = place.website();
        if (website != null) {
            node.put("website", website);
        }
        return node.put("wheelchair_accessible_entrance", place.ratings() % 3 != 0);
    }

    static ObjectNode geometry(Point at, double view) {
        ObjectNode node = object();
        node.set("location", location(at));
        ObjectNode viewport = node.putObject("viewport");
        viewport.set("northeast", location(new Point(seven(at.latitude() + view), seven(at.longitude() + view))));
        viewport.set("southwest", location(new Point(seven(at.latitude() - view), seven(at.longitude() - view))));
        return node;
    }

    private static ObjectNode location(Point at) {
        return object().put("lat", at.latitude()).put("lng", at.longitude());
    }

    private static double seven(double degrees) {
        return StrictMath.rint(degrees * 1e7) / 1e7;
    }

    private static void icon(ObjectNode node, Place place) {
        String kind = place.types().getFirst();
        node.put("icon", ICONS + kind + "-71.png")
                .put("icon_background_color", "#7B9EB0")
                .put("icon_mask_base_uri", MASKS + kind + "_pinlet");
    }

    private static boolean open(Place place, Instant now) {
        return place.hours().open(now.atZone(place.city().zone()));
    }

    private static ObjectNode hours(Place place, Instant now) {
        ObjectNode node = object().put("open_now", open(place, now));
        ArrayNode periods = node.putArray("periods");
        if (place.hours().allWeek()) {
            periods.addObject().putObject("open").put("day", 0).put("time", "0000");
        } else {
            for (int day = 0; day < 7; day++) {
                period(periods, day, place.hours().on(weekday(day)));
            }
        }
        ArrayNode texts = node.putArray("weekday_text");
        for (DayOfWeek day : DayOfWeek.values()) {
            texts.add(place.hours().text(day));
        }
        return node;
    }

    private static void period(ArrayNode periods, int day, Span span) {
        if (!span.none()) {
            boolean next = span.to() <= span.from() || span.to() == 24;
            ObjectNode period = periods.addObject();
            period.putObject("close").put("day", next ? (day + 1) % 7 : day).put("time", time(span.to() % 24));
            period.putObject("open").put("day", day).put("time", time(span.from()));
        }
    }

    /** Google's weeks begin on Sunday, with 0. */
    private static DayOfWeek weekday(int day) {
        return day == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(day);
    }

    private static String time(int hour) {
        return String.format(Locale.ROOT, "%02d00", hour);
    }

    private static ArrayNode photos(Place place) {
        ArrayNode photos = JsonNodeFactory.instance.arrayNode();
        ObjectNode photo = photos.addObject();
        photo.put("height", 3024);
        photo.putArray("html_attributions")
                .add("<a href=\"https://maps.google.com/maps/contrib/1\">" + place.name() + "</a>");
        photo.put("photo_reference", "AUacShh" + place.id().substring(4)).put("width", 4032);
        return photos;
    }

    private static ObjectNode plusCode(Place place) {
        String alphabet = "23456789CFGHJMPQRVWX";
        StringBuilder local = new StringBuilder();
        int hash = place.id().hashCode();
        for (int i = 0; i < 6; i++) {
            local.append(alphabet.charAt(Math.floorMod(hash >> (i * 4), 20)));
        }
        local.insert(4, '+');
        return object().put(
                        "compound_code",
                        local + " " + place.city().name() + ", " + place.city().country())
                .put("global_code", "8" + alphabet.charAt(Math.floorMod(hash, 20)) + "GC" + local);
    }

    /** Two, which say what the place has: that is how one learns of it. */
    private static ArrayNode reviews(Place place, Instant now) {
        ArrayNode reviews = JsonNodeFactory.instance.arrayNode();
        String has = place.features().isEmpty()
                ? "A good place, friendly people."
                : "Good to know: " + String.join(", ", new java.util.TreeSet<>(place.features())) + ".";
        List<String> texts = List.of(has, "We would come again.");
        for (int i = 0; i < texts.size(); i++) {
            reviews.addObject()
                    .put("author_name", i == 0 ? "Alex Morgan" : "Sam Rivera")
                    .put("language", "en")
                    .put("rating", (int) StrictMath.rint(place.rating()))
                    .put("relative_time_description", i == 0 ? "a week ago" : "a month ago")
                    .put("text", texts.get(i))
                    .put("time", now.getEpochSecond() - (i == 0 ? 604_800L : 2_592_000L));
        }
        return reviews;
    }

    private static ArrayNode components(Place place) {
        City city = place.city();
        ArrayNode components = JsonNodeFactory.instance.arrayNode();
        component(components, place.number(), place.number(), "street_number");
        component(components, place.road(), place.road(), "route");
        cityComponents(components, city);
        component(components, place.postalCode(), place.postalCode(), "postal_code");
        return components;
    }

    static void cityComponents(ArrayNode components, City city) {
        component(components, city.name(), city.name(), "locality", "political");
        component(components, city.region(), Addresses.shortRegion(city), "administrative_area_level_1", "political");
        String country = city.countryCode().equals("US") ? "United States" : city.country();
        component(components, country, city.countryCode(), "country", "political");
    }

    private static void component(ArrayNode components, String longName, String shortName, String... types) {
        ObjectNode node = components.addObject().put("long_name", longName).put("short_name", shortName);
        node.set("types", strings(List.of(types)));
    }

    static ArrayNode strings(List<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
