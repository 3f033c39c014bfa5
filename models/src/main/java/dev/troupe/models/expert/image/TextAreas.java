package dev.troupe.models.expert.image;

import dev.troupe.models.task.Span;
import dev.troupe.models.task.Span.Area;
import dev.troupe.models.task.Span.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.locationtech.jts.algorithm.MinimumAreaRectangle;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/**
 * Areas with text out of a detector's map of probabilities, by differentiable binarization (Liao et al., arXiv 1911.08947,
 * section 3.5): parts that hang together, their smallest rectangles, grown by what training shrank them.
 */
final class TextAreas {
    private static final float THRESHOLD = 0.3f;
    private static final double SCORE = 0.5;
    private static final double UNCLIP = 1.6;
    private static final double SHORTEST_SIDE = 3;
    /** Boxes whose tops differ by less stand in one row. */
    static final double ROW = 10;

    private static final int MOST = 1000;
    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    private final float[] map;
    private final int width;
    private final int height;

    TextAreas(float[] map, int width, int height) {
        this.map = map;
        this.width = width;
        this.height = height;
    }

    /** In reading order, in the pixels of a picture of that size. */
    List<Area> find(int pictureWidth, int pictureHeight) {
        List<Area> areas = new ArrayList<>();
        for (List<Coordinate> part : parts()) {
            Coordinate[] corners = smallestRectangle(part);
            if (corners.length == 4 && shortestSide(corners) >= SHORTEST_SIDE && score(corners) >= SCORE) {
                Coordinate[] grown = grow(corners);
                if (shortestSide(grown) >= SHORTEST_SIDE + 2) {
                    Area area = scale(grown, pictureWidth, pictureHeight);
                    if (Math.floor(length(area.topLeft(), area.topRight())) > SHORTEST_SIDE
                            && Math.floor(length(area.topLeft(), area.bottomLeft())) > SHORTEST_SIDE) {
                        areas.add(area);
                    }
                }
            }
        }
        return inReadingOrder(areas);
    }

