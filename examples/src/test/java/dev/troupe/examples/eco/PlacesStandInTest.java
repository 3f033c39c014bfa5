package dev.troupe.examples.eco;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesStandInTest {
    private static final String HOST = "maps.googleapis.com";
    private static final String PARIS = "48.8584,2.2945";

    private static StandIns standIns;
    private static Client client;

    @BeforeAll
    static void start() {
        standIns = StandIns.start(StandInSettings.onFreePorts());
        client = new Client(standIns);
    }

    @AfterAll
    static void stop() {
        standIns.close();
    }

    @Test
    void textSearch_ofAKindInACity_isLaidOutAsTheRealService() {
        JsonNode answer = client.places("place/textsearch", "query", "seafood restaurants in Boston Massachusetts");

        assertThat(fields(answer)).containsExactly("html_attributions", "next_page_token", "results", "status");
        assertThat(answer.get("status").textValue()).isEqualTo("OK");
        assertThat(answer.get("results")).hasSize(20);
        JsonNode first = answer.at("/results/0");
        assertThat(fields(first))
                .containsExactly(
                        "business_status",
                        "formatted_address",
                        "geometry",
                        "icon",
                        "icon_background_color",
                        "icon_mask_base_uri",
                        "name",
                        "opening_hours",
                        "photos",
                        "place_id",
                        "plus_code",
                        "price_level",
                        "rating",
                        "reference",
                        "types",
                        "user_ratings_total");
        assertThat(first.get("formatted_address").textValue()).endsWith("USA").contains("Boston, MA 021");
        assertThat(first.at("/geometry/location/lat").doubleValue()).isBetween(42.2, 42.5);
    }

    @Test
    void nearbySearch_ofAType_liesWithinTheRadius() {
        JsonNode answer = client.places("place/nearbysearch", "location", PARIS, "radius", "1500", "type", "pharmacy");
        assertThat(answer.get("results")).isNotEmpty();
        assertThat(fields(answer.at("/results/0"))).endsWith("scope", "types", "user_ratings_total", "vicinity");
        for (JsonNode place : answer.get("results")) {
            assertThat(place.at("/geometry/location/lat").doubleValue()).isBetween(48.8584 - 0.0136, 48.8584 + 0.0136);
            assertThat(texts(place.get("types"))).contains("pharmacy");
        }
    }

    @Test
    void nearbySearch_byDistance_isInItsOrder() {
        JsonNode results = client.places(
                        "place/nearbysearch", "location", PARIS, "rankby", "distance", "keyword", "McDonald's")
                .get("results");
        assertThat(results).isNotEmpty();
        List<Double> distances = new ArrayList<>();
        for (JsonNode place : results) {
            assertThat(place.get("name").textValue()).isEqualTo("McDonald's");
            double north = place.at("/geometry/location/lat").doubleValue() - 48.8584;
            double east =
                    (place.at("/geometry/location/lng").doubleValue() - 2.2945) * Math.cos(Math.toRadians(48.8584));
            distances.add(Math.hypot(north, east));
        }
        assertThat(distances).isSorted();
    }

    @Test
    void pages_untilTheLast_haveEachPlaceOnce() {
        Set<String> seen = new LinkedHashSet<>();
        JsonNode page = client.places("place/textsearch", "query", "restaurants in Rome");
        int pages = 1;
        seen.addAll(ids(page));
        while (page.has("next_page_token")) {
            page = client.places(
                    "place/textsearch", "pagetoken", page.get("next_page_token").textValue());
            assertThat(seen).doesNotContainAnyElementsOf(ids(page));
            seen.addAll(ids(page));
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(60);
        assertThat(client.places("place/textsearch", "pagetoken", "nonsense")
                        .get("status")
                        .textValue())
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void details_ofAPlace_areThoseThatTheSearchTold() {
        JsonNode found = client.places("place/textsearch", "query", "post office in Vancouver")
                .at("/results/0");
        String id = found.get("place_id").textValue();
        JsonNode answer = client.places("place/details", "place_id", id);

        assertThat(fields(answer)).containsExactly("html_attributions", "result", "status");
        JsonNode result = answer.get("result");
        assertThat(fields(result))
                .contains(
                        "address_components",
                        "adr_address",
                        "formatted_phone_number",
                        "international_phone_number",
                        "opening_hours",
                        "reviews",
                        "url",
                        "utc_offset",
                        "vicinity");
        for (String same : List.of("name", "formatted_address", "geometry", "rating", "place_id")) {
            assertThat(result.get(same)).isEqualTo(found.get(same));
        }
        assertThat(result.at("/opening_hours/weekday_text")).hasSize(7);
        assertThat(fields(
                        client.places("place/details", "place_id", id, "fields", "name,website,formatted_phone_number")
                                .get("result")))
                .isSubsetOf("name", "website", "formatted_phone_number");
    }

    @Test
    void details_ofWhatIsNone_areInvalid() {
        JsonNode field = client.places("place/details", "place_id", "ChIJ", "fields", "name,phone");
        assertThat(field.get("status").textValue()).isEqualTo("INVALID_REQUEST");
        assertThat(field.get("error_message").textValue()).contains("Unsupported field name 'phone'");
        for (String id : List.of("nonsense", "ChIJAAAAAAAAAAAAAAAAAAAAAAA", "ChIJ????????????????????????")) {
            assertThat(client.places("place/details", "place_id", id)
                            .get("status")
                            .textValue())
                    .isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void findPlace_ofALandmark_givesTheFieldsThatAreAskedFor() {
        JsonNode answer = client.places(
                "place/findplacefromtext",
                "input",
                "British Museum London",
                "inputtype",
                "textquery",
                "fields",
                "name,place_id");
        assertThat(fields(answer)).containsExactly("candidates", "status");
        assertThat(answer.at("/candidates/0/name").textValue()).isEqualTo("British Museum");
        assertThat(fields(answer.at("/candidates/0"))).containsExactly("name", "place_id");
        assertThat(client.places("place/findplacefromtext", "input", "British Museum")
                        .get("status")
                        .textValue())
                .isEqualTo("INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Statue of Liberty, New York, NY | 40.69 | -74.04
            Barcelona, Spain                | 41.38 |   2.18
            Times Square                    | 40.76 | -73.99
            Champs-Élysées, Paris           | 48.87 |   2.31
            """)
    void geocode_ofAnAddress_isWhereItIs(String address, double latitude, double longitude) {
        JsonNode answer = client.places("geocode", "address", address);
        assertThat(fields(answer)).containsExactly("results", "status");
        JsonNode location = answer.at("/results/0/geometry/location");
        assertThat(location.get("lat").doubleValue()).isBetween(latitude - 0.01, latitude + 0.01);
        assertThat(location.get("lng").doubleValue()).isBetween(longitude - 0.01, longitude + 0.01);
        assertThat(fields(answer.at("/results/0")))
                .contains("address_components", "formatted_address", "geometry", "place_id", "types");
    }

    @Test
    void key_missingOrWrong_isDenied() {
        for (String path : List.of("place/textsearch", "place/nearbysearch", "place/details", "geocode")) {
            JsonNode missing = client.get(HOST, "/maps/api/" + path + "/json", "query", "x")
                    .json();
            assertThat(missing.get("status").textValue()).isEqualTo("REQUEST_DENIED");
            assertThat(missing.get("error_message").textValue()).startsWith("You must use an API key");
            JsonNode wrong = client.get(HOST, "/maps/api/" + path + "/json", "key", "wrong")
                    .json();
            assertThat(wrong.get("error_message").textValue()).isEqualTo("The provided API key is invalid. ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "radius=500&type=bar",
                "location=48.8,2.3",
                "location=here&radius=500",
                "location=48.8,2.3&radius=90000",
                "location=48.8,2.3&radius=500&rankby=distance&keyword=bar",
                "location=48.8,2.3&rankby=distance"
            })
    void nearbySearch_withoutWhatItNeeds_isInvalid(String parameters) {
        List<String> given = new ArrayList<>();
        for (String pair : parameters.split("&")) {
            given.addAll(List.of(pair.split("=")));
        }
        assertThat(client.places("place/nearbysearch", given.toArray(String[]::new))
                        .get("status")
                        .textValue())
                .isEqualTo("INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyzzy in Paris", "pharmacy", "nearest gas station to my current location", "qqq www"})
    void textSearch_ofNothingOrNowhere_hasZeroResults(String query) {
        JsonNode answer = client.places("place/textsearch", "query", query);
        assertThat(answer.get("status").textValue()).isEqualTo("ZERO_RESULTS");
        assertThat(answer.get("results")).isEmpty();
    }

    @Test
    void textSearch_inATownThatNoTableHas_findsPlacesWithDetails() {
        JsonNode found = client.places("place/textsearch", "query", "pharmacy in Springfield, Ohio")
                .at("/results/0");
        assertThat(found.get("formatted_address").textValue()).contains("Springfield, OH");
        assertThat(client.places(
                                "place/details",
                                "place_id",
                                found.get("place_id").textValue())
                        .at("/result/name"))
                .isEqualTo(found.get("name"));
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.get("results").forEach(place -> ids.add(place.get("place_id").textValue()));
        return ids;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.textValue()));
        return texts;
    }

    private static List<String> fields(JsonNode node) {
        return node.propertyStream().map(Map.Entry::getKey).toList();
    }
}
