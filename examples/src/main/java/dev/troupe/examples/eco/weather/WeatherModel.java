package dev.troupe.examples.eco.weather;

import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Noise;
import dev.troupe.examples.eco.world.Sun;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The weather of any city at any time: a mean that follows latitude, height, climate and season, a day that warms until
 * three in the afternoon, and fronts that pass every few days. It depends on the seed, the city and the time, and not on
 * when it is asked: what was a forecast becomes the history of that day, unchanged.
 */
final class WeatherModel {
    private static final double HOURS_A_DAY = 24;
    /** When it is warmest north of the equator: 28 July. */
    private static final double WARMEST_DAY = 209;
    /** South of the equator there is more sea, and the seasons differ less. */
    private static final double SOUTH = 0.6;

    private final Noise noise;

    WeatherModel(long seed) {
        this.noise = new Noise(seed).of("weather");
    }

    /** The 24 hours of a local day; 23 or 25 on the days on which clocks change. */
    List<Sample> hours(City city, LocalDate date) {
        List<Sample> hours = new ArrayList<>();
        ZonedDateTime end = date.plusDays(1).atStartOfDay(city.zone());
        for (ZonedDateTime hour = date.atStartOfDay(city.zone()); hour.isBefore(end); hour = hour.plusHours(1)) {
            hours.add(at(city, hour));
        }
        return hours;
    }

    Sample at(City city, ZonedDateTime time) {
        ClimateFigures climate = ClimateFigures.of(city.climate());
        Noise local = noise.of(city.key());
        double days = time.toEpochSecond() / 86_400.0;
        double season = season(city, time);
        double hour = time.getHour() + time.getMinute() / 60.0;
        // -1 before dawn, 1 in the afternoon.
        double warmth = StrictMath.cos(2 * StrictMath.PI * (hour - 15) / HOURS_A_DAY);
        double sun = Sun.height(city.at(), time);

        double front = local.of("front").wave(days / 1.7);
        double cloud = clamp(
                climate.cloud()
                        + climate.summerCloud() * season
                        + 0.27 * front
                        + 0.10 * local.of("cloud").wave(days * 5)
                        + (city.climate() == City.Climate.TROPICAL ? 0.08 * warmth : 0),
                0,
                1);
        double temperature = Units.tenth(mean(city, climate, season)
                + climate.fronts() * local.of("temperature").wave(days / 2.9)
                + climate.day() * (1 - 0.5 * cloud) * warmth);
        double rainOdds = cloud - 0.80 + 0.12 * local.of("rain").wave(days * 7);
        double water = rainOdds <= 0 ? 0 : climate.rain() * StrictMath.pow(rainOdds, 1.4) + 0.1;
        double precipitation = Units.tenth(water);
        double snow = temperature <= 0.8 ? Units.tenth(precipitation) : 0;
        int humidity = (int) StrictMath.rint(clamp(
                climate.humidity()
                        + 24 * (cloud - climate.cloud())
                        - climate.day() * 2.0 * warmth * (1 - 0.4 * cloud)
                        + (precipitation > 0 ? 8 : 0)
                        + 5 * local.of("humidity").wave(days / 1.3),
                8,
                100));
        double wind = Units.tenth(clamp(
                climate.wind() * StrictMath.exp(0.42 * local.of("wind").wave(days / 1.1)) * (1 + 0.22 * warmth),
                2,
                95));
        double visibility = visibility(precipitation, snow, humidity, wind);
        return new Sample(
                time,
                temperature,
                sun > -0.0145,
                condition(cloud, precipitation, snow, temperature, visibility, local, days),
                wind,
                degrees(local.of("direction"), days, front),
                Units.tenth(wind * (1.25 + 0.2 * clamp(local.of("gust").wave(days * 3), -1, 1.5))),
                pressure(city, front, local, days),
                precipitation,
                snow,
                humidity,
                (int) StrictMath.rint(cloud * 100),
                visibility,
                StrictMath.rint(clamp(12.5 * StrictMath.pow(clamp(sun, 0, 1), 1.3) * (1 - 0.6 * cloud), 1, 12)),
                temperature > 0.8 ? chance(rainOdds) : 0,
                temperature <= 0.8 ? chance(rainOdds) : 0);
    }

    /** 1 in the middle of summer, -1 in that of winter. */
    private static double season(City city, ZonedDateTime time) {
        double angle = 2 * StrictMath.PI * (time.getDayOfYear() - WARMEST_DAY) / 365.25;
        return StrictMath.cos(angle) * (city.at().latitude() < 0 ? -SOUTH : 1);
    }

    private static double mean(City city, ClimateFigures climate, double season) {
        double latitude = StrictMath.abs(city.at().latitude());
        double atSea = 28 - 0.0065 * latitude * latitude + climate.warmer();
        return atSea - 0.0055 * StrictMath.max(0, city.elevation()) + 0.28 * latitude * climate.seasons() * season;
    }

    private static double visibility(double precipitation, double snow, int humidity, double wind) {
        if (humidity >= 97 && wind < 8 && precipitation == 0) {
            return wind < 5 ? 0.5 : 2;
        }
        double less = snow > 0 ? 4 * snow : 1.2 * precipitation;
        return StrictMath.rint(clamp(10 - less, 1, 10));
    }

    /** A shower that is nearly sure leaves little doubt; a clear sky leaves none. */
    private static int chance(double rainOdds) {
        return (int) StrictMath.rint(clamp(100 / (1 + StrictMath.exp(-(rainOdds + 0.02) / 0.05)), 0, 98));
    }

    private static int degrees(Noise noise, double days, double front) {
        double prevailing = 360 * noise.uniform(Long.MAX_VALUE);
        double turned = prevailing + 45 * front + 50 * noise.wave(days / 2.3) + 3600;
        return (int) (turned % 360);
    }

    private static double pressure(City city, double front, Noise local, double days) {
        double swing = city.climate() == City.Climate.TROPICAL ? 2 : 7;
        double mean = city.climate() == City.Climate.TROPICAL ? 1010 : 1015;
        return StrictMath.rint(
                mean - swing * 0.7 * front + swing * 0.6 * local.of("pressure").wave(days / 3.1));
    }

    private static Condition condition(
            double cloud, double rain, double snow, double temperature, double visibility, Noise local, double days) {
        if (snow > 0) {
            return Condition.of(snow > 2 ? 1225 : snow > 0.8 ? 1219 : 1213);
        }
        if (rain > 0) {
            if (temperature < 2.5) {
                return Condition.of(1204);
            }
            if (rain > 1.2 && temperature > 16 && local.of("thunder").wave(days * 2) > 0.2) {
                return Condition.of(rain > 2.5 ? 1276 : 1273);
            }
            return Condition.of(rain > 4 ? 1195 : rain > 1.5 ? 1189 : rain > 0.7 ? 1240 : rain > 0.3 ? 1183 : 1153);
        }
        if (visibility <= 2) {
            return Condition.of(visibility < 1 ? 1135 : 1030);
        }
        return Condition.of(cloud > 0.85 ? 1009 : cloud > 0.6 ? 1006 : cloud > 0.25 ? 1003 : 1000);
    }

    private static double clamp(double value, double low, double high) {
        return StrictMath.min(high, StrictMath.max(low, value));
    }
}
