package dev.troupe.examples.eco.weather;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Noise;
import dev.troupe.examples.eco.world.Sun;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The weather in WeatherAPI's fields. */
final class WeatherJson {
    private static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd H:mm");
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter TWELVE_HOURS = DateTimeFormatter.ofPattern("hh:mm a", Locale.ENGLISH);

    private WeatherJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode location(City city, ZonedDateTime now) {
        return object().put("name", city.name())
                .put("region", city.region())
                .put("country", city.country())
                .put("lat", Units.hundredth(city.at().latitude()))
                .put("lon", Units.hundredth(city.at().longitude()))
                .put("tz_id", city.zone().getId())
                .put("localtime_epoch", now.toEpochSecond())
                .put("localtime", LOCAL_TIME.format(now));
    }

    static ObjectNode current(Sample sample) {
        ObjectNode node = object().put("last_updated_epoch", sample.time().toEpochSecond())
                .put("last_updated", HOUR.format(sample.time()));
        temperature(node, sample);
        wind(node, sample);
        node.put("precip_mm", sample.precipitation())
                .put("precip_in", Units.inches(sample.precipitation()))
                .put("humidity", sample.humidity())
                .put("cloud", sample.cloud())
                .put("feelslike_c", sample.feelsLike())
                .put("feelslike_f", Units.fahrenheit(sample.feelsLike()));
        return sight(node, sample);
    }

    static ObjectNode hour(Sample sample) {
        ObjectNode node =
                object().put("time_epoch", sample.time().toEpochSecond()).put("time", HOUR.format(sample.time()));
        temperature(node, sample);
        wind(node, sample);
        node.put("precip_mm", sample.precipitation())
                .put("precip_in", Units.inches(sample.precipitation()))
                .put("humidity", sample.humidity())
                .put("cloud", sample.cloud())
                .put("feelslike_c", sample.feelsLike())
                .put("feelslike_f", Units.fahrenheit(sample.feelsLike()))
                .put("windchill_c", sample.windChill())
                .put("windchill_f", Units.fahrenheit(sample.windChill()))
                .put("heatindex_c", sample.heatIndex())
                .put("heatindex_f", Units.fahrenheit(sample.heatIndex()))
                .put("dewpoint_c", sample.dewPoint())
                .put("dewpoint_f", Units.fahrenheit(sample.dewPoint()))
                .put("will_it_rain", sample.rains() ? 1 : 0)
                .put("chance_of_rain", sample.chanceOfRain())
                .put("will_it_snow", sample.snows() ? 1 : 0)
                .put("chance_of_snow", sample.chanceOfSnow());
        return sight(node, sample);
    }

    private static void temperature(ObjectNode node, Sample sample) {
        node.put("temp_c", sample.temperature())
                .put("temp_f", Units.fahrenheit(sample.temperature()))
                .put("is_day", sample.day() ? 1 : 0)
                .set("condition", condition(sample.condition(), sample.day()));
    }

    private static void wind(ObjectNode node, Sample sample) {
        node.put("wind_mph", Units.miles(sample.wind()))
                .put("wind_kph", sample.wind())
                .put("wind_degree", sample.windDegrees())
                .put("wind_dir", sample.windDirection())
                .put("pressure_mb", sample.pressure())
                .put("pressure_in", Units.pressureInches(sample.pressure()));
    }

    private static ObjectNode sight(ObjectNode node, Sample sample) {
        return node.put("vis_km", sample.visibility())
                .put("vis_miles", StrictMath.floor(sample.visibility() * 0.621371))
                .put("uv", sample.uv())
                .put("gust_mph", Units.miles(sample.gust()))
                .put("gust_kph", sample.gust());
    }

    private static ObjectNode condition(Condition condition, boolean day) {
        return object().put("text", condition.text(day))
                .put("icon", condition.iconAddress(day))
                .put("code", condition.code());
    }

