package dev.troupe.examples.eco;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks stand-ins as a program would. */
final class Client {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final StandIns standIns;

    Client(StandIns standIns) {
        this.standIns = standIns;
    }

    /** A reply, as text. */
    record Told(int status, String type, String text) {
        JsonNode json() {
            try {
                return MAPPER.readTree(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }
    }

    /** With WeatherAPI's key: {@code weather("current", "q", "Paris")}. */
    JsonNode weather(String path, String... parameters) {
        return get(
                        "api.weatherapi.com",
                        "/v1/" + path + ".json",
                        with("key", StandInSettings.DEFAULT_WEATHER_KEY, parameters))
                .json();
    }

    JsonNode stock(String function, String... parameters) {
        String[] named = with("function", function, parameters);
        return get("www.alphavantage.co", "/query", with("apikey", StandInSettings.DEFAULT_STOCK_KEY, named))
                .json();
    }

    JsonNode places(String path, String... parameters) {
        return get(
                        "maps.googleapis.com",
                        "/maps/api/" + path + "/json",
                        with("key", StandInSettings.DEFAULT_PLACES_KEY, parameters))
                .json();
    }

    Told get(String host, String path, String... parameters) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            pairs.add(parameters[i] + "=" + URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        URI address = URI.create(standIns.hosts().get(host) + path + "?" + String.join("&", pairs));
        try {
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("content-type").orElse("");
            return new Told(response.statusCode(), type, response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String[] with(String name, String value, String... parameters) {
        List<String> all = new ArrayList<>(List.of(name, value));
        all.addAll(List.of(parameters));
        return all.toArray(String[]::new);
    }
}
