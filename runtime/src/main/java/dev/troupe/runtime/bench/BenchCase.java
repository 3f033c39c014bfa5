package dev.troupe.runtime.bench;

/**
 * A question whose right answer is known.
 *
 * @param id unique in its file
 * @param template the pattern that the question shares with others
 * @param skill what kind of work it is
 */
public record BenchCase(String id, String template, String skill, Split split, String question, Check check) {
    /** Which half a question belongs to. All questions of a template belong to the same. */
    public enum Split {
        LEARN,
        TEST
    }
}
