package dev.troupe.examples.eco.weather;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.examples.eco.http.Reply;
import dev.troupe.examples.eco.http.Reply.Layout;
import dev.troupe.examples.eco.http.Request;
import dev.troupe.examples.eco.http.StandInServer;
import dev.troupe.examples.eco.world.Cities;
import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Names;
import dev.troupe.examples.eco.world.Noise;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** WeatherAPI's paths under {@code /v1}, as a key of its larger plans sees them. */
public final class WeatherApi implements StandInServer.Service {
    private static final int MOST_DAYS = 14;
    private static final int MOST_HISTORY_DAYS = 30;
    private static final int FURTHEST_DAYS = 300;
    private static final LocalDate FIRST_HISTORY = LocalDate.of(2010, 1, 1);

    private final String key;
    private final InstantSource clock;
    private final Locations locations;
    private final WeatherModel model;
    private final Noise noise;

    /** @param key the only one that is valid */
    public WeatherApi(String key, InstantSource clock, long seed, Cities cities) {
        this.key = key;
        this.clock = clock;
        this.locations = new Locations(cities);
        this.model = new WeatherModel(seed);
        this.noise = new Noise(seed);
    }

    @Override
    public Reply answer(Request request) {
        try {
            return Reply.json(200, body(request), Layout.COMPACT);
        } catch (Refused e) {
            ObjectNode body = WeatherJson.object();
            body.putObject("error").put("code", e.error.code()).put("message", e.error.message());
            return Reply.json(e.error.status(), body, Layout.COMPACT);
        }
    }

    private JsonNode body(Request request) throws Refused {
        String path = request.path().replaceFirst("^/v1/", "").replaceFirst("\\.json$", "");
        boolean known = request.path().equals("/v1/" + path + ".json")
                && List.of("current", "forecast", "history", "future", "astronomy", "search", "timezone", "alerts")
                        .contains(path);
        if (!known) {
            throw new Refused(WeatherError.ADDRESS_INVALID);
        }
        String given = request.get("key");
        if (given == null) {
            throw new Refused(WeatherError.KEY_MISSING);
        }
        if (!given.equals(key)) {
            throw new Refused(WeatherError.KEY_INVALID);
        }
        String q = request.get("q");
        if (q == null) {
            throw new Refused(WeatherError.QUERY_MISSING);
        }
        if (path.equals("search")) {
            return search(q);
        }
        City city = locations.find(q).orElseThrow(() -> new Refused(WeatherError.NOT_FOUND));
        ZonedDateTime now = clock.instant().atZone(city.zone());
        ObjectNode body = WeatherJson.object();
        body.set("location", WeatherJson.location(city, now));
        switch (path) {
            case "current" -> body.set("current", current(request, city, now));
            case "forecast" -> forecast(request, city, now, body);
            case "history" -> history(request, city, now, body);
            case "future" -> future(request, city, now, body);
            case "astronomy" -> astronomy(request, city, now, body);
            case "alerts" -> body.set("alerts", alerts(city, now));
            default -> {} // the time zone is told by the location itself
        }
        return body;
    }

