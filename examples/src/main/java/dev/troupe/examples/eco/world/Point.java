package dev.troupe.examples.eco.world;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place on Earth, in degrees; north and east are positive. */
public record Point(double latitude, double longitude) {
    private static final double EARTH_METRES = 6_371_000;
    private static final double METRES_A_DEGREE = 111_195;
    private static final Pattern WRITTEN =
            Pattern.compile("\\s*([-+]?\\d{1,2}(?:\\.\\d+)?)\\s*,\\s*([-+]?\\d{1,3}(?:\\.\\d+)?)\\s*");

    /** Reads {@code 48.85,2.29}; empty for anything else and for degrees that do not exist. */
    public static Optional<Point> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Point point = new Point(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)));
        boolean real = StrictMath.abs(point.latitude) <= 90 && StrictMath.abs(point.longitude) <= 180;
        return real ? Optional.of(point) : Optional.empty();
    }

    /** Along the surface (haversine formula). */
    public double metresTo(Point other) {
        double a = StrictMath.toRadians(latitude);
        double b = StrictMath.toRadians(other.latitude);
        double north = StrictMath.sin((b - a) / 2);
        double east = StrictMath.sin(StrictMath.toRadians(other.longitude - longitude) / 2);
        double chord = north * north + StrictMath.cos(a) * StrictMath.cos(b) * east * east;
        return 2 * EARTH_METRES * StrictMath.asin(StrictMath.sqrt(chord));
    }

    /** So many metres to the north and to the east, in seven decimals. */
    public Point moved(double north, double east) {
        double scale = StrictMath.max(0.01, StrictMath.cos(StrictMath.toRadians(latitude)));
        return new Point(
                rounded(latitude + north / METRES_A_DEGREE), rounded(longitude + east / (METRES_A_DEGREE * scale)));
    }

    private static double rounded(double degrees) {
        return StrictMath.rint(degrees * 1e7) / 1e7;
    }
}
