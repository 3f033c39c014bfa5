package dev.troupe.examples.eco.world;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Sun and moon. Sunrise and sunset follow the general solar position calculations of NOAA's Global Monitoring Division,
 * good to a minute or two; the moon's age counts synodic months from the new moon of 6 January 2000, and it rises about
 * 50 minutes later each day.
 */
public final class Sun {
    private static final double SYNODIC_DAYS = 29.530588853;
    /** 2000-01-06T18:14Z in days since 1970. */
    private static final double NEW_MOON_DAY = 10_962.7597;
    /** Of the sun's centre below or above the horizon at sunrise, with refraction. */
    private static final double HORIZON = StrictMath.cos(StrictMath.toRadians(90.833));

    private static final String[] PHASES = {
        "New Moon", "Waxing Crescent", "First Quarter", "Waxing Gibbous",
        "Full Moon", "Waning Gibbous", "Last Quarter", "Waning Crescent"
    };

    private Sun() {}

    /** When it is above the horizon. */
    public record Day(ZonedDateTime sunrise, ZonedDateTime sunset) {}

    /** Sunrise and sunset to the minute; empty where the sun stays up or down all day. */
    public static Optional<Day> day(Point at, LocalDate date, ZoneId zone) {
        double angle = 2 * StrictMath.PI / 365 * (date.getDayOfYear() - 1);
        double cosine = hourAngleCosine(at, declination(angle));
        if (StrictMath.abs(cosine) > 1) {
            return Optional.empty();
        }
        double half = StrictMath.toDegrees(StrictMath.acos(cosine)) * 4;
        double noon = 720 - 4 * at.longitude() - equationOfTime(angle);
        ZonedDateTime midnight = date.atStartOfDay(java.time.ZoneOffset.UTC);
        return Optional.of(new Day(
                midnight.plusMinutes(StrictMath.round(noon - half)).withZoneSameInstant(zone),
                midnight.plusMinutes(StrictMath.round(noon + half)).withZoneSameInstant(zone)));
    }

    /** The sine of the sun's height: 1 in the zenith, negative at night. */
    public static double height(Point at, ZonedDateTime when) {
        ZonedDateTime utc = when.withZoneSameInstant(java.time.ZoneOffset.UTC);
        double angle = 2 * StrictMath.PI / 365 * (utc.getDayOfYear() - 1);
        double minutes = utc.getHour() * 60 + utc.getMinute() + equationOfTime(angle) + 4 * at.longitude();
        double hour = StrictMath.toRadians(minutes / 4 - 180);
        double latitude = StrictMath.toRadians(at.latitude());
        double declination = declination(angle);
        return StrictMath.sin(latitude) * StrictMath.sin(declination)
                + StrictMath.cos(latitude) * StrictMath.cos(declination) * StrictMath.cos(hour);
    }

    /** Days since the last new moon, at noon UTC. */
    public static double moonAge(LocalDate date) {
        double days = date.toEpochDay() + 0.5 - NEW_MOON_DAY;
        return days - StrictMath.floor(days / SYNODIC_DAYS) * SYNODIC_DAYS;
    }

    /** The part of the moon that is lit, in percent. */
    public static int moonIllumination(LocalDate date) {
        double phase = 2 * StrictMath.PI * moonAge(date) / SYNODIC_DAYS;
        return (int) StrictMath.round(50 * (1 - StrictMath.cos(phase)));
    }

    /** The phase's name; the four that are moments last two days. */
    public static String moonPhase(LocalDate date) {
        double eighth = moonAge(date) / SYNODIC_DAYS * 8;
        int nearest = (int) StrictMath.round(eighth);
        boolean moment = nearest % 2 == 0 && StrictMath.abs(eighth - nearest) * SYNODIC_DAYS / 8 <= 1;
        int phase = moment ? nearest : 2 * (int) StrictMath.floor(eighth / 2) + 1;
        return PHASES[phase % 8];
    }

    /** How long after the sun the moon rises and sets, in minutes. */
    public static long moonDelay(LocalDate date) {
        return StrictMath.round(moonAge(date) / SYNODIC_DAYS * 24 * 60);
    }

    private static double hourAngleCosine(Point at, double declination) {
        double latitude = StrictMath.toRadians(at.latitude());
        return HORIZON / (StrictMath.cos(latitude) * StrictMath.cos(declination))
                - StrictMath.tan(latitude) * StrictMath.tan(declination);
    }

    private static double declination(double angle) {
        return 0.006918
                - 0.399912 * StrictMath.cos(angle)
                + 0.070257 * StrictMath.sin(angle)
                - 0.006758 * StrictMath.cos(2 * angle)
                + 0.000907 * StrictMath.sin(2 * angle)
                - 0.002697 * StrictMath.cos(3 * angle)
                + 0.00148 * StrictMath.sin(3 * angle);
    }

    /** In minutes. */
    private static double equationOfTime(double angle) {
        return 229.18
                * (0.000075
                        + 0.001868 * StrictMath.cos(angle)
                        - 0.032077 * StrictMath.sin(angle)
                        - 0.014615 * StrictMath.cos(2 * angle)
                        - 0.040849 * StrictMath.sin(2 * angle));
    }
}