    private ArrayNode search(String q) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        for (City city : locations.search(q)) {
            String address = Names.plain(city.name() + " " + city.region() + " " + city.country());
            found.add(WeatherJson.object()
                    .put("id", city.id())
                    .put("name", city.name())
                    .put("region", city.region())
                    .put("country", city.country())
                    .put("lat", city.at().latitude())
                    .put("lon", city.at().longitude())
                    .put("url", address.replace(' ', '-')));
        }
        return found;
    }

    private ObjectNode current(Request request, City city, ZonedDateTime now) {
        ZonedDateTime quarter = now.truncatedTo(ChronoUnit.HOURS).plusMinutes(now.getMinute() / 15 * 15L);
        Sample sample = model.at(city, quarter);
        ObjectNode current = WeatherJson.current(sample);
        if (request.get("aqi", "no").equals("yes")) {
            current.set("air_quality", WeatherJson.airQuality(city, sample, noise));
        }
        return current;
    }

    private void forecast(Request request, City city, ZonedDateTime now, ObjectNode body) throws Refused {
        body.set("current", current(request, city, now));
        LocalDate today = now.toLocalDate();
        LocalDate first = today;
        LocalDate last = today.plusDays(days(request) - 1);
        // A date that cannot be read counts as none; one that is out of reach leaves the list empty.
        LocalDate wanted = date(request.get("dt"));
        if (wanted != null) {
            boolean inReach = !wanted.isBefore(today) && wanted.isBefore(today.plusDays(MOST_DAYS));
            first = wanted;
            last = inReach ? wanted : wanted.minusDays(1);
        }
        body.set("forecast", days(request, city, now, first, last, 1));
        if (request.get("alerts", "no").equals("yes")) {
            body.set("alerts", alerts(city, now));
        }
    }

    private void history(Request request, City city, ZonedDateTime now, ObjectNode body) throws Refused {
        LocalDate first = date(request.get("dt"));
        if (first == null || first.isBefore(FIRST_HISTORY) || first.isAfter(now.toLocalDate())) {
            throw new Refused(WeatherError.DATE_INVALID);
        }
        LocalDate last = first;
        if (request.get("end_dt") != null) {
            LocalDate end = date(request.get("end_dt"));
            if (end == null || end.isBefore(first) || end.isAfter(first.plusDays(MOST_HISTORY_DAYS))) {
                throw new Refused(WeatherError.END_DATE_INVALID);
            }
            last = end.isAfter(now.toLocalDate()) ? now.toLocalDate() : end;
        }
        body.set("forecast", days(request, city, now, first, last, 1));
    }

    private void future(Request request, City city, ZonedDateTime now, ObjectNode body) throws Refused {
        LocalDate wanted = date(request.get("dt"));
        LocalDate today = now.toLocalDate();
        if (wanted == null
                || wanted.isBefore(today.plusDays(MOST_DAYS))
                || wanted.isAfter(today.plusDays(FURTHEST_DAYS))) {
            throw new Refused(WeatherError.FUTURE_DATE_INVALID);
        }
        body.set("forecast", days(request, city, now, wanted, wanted, 3));
    }

    private static void astronomy(Request request, City city, ZonedDateTime now, ObjectNode body) {
        LocalDate wanted = date(request.get("dt"));
        ObjectNode astronomy = body.putObject("astronomy");
        astronomy.set("astro", WeatherJson.astro(city, wanted == null ? now.toLocalDate() : wanted, now));
    }

    /** @param step tells every hour, or every third one */
    private ObjectNode days(Request request, City city, ZonedDateTime now, LocalDate first, LocalDate last, int step) {
        ObjectNode forecast = WeatherJson.object();
        ArrayNode list = forecast.putArray("forecastday");
        String hour = request.get("hour");
        for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
            List<Sample> hours = model.hours(city, date);
            List<Sample> shown = hours.stream()
                    .filter(one -> one.time().getHour() % step == 0)
                    .filter(one -> hour == null
                            || !hour.matches("\\d{1,2}")
                            || one.time().getHour() == Integer.parseInt(hour))
                    .toList();
            list.add(WeatherJson.forecastDay(city, date, hours, shown, now));
        }
        return forecast;
    }

    /** A gale, or a downpour, in the next two days. */
    private ObjectNode alerts(City city, ZonedDateTime now) {
        ObjectNode alerts = WeatherJson.object();
        ArrayNode list = alerts.putArray("alert");
        for (int day = 0; day < 2; day++) {
            LocalDate date = now.toLocalDate().plusDays(day);
            DaySummary summary = new DaySummary(model.hours(city, date));
            Alert.of(city, date, summary).map(Alert::json).ifPresent(list::add);
        }
        return alerts;
    }

    private static int days(Request request) throws Refused {
        String days = request.get("days", "1");
        if (!days.matches("\\d{1,4}") || Integer.parseInt(days) < 1) {
            throw new Refused(WeatherError.ADDRESS_INVALID);
        }
        return Math.min(MOST_DAYS, Integer.parseInt(days));
    }

    private static @Nullable LocalDate date(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static final class Refused extends Exception {
        private final transient WeatherError error;

        Refused(WeatherError error) {
            super(error.message());
            this.error = error;
        }
    }
}
