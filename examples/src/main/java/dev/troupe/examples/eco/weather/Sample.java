package dev.troupe.examples.eco.weather;

import java.time.ZonedDateTime;

/**
 * The weather at a moment, metric, rounded as it is told.
 *
 * @param day whether the sun is up
 * @param cloud percent
 * @param humidity percent
 * @param precipitation millimetres of water in this hour, as rain or snow
 * @param snow centimetres in this hour
 * @param chanceOfRain percent, and likewise of snow
 * @param visibility kilometres
 */
record Sample(
        ZonedDateTime time,
        double temperature,
        boolean day,
        Condition condition,
        double wind,
        int windDegrees,
        double gust,
        double pressure,
        double precipitation,
        double snow,
        int humidity,
        int cloud,
        double visibility,
        double uv,
        int chanceOfRain,
        int chanceOfSnow) {
    private static final String[] WINDS = {
        "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"
    };

    boolean rains() {
        return precipitation >= 0.1 && snow == 0;
    }

    boolean snows() {
        return snow > 0;
    }

    String windDirection() {
        return WINDS[(int) StrictMath.floor((windDegrees + 11.25) / 22.5) % 16];
    }

    /** What the wind makes of the cold (Environment Canada and the US National Weather Service, 2001). */
    double windChill() {
        if (temperature > 10 || wind < 4.8) {
            return temperature;
        }
        double power = StrictMath.pow(wind, 0.16);
        return Units.tenth(13.12 + 0.6215 * temperature - 11.37 * power + 0.3965 * temperature * power);
    }

    /** What the humidity makes of the heat: Steadman's simple regression, as the US National Weather Service has it. */
    double heatIndex() {
        double fahrenheit = temperature * 1.8 + 32;
        if (fahrenheit < 70) {
            return temperature;
        }
        double index = 0.5 * (fahrenheit + 61 + (fahrenheit - 68) * 1.2 + humidity * 0.094);
        return Units.tenth(((fahrenheit + index) / 2 - 32) / 1.8);
    }

    double feelsLike() {
        return temperature <= 10 ? windChill() : heatIndex();
    }

    /** Magnus formula. */
    double dewPoint() {
        double gamma =
                StrictMath.log(StrictMath.max(1, humidity) / 100.0) + 17.62 * temperature / (243.12 + temperature);
        return Units.tenth(243.12 * gamma / (17.62 - gamma));
    }
}
