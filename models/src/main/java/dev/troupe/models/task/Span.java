package dev.troupe.models.task;

/**
 * A part of what was given, and what it was found to be.
 *
 * @param label what kind it is: {@code speech}, {@code PER}; empty where there is only one kind
 * @param text what is written or said there; empty where nothing is
 * @param score 0 to 1
 */
public record Span(String label, String text, double score, Extent extent) {
    /** Where it is. */
    public sealed interface Extent {}

    /** Characters of a text, from {@code start} up to but without {@code end}. */
    public record Characters(int start, int end) implements Extent {}

    /** A stretch of time, in seconds from the beginning. */
    public record Seconds(double start, double end) implements Extent {}

    /** An area of a picture, in its pixels: the corners, clockwise from the top left as the text or the thing stands. */
    public record Area(Point topLeft, Point topRight, Point bottomRight, Point bottomLeft) implements Extent {}

    /** A point of a picture, in pixels from its top left corner. */
    public record Point(double x, double y) {}
}
