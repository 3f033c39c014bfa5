package dev.troupe.runtime.bench;

import org.jspecify.annotations.Nullable;

/**
 * A question whose right answer is known.
 *
 * @param id unique in its file
 * @param template the pattern that the question shares with others
 * @param skill what kind of work it is
 * @param slice the part of its file that it is asked with, or null
 */
public record BenchCase(
        String id,
        String template,
        String skill,
        Split split,
        String question,
        Check check,
        @Nullable String slice) {
    /** A case of no slice. */
    public BenchCase(String id, String template, String skill, Split split, String question, Check check) {
        this(id, template, skill, split, question, check, null);
    }

    /** Which half a question belongs to. All questions of a template belong to the same. */
    public enum Split {
        LEARN,
        TEST
    }
}
