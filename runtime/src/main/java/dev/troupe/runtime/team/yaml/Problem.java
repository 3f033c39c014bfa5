package dev.troupe.runtime.team.yaml;

import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with a file.
 *
 * @param line from 1; 0 when it is about the file as a whole
 * @param column from 1, in characters; 0 when it is about the file as a whole
 * @param path of the value: {@code agents.analyst.ladder[1].model}; empty for the whole file
 * @param message the offending value as the file has it, or what is wrong; never a value that the environment gave
 * @param expected what would be right
 * @param suggestion what was probably meant
 */
public record Problem(
        int line,
        int column,
        String path,
        String message,
        @Nullable String expected,
        @Nullable String suggestion) implements Comparable<Problem> {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::text);

    /** The problem without its place: {@code path: message (did you mean x? expected: y)}. */
    public String text() {
        String remarks = Stream.of(
                        suggestion == null ? null : "did you mean " + suggestion + "?",
                        expected == null ? null : "expected: " + expected)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return (path.isEmpty() ? "" : path + ": ") + message + (remarks.isEmpty() ? "" : " (" + remarks + ")");
    }

    @Override
    public int compareTo(Problem other) {
        return BY_PLACE.compare(this, other);
    }
}
