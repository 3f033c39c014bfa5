package dev.troupe.examples.eco.places;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.examples.eco.http.Reply;
import dev.troupe.examples.eco.http.Reply.Layout;
import dev.troupe.examples.eco.http.Request;
import dev.troupe.examples.eco.http.StandInServer;
import dev.troupe.examples.eco.world.Cities;
import dev.troupe.examples.eco.world.Names;
import dev.troupe.examples.eco.world.Point;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Google's {@code /maps/api/place/…/json} and {@code /maps/api/geocode/json}. */
public final class GooglePlacesApi implements StandInServer.Service {
    private static final String PLACE = "/maps/api/place/";
    private static final int PAGE = 20;
    private static final double FURTHEST_METRES = 50_000;

    private final String key;
    private final InstantSource clock;
    private final PlaceMaker maker;
    private final PlaceSearch search;
    private final Geocoder geocoder;

    /** @param key the only one that is valid */
    public GooglePlacesApi(String key, InstantSource clock, long seed, Cities cities) {
        this.key = key;
        this.clock = clock;
        Gazetteer gazetteer = new Gazetteer(cities);
        this.maker = new PlaceMaker(seed, gazetteer);
        this.search = new PlaceSearch(gazetteer, maker);
        this.geocoder = new Geocoder(gazetteer, maker, search);
    }

    @Override
    public Reply answer(Request request) {
        Shape shape = Shape.of(request.path());
        if (shape == null) {
            return new Reply(
                    404,
                    "text/html; charset=UTF-8",
                    "<!DOCTYPE html>\n<title>Error 404 (Not Found)!!1</title>\n<p>The requested URL was not found.\n");
        }
        String denied = denied(request);
        if (denied != null) {
            return reply(shape.body("REQUEST_DENIED", denied));
        }
        return reply(
                switch (shape) {
                    case NEARBY -> nearby(request);
                    case TEXT -> text(request);
                    case FIND -> find(request);
                    case DETAILS -> details(request);
                    case GEOCODE -> geocode(request);
                });
    }

    /** The paths, and where an answer's results stand. */
    private enum Shape {
        NEARBY(PLACE + "nearbysearch/json", "results"),
        TEXT(PLACE + "textsearch/json", "results"),
        FIND(PLACE + "findplacefromtext/json", "candidates"),
        DETAILS(PLACE + "details/json", ""),
        GEOCODE("/maps/api/geocode/json", "results");

        private final String path;
        private final String list;

        Shape(String path, String list) {
            this.path = path;
            this.list = list;
        }

        static @Nullable Shape of(String path) {
            for (Shape shape : values()) {
                if (shape.path.equals(path)) {
                    return shape;
                }
            }
            return null;
        }

        /** An answer without results. */
        ObjectNode body(String status, @Nullable String message) {
            ObjectNode body = PlaceJson.object();
            if (message != null) {
                body.put("error_message", message);
            }
            if (this == NEARBY || this == TEXT || this == DETAILS) {
                body.putArray("html_attributions");
            }
            if (!list.isEmpty()) {
                body.putArray(list);
            }
            return body.put("status", status);
        }
    }

    private static Reply reply(ObjectNode body) {
        return Reply.json(200, body, Layout.THREE_SPACES);
    }

    private @Nullable String denied(Request request) {
        String given = request.get("key");
        if (given == null) {
            return "You must use an API key to authenticate each request to Google Maps Platform APIs. For additional"
                    + " information, please refer to http://g.co/dev/maps-no-account";
        }
        return given.equals(key) ? null : "The provided API key is invalid. ";
    }

    private ObjectNode nearby(Request asked) {
        Page page = Page.of(asked);
        if (page == null) {
            return Shape.NEARBY.body("INVALID_REQUEST", null);
        }
        Request request = page.request();
        Optional<Point> point = Point.parse(request.get("location", ""));
        boolean byDistance = request.get("rankby", "prominence").equals("distance");
        Double radius = number(request.get("radius"));
        String keyword = request.get("keyword", request.get("name", ""));
        String type = request.get("type", request.get("types", ""));
        boolean invalid = point.isEmpty()
                || (byDistance ? radius != null || (keyword.isEmpty() && type.isEmpty()) : radius == null)
                || (radius != null && (radius <= 0 || radius > FURTHEST_METRES));
        if (invalid) {
            return Shape.NEARBY.body("INVALID_REQUEST", null);
        }
        PlaceQuery query = query(keyword, type);
        List<Place> around = search.around(point.get(), radius == null ? FURTHEST_METRES : radius, query);
        List<Place> places = byDistance
                ? PlaceSearch.nearest(around, query, point.get())
                : PlaceSearch.prominent(around, query, point.get());
        return results(Shape.NEARBY, filtered(places, request), page);
    }

    /** What a keyword names, of a type where one is given; without either, all. */
    private PlaceQuery query(String keyword, String type) {
        List<Category> all = maker.categories();
        if (keyword.isEmpty() && type.isEmpty()) {
            return new PlaceQuery(all, java.util.Set.of(), null);
        }
        if (keyword.isEmpty()) {
            return PlaceQuery.ofType(type, all);
        }
        List<Category> ofType =
                type.isEmpty() ? all : PlaceQuery.ofType(type, all).categories();
        PlaceQuery named = PlaceQuery.of(keyword, ofType);
        // "Organic" with type supermarket names no kind of its own.
        return named.isEmpty() && !type.isEmpty() && PlaceQuery.of(keyword, all).isEmpty()
                ? PlaceQuery.ofType(type, all)
                : named;
    }