    static ObjectNode day(DaySummary day) {
        ObjectNode node = object().put("maxtemp_c", day.warmest())
                .put("maxtemp_f", Units.fahrenheit(day.warmest()))
                .put("mintemp_c", day.coldest())
                .put("mintemp_f", Units.fahrenheit(day.coldest()))
                .put("avgtemp_c", Units.tenth(day.mean(Sample::temperature)))
                .put("avgtemp_f", Units.fahrenheit(Units.tenth(day.mean(Sample::temperature))))
                .put("maxwind_mph", Units.miles(day.most(Sample::wind)))
                .put("maxwind_kph", day.most(Sample::wind))
                .put("totalprecip_mm", day.precipitation())
                .put("totalprecip_in", Units.inches(day.precipitation()))
                .put("totalsnow_cm", day.snow())
                .put("avgvis_km", Units.tenth(day.mean(Sample::visibility)))
                .put("avgvis_miles", StrictMath.floor(day.mean(Sample::visibility) * 0.621371))
                .put("avghumidity", StrictMath.rint(day.mean(Sample::humidity)))
                .put("daily_will_it_rain", day.rains() ? 1 : 0)
                .put("daily_chance_of_rain", (int) day.most(Sample::chanceOfRain))
                .put("daily_will_it_snow", day.snows() ? 1 : 0)
                .put("daily_chance_of_snow", (int) day.most(Sample::chanceOfSnow));
        node.set("condition", condition(day.condition(), true));
        return node.put("uv", day.most(Sample::uv));
    }

    /** Sun and moon of a day; with {@code now}, also whether they are up at that moment. */
    static ObjectNode astro(City city, LocalDate date, ZonedDateTime now) {
        ObjectNode node = object();
        Sun.day(city.at(), date, city.zone())
                .ifPresentOrElse(
                        sun -> {
                            long delay = Sun.moonDelay(date);
                            node.put("sunrise", TWELVE_HOURS.format(sun.sunrise()))
                                    .put("sunset", TWELVE_HOURS.format(sun.sunset()))
                                    .put(
                                            "moonrise",
                                            TWELVE_HOURS.format(sun.sunrise().plusMinutes(delay)))
                                    .put(
                                            "moonset",
                                            TWELVE_HOURS.format(sun.sunset().plusMinutes(delay)));
                        },
                        () -> node.put("sunrise", "No sunrise")
                                .put("sunset", "No sunset")
                                .put("moonrise", "No moonrise")
                                .put("moonset", "No moonset"));
        ZonedDateTime moon = now.minusMinutes(Sun.moonDelay(date));
        return node.put("moon_phase", Sun.moonPhase(date))
                .put("moon_illumination", Sun.moonIllumination(date))
                .put("is_moon_up", Sun.height(city.at(), moon) > 0 ? 1 : 0)
                .put("is_sun_up", Sun.height(city.at(), now) > 0 ? 1 : 0);
    }

    /** One element of {@code forecastday}. */
    static ObjectNode forecastDay(
            City city, LocalDate date, List<Sample> hours, List<Sample> shown, ZonedDateTime now) {
        ObjectNode node = object().put("date", date.toString())
                .put("date_epoch", date.atStartOfDay(ZoneOffset.UTC).toEpochSecond());
        node.set("day", day(new DaySummary(hours)));
        node.set("astro", astro(city, date, now));
        ArrayNode list = node.putArray("hour");
        shown.forEach(hour -> list.add(hour(hour)));
        return node;
    }

    /** Measured air, as far as a made-up one can be. */
    static ObjectNode airQuality(City city, Sample sample, Noise noise) {
        Noise air = noise.of("air " + city.key());
        double days = sample.time().toEpochSecond() / 86_400.0;
        double fine = StrictMath.max(1, 11 * StrictMath.exp(0.6 * air.wave(days / 2) + 0.5 * air.gaussian(1)));
        int index = fine <= 12 ? 1 : fine <= 35.4 ? 2 : fine <= 55.4 ? 3 : fine <= 150.4 ? 4 : fine <= 250.4 ? 5 : 6;
        return object().put("co", Units.tenth(200 + 12 * fine))
                .put("no2", Units.tenth(4 + 0.9 * fine))
                .put("o3", Units.tenth(40 + 6 * sample.uv()))
                .put("so2", Units.tenth(1 + 0.3 * fine))
                .put("pm2_5", Units.tenth(fine))
                .put("pm10", Units.tenth(fine * 1.5))
                .put("us-epa-index", index)
                .put("gb-defra-index", (int) StrictMath.min(10, 1 + fine / 12));
    }
}
