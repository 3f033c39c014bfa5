package dev.troupe.examples.eco.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A text file on the class path with a record a line; lines that begin with {@code #} are comments. */
public final class Table {
    private Table() {}

    /** The lines of a file beside a class, without comments and empty ones. */
    public static List<String> lines(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": not on the class path (expected: beside " + beside + ")");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fields of a line, without spaces around them, at least so many. */
    public static List<String> fields(String line, int atLeast) {
        List<String> fields = java.util.Arrays.stream(line.split("\\|", -1))
                .map(String::strip)
                .toList();
        if (fields.size() < atLeast) {
            throw new IllegalStateException("line: " + line + " (expected: " + atLeast + " fields)");
        }
        return fields;
    }

    /** What semicolons separate; empty for an empty text. */
    public static List<String> several(String field) {
        return field.isEmpty() ? List.of() : List.of(field.split(";"));
    }
}
