package dev.troupe.models.task;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A typed value: an argument of a task or its result. Immutable; arrays are not to be written to. */
public sealed interface Value {
    ValueType type();

    /** For a person, at most some lines. */
    String brief();

    /**
     * A text.
     *
     * @param parts where its parts were found, when it was read from a picture or a sound; else empty
     */
    record Text(String text, List<Span> parts) implements Value {
        public Text {
            parts = List.copyOf(parts);
        }

        public Text(String text) {
            this(text, List.of());
        }

        @Override
        public ValueType type() {
            return ValueType.TEXT;
        }

        @Override
        public String brief() {
            return text;
        }
    }

    /**
     * A picture, decoded.
     *
     * @param name of its file, for messages
     * @param pixels {@code 0xRRGGBB}, row by row from the top
     */
    @SuppressWarnings("ArrayRecordComponent") // copies would cost as much as the work
    record Image(String name, int width, int height, int[] pixels) implements Value {
        public Image {
            if (width < 1 || height < 1 || pixels.length != width * height) {
                throw new IllegalArgumentException("image: %d x %d with %d pixels (expected: width times height)"
                        .formatted(width, height, pixels.length));
            }
        }

        @Override
        public ValueType type() {
            return ValueType.IMAGE;
        }

        @Override
        public String brief() {
            return "%s, %d x %d pixels".formatted(name, width, height);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Image image
                    && width == image.width
                    && height == image.height
                    && Arrays.equals(pixels, image.pixels);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(pixels);
        }

        @Override
        public String toString() {
            return brief();
        }
    }

    /**
     * A sound, decoded, in one channel.
     *
     * @param name of its file, for messages
     * @param rate samples a second
     * @param samples -1 to 1
     */
    @SuppressWarnings("ArrayRecordComponent") // copies would cost as much as the work
    record Audio(String name, int rate, float[] samples) implements Value {
        /** How long it is. */
        public double seconds() {
            return samples.length / (double) rate;
        }

        @Override
        public ValueType type() {
            return ValueType.AUDIO;
        }

        @Override
        public String brief() {
            return "%s, %.1f s".formatted(name, seconds());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Audio audio && rate == audio.rate && Arrays.equals(samples, audio.samples);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(samples);
        }

        @Override
        public String toString() {
            return brief();
        }
    }

    /** Rows of cells under named columns; each row has as many cells as there are columns. */
    record Table(List<String> columns, List<List<String>> rows) implements Value {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException(
                            "row: %d cells (expected: %d)".formatted(row.size(), columns.size()));
                }
            }
        }

        @Override
        public ValueType type() {
            return ValueType.TABLE;
        }

        @Override
        public String brief() {
            return "%d rows of %s".formatted(rows.size(), String.join(", ", columns));
        }
    }

    /** Names with scores, best first. */
    record Labels(List<Score> scores) implements Value {
        public Labels {
            scores = scores.stream()
                    .sorted(Comparator.comparingDouble(Score::score).reversed())
                    .toList();
        }

        /** A name with its score; what range the score has is the task's affair. */
        public record Score(String label, double score) {}

        /** From names and scores in any order. */
        public static Labels of(Map<String, Double> scores) {
            return new Labels(scores.entrySet().stream()
                    .map(entry -> new Score(entry.getKey(), entry.getValue()))
                    .toList());
        }

        @Override
        public ValueType type() {
            return ValueType.LABELS;
        }

        @Override
        public String brief() {
            return scores.stream()
                    .map(score -> "%.4f  %s".formatted(score.score(), score.label()))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** Parts that were found, in the order in which they stand. */
    record Spans(List<Span> spans) implements Value {
        public Spans {
            spans = List.copyOf(spans);
        }

        @Override
        public ValueType type() {
            return ValueType.SPANS;
        }

        @Override
        public String brief() {
            return spans.stream().map(Spans::line).collect(Collectors.joining("\n"));
        }

        private static String line(Span span) {
            String where = switch (span.extent()) {
                case Span.Characters at -> "%d to %d".formatted(at.start(), at.end());
                case Span.Seconds at -> "%.2f s to %.2f s".formatted(at.start(), at.end());
                case Span.Area at ->
                    "(%.0f, %.0f) to (%.0f, %.0f)"
                            .formatted(
                                    at.topLeft().x(),
                                    at.topLeft().y(),
                                    at.bottomRight().x(),
                                    at.bottomRight().y());
            };
            return "%.4f  %s  %s %s"
                    .formatted(span.score(), where, span.label(), span.text())
                    .stripTrailing();
        }
    }

    /** A point in a model's space. */
    @SuppressWarnings("ArrayRecordComponent") // copies would cost as much as the work
    record Vector(float[] values) implements Value {
        @Override
        public ValueType type() {
            return ValueType.VECTOR;
        }

        @Override
        public String brief() {
            String first = values.length == 0 ? "" : ", beginning with %.4f".formatted(values[0]);
            return values.length + " dimensions" + first;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Vector vector && Arrays.equals(values, vector.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return brief();
        }
    }
}