    /** Pixels above the threshold that touch, each spread to the right and down by one. */
    private List<List<Coordinate>> parts() {
        boolean[] mask = new boolean[map.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                mask[y * width + x] = above(x, y) || above(x - 1, y) || above(x, y - 1) || above(x - 1, y - 1);
            }
        }
        List<List<Coordinate>> parts = new ArrayList<>();
        int[] stack = new int[map.length];
        for (int start = 0; start < mask.length && parts.size() < MOST; start++) {
            if (mask[start]) {
                parts.add(take(mask, start, stack));
            }
        }
        return parts;
    }

    private boolean above(int x, int y) {
        return x >= 0 && y >= 0 && map[y * width + x] > THRESHOLD;
    }

    private List<Coordinate> take(boolean[] mask, int start, int[] stack) {
        List<Coordinate> part = new ArrayList<>();
        int depth = 0;
        stack[depth++] = start;
        mask[start] = false;
        while (depth > 0) {
            int at = stack[--depth];
            int x = at % width;
            int y = at / width;
            part.add(new Coordinate(x, y));
            for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
                    if (mask[ny * width + nx]) {
                        mask[ny * width + nx] = false;
                        stack[depth++] = ny * width + nx;
                    }
                }
            }
        }
        return part;
    }

    /** Its four corners in turn; fewer where all points lie on a line. */
    private static Coordinate[] smallestRectangle(List<Coordinate> points) {
        Geometry rectangle = MinimumAreaRectangle.getMinimumRectangle(
                GEOMETRY.createMultiPointFromCoords(points.toArray(Coordinate[]::new)));
        return rectangle instanceof Polygon polygon ? Arrays.copyOf(polygon.getCoordinates(), 4) : new Coordinate[0];
    }

    private static double shortestSide(Coordinate[] corners) {
        return Math.min(corners[0].distance(corners[1]), corners[1].distance(corners[2]));
    }

    /** The mean probability inside. */
    private double score(Coordinate[] corners) {
        double sum = 0;
        int count = 0;
        int left = (int) Math.max(
                0, Arrays.stream(corners).mapToDouble(Coordinate::getX).min().orElse(0));
        int right = (int) Math.min(
                width - 1.0,
                Math.ceil(Arrays.stream(corners)
                        .mapToDouble(Coordinate::getX)
                        .max()
                        .orElse(0)));
        int top = (int) Math.max(
                0, Arrays.stream(corners).mapToDouble(Coordinate::getY).min().orElse(0));
        int bottom = (int) Math.min(
                height - 1.0,
                Math.ceil(Arrays.stream(corners)
                        .mapToDouble(Coordinate::getY)
                        .max()
                        .orElse(0)));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                if (isInside(corners, x, y)) {
                    sum += map[y * width + x];
                    count++;
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static boolean isInside(Coordinate[] corners, double x, double y) {
        boolean left = false;
        boolean right = false;
        for (int i = 0; i < 4; i++) {
            Coordinate from = corners[i];
            Coordinate to = corners[(i + 1) % 4];
            double cross = (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);
            left |= cross > 1e-9;
            right |= cross < -1e-9;
        }
        return !(left && right);
    }

    /** Each side moved outwards by area times {@link #UNCLIP} over circumference. */
    private static Coordinate[] grow(Coordinate[] corners) {
        double a = corners[0].distance(corners[1]);
        double b = corners[1].distance(corners[2]);
        double distance = a * b * UNCLIP / (2 * (a + b));
        Coordinate[] grown = new Coordinate[4];
        for (int i = 0; i < 4; i++) {
            Coordinate own = corners[i];
            Coordinate before = corners[(i + 3) % 4];
            Coordinate after = corners[(i + 1) % 4];
            double toBefore = distance / own.distance(before);
            double toAfter = distance / own.distance(after);
            grown[i] = new Coordinate(
                    own.x + (own.x - before.x) * toBefore + (own.x - after.x) * toAfter,
                    own.y + (own.y - before.y) * toBefore + (own.y - after.y) * toAfter);
        }
        return grown;
    }

    private Area scale(Coordinate[] corners, int pictureWidth, int pictureHeight) {
        Point[] points = Arrays.stream(corners)
                .map(corner -> new Point(
                        Math.clamp(Math.rint(corner.x / width * pictureWidth), 0, pictureWidth - 1.0),
                        Math.clamp(Math.rint(corner.y / height * pictureHeight), 0, pictureHeight - 1.0)))
                .sorted(Comparator.comparingDouble(Point::x))
                .toArray(Point[]::new);
        boolean leftInOrder = points[0].y() <= points[1].y();
        boolean rightInOrder = points[2].y() <= points[3].y();
        return new Area(
                points[leftInOrder ? 0 : 1],
                points[rightInOrder ? 2 : 3],
                points[rightInOrder ? 3 : 2],
                points[leftInOrder ? 1 : 0]);
    }

    /** From top to bottom, and from left to right within a row. */
    private static List<Area> inReadingOrder(List<Area> areas) {
        List<Area> sorted = new ArrayList<>(areas);
        sorted.sort(Comparator.<Area>comparingDouble(area -> area.topLeft().y())
                .thenComparingDouble(area -> area.topLeft().x()));
        for (int i = 1; i < sorted.size(); i++) {
            for (int j = i; j > 0 && isLeftInRow(sorted.get(j), sorted.get(j - 1)); j--) {
                Area moved = sorted.get(j);
                sorted.set(j, sorted.get(j - 1));
                sorted.set(j - 1, moved);
            }
        }
        return sorted;
    }

    private static boolean isLeftInRow(Area one, Area other) {
        return Math.abs(one.topLeft().y() - other.topLeft().y()) < ROW
                && one.topLeft().x() < other.topLeft().x();
    }

    static double length(Point from, Point to) {
        return Math.hypot(from.x() - to.x(), from.y() - to.y());
    }

    /** The same area for text that stands on its head. */
    static Area upsideDown(Span.Area area) {
        return new Area(
                /* topLeft= */ area.bottomRight(),
                /* topRight= */ area.bottomLeft(),
                /* bottomRight= */ area.topLeft(),
                /* bottomLeft= */ area.topRight());
    }
}
