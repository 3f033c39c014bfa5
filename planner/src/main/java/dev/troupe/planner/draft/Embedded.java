package dev.troupe.planner.draft;

import java.util.Arrays;
import java.util.Objects;

/**
 * A text with its vector.
 *
 * @param vector of length 1 (L2), from the same weights for all texts that are compared; empty where there is none, and
 *     then words alone decide
 */
@SuppressWarnings("ArrayRecordComponent") // copied, and compared by content
public record Embedded(String text, float[] vector) {
    private static final float[] NONE = {};

    public Embedded {
        vector = vector.clone();
    }

    public static Embedded words(String text) {
        return new Embedded(text, NONE);
    }

    @Override
    public float[] vector() {
        return vector.clone();
    }

    /** The vector itself, for loops that read it often. */
    float[] shared() {
        return vector;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedded that && text.equals(that.text) && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, Arrays.hashCode(vector));
    }

    /** Without the text: requests are prompts, and prompts belong into no log. */
    @Override
    public String toString() {
        return "Embedded[" + text.length() + " characters, " + vector.length + " dimensions]";
    }
}