    private ObjectNode text(Request asked) {
        Page page = Page.of(asked);
        if (page == null || page.request().get("query") == null) {
            return Shape.TEXT.body("INVALID_REQUEST", null);
        }
        Request request = page.request();
        List<Place> places = search.byText(request.get("query", ""), Point.parse(request.get("location", "")));
        String type = request.get("type");
        if (type != null) {
            places = places.stream()
                    .filter(place -> place.types().contains(type))
                    .toList();
        }
        return results(Shape.TEXT, filtered(places, request), page);
    }

    private List<Place> filtered(List<Place> places, Request request) {
        List<Place> left = new ArrayList<>(places);
        if (request.parameters().containsKey("opennow")
                && !request.get("opennow", "").equals("false")) {
            left.removeIf(place ->
                    !place.hours().open(clock.instant().atZone(place.city().zone())));
        }
        Double least = number(request.get("minprice"));
        Double most = number(request.get("maxprice"));
        left.removeIf(place -> {
            Integer price = place.price();
            return (least != null && (price == null || price < least))
                    || (most != null && (price == null || price > most));
        });
        return left;
    }

    private ObjectNode results(Shape shape, List<Place> places, Page page) {
        List<Place> shown = places.stream().skip(page.first()).limit(PAGE).toList();
        ObjectNode body = PlaceJson.object();
        body.putArray("html_attributions");
        if (places.size() > page.first() + PAGE) {
            body.put("next_page_token", page.next());
        }
        ArrayNode results = body.putArray("results");
        shown.forEach(place -> results.add(PlaceJson.result(place, clock.instant(), shape == Shape.NEARBY)));
        return body.put("status", shown.isEmpty() ? "ZERO_RESULTS" : "OK");
    }

    private ObjectNode find(Request request) {
        String input = request.get("input");
        String kind = request.get("inputtype");
        if (input == null
                || kind == null
                || !List.of("textquery", "phonenumber").contains(kind)) {
            return Shape.FIND.body("INVALID_REQUEST", null);
        }
        String fields = request.get("fields", "place_id");
        String refusal = refusal(fields);
        if (refusal != null) {
            return Shape.FIND.body("INVALID_REQUEST", refusal);
        }
        Optional<Point> bias =
                Point.parse(request.get("locationbias", "").replaceFirst("^(?:point|circle:[^@]*@?):?", ""));
        List<Place> places = kind.equals("phonenumber") ? List.of() : search.byText(input, bias);
        if (places.isEmpty()) {
            return Shape.FIND.body("ZERO_RESULTS", null);
        }
        Place best = places.stream()
                .filter(place -> Names.plain(input).contains(Names.plain(place.name())))
                .findFirst()
                .orElse(places.getFirst());
        ObjectNode body = PlaceJson.object();
        body.putArray("candidates").add(PlaceFields.select(PlaceJson.details(best, clock.instant()), fields));
        return body.put("status", "OK");
    }

    private ObjectNode details(Request request) {
        String id = request.get("place_id", request.get("placeid", ""));
        String fields = request.get("fields");
        String refusal = fields == null ? null : refusal(fields);
        if (id.isEmpty() || refusal != null) {
            return Shape.DETAILS.body("INVALID_REQUEST", refusal);
        }
        Optional<Place> place = maker.find(id);
        if (place.isEmpty()) {
            return Shape.DETAILS.body("INVALID_REQUEST", null);
        }
        ObjectNode all = PlaceJson.details(place.get(), clock.instant());
        ObjectNode body = PlaceJson.object();
        body.putArray("html_attributions");
        body.set("result", fields == null ? all : PlaceFields.select(all, fields));
        return body.put("status", "OK");
    }

    private static @Nullable String refusal(String fields) {
        List<String> unknown = PlaceFields.unknown(fields);
        return unknown.isEmpty()
                ? null
                : "Error while parsing 'fields' parameter: Unsupported field name '" + unknown.getFirst() + "'. ";
    }

    private ObjectNode geocode(Request request) {
        ArrayNode results = geocoder.results(request);
        if (results == null) {
            return Shape.GEOCODE.body(
                    "INVALID_REQUEST",
                    "Invalid request. Missing the 'address', 'components', 'latlng' or 'place_id' parameter.");
        }
        ObjectNode body = PlaceJson.object();
        body.set("results", results);
        return body.put("status", results.isEmpty() ? "ZERO_RESULTS" : "OK");
    }

    private static @Nullable Double number(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}(?:\\.\\d{1,9})?") ? Double.valueOf(text) : null;
    }

    /**
     * Which twenty of the results are asked for. A token holds the request that it goes on with.
     *
     * @param first the number of the first result, from 0
     */
    private record Page(Request request, int first) {
        /** Null for a token that was never given. */
        static @Nullable Page of(Request asked) {
            String token = asked.get("pagetoken");
            if (token == null) {
                return new Page(asked, 0);
            }
            try {
                String plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
                Map<String, String> parameters = new LinkedHashMap<>();
                String[] lines = plain.split("\n", -1);
                for (int i = 1; i + 1 < lines.length; i += 2) {
                    parameters.put(lines[i], lines[i + 1]);
                }
                int first = Integer.parseInt(lines[0]);
                return first < 0 ? null : new Page(new Request(asked.method(), asked.path(), parameters), first);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        String next() {
            StringBuilder plain = new StringBuilder().append(first + PAGE);
            new TreeMap<>(request.parameters()).forEach((name, value) -> {
                if (!name.equals("key") && !name.equals("pagetoken")) {
                    plain.append('\n')
                            .append(name.replace('\n', ' '))
                            .append('\n')
                            .append(value.replace('\n', ' '));
                }
            });
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(plain.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
