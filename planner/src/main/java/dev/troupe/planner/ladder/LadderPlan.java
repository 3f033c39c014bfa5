package dev.troupe.planner.ladder;

import dev.troupe.models.chat.ChatRequest.Sampling;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An assistant as the planner sees it: what it is told and the ways it may try, cheapest first.
 *
 * @param instructions what the assistant is for
 * @param languages languages of code blocks that can be executed
 * @param prelude code that runs before every program in the first of the languages, or empty
 * @param fileSummaries what is known of each granted file
 * @param rungs at least one
 * @param demonstrations how many solved questions are shown and how alike they must be
 * @param verifier who decides whether an answer counts
 * @param carryOver whether a rung is told how the ones before it failed
 */
public record LadderPlan(
        String instructions,
        List<String> languages,
        String prelude,
        List<FileSummary> fileSummaries,
        List<Rung> rungs,
        Demonstrations demonstrations,
        Verifier verifier,
        boolean carryOver) {
    public LadderPlan {
        languages = List.copyOf(languages);
        fileSummaries = List.copyOf(fileSummaries);
        rungs = List.copyOf(rungs);
        if (rungs.stream().allMatch(rung -> rung.demonstratedOnly() || rung.isReplay())) {
            throw new IllegalArgumentException("rungs: none that always tries (expected: at least one)");
        }
    }

    /** Everything that is known of the data: every rung's documentation, without headings, and the files' descriptions. */
    String knowledge() {
        return Stream.concat(
                        rungs.stream().map(Rung::docs).filter(Objects::nonNull).map(Docs::whole),
                        fileSummaries.stream().map(FileSummary::description))
                .distinct()
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    /**
     * A way of trying.
     *
     * @param model name in the team file; empty for the rung that replays
     * @param turns the most model calls it may make, at least 1
     * @param docs what is put into its prompt, or null
     * @param describeFiles whether its prompt describes the granted files (columns, types, first rows) or only names them
     * @param demonstrated null when it always tries. Otherwise it tries only where a solved question is shown whose answer
     *     somebody vouches for and which is at least so much like the new one (cosine, 0 to 1): a short prompt that has
     *     nothing else to go on is then not tried in vain
     */
    public record Rung(
            String name,
            String model,
            Sampling sampling,
            int turns,
            @Nullable Docs docs,
            boolean describeFiles,
            @Nullable Double demonstrated) {
        public Rung {
            if (turns < 1) {
                throw new IllegalArgumentException("rung " + name + ": turns: " + turns + " (expected: 1 or more)");
            }
        }

        /** The rung that asks no model: a solved question's program is run with other values. */
        public static Rung replay(String name) {
            return new Rung(name, "", Sampling.DEFAULT, 1, null, false, null);
        }

        public boolean isReplay() {
            return model.isEmpty();
        }

        boolean demonstratedOnly() {
            return demonstrated != null;
        }
    }

    /**
     * What solved questions are shown.
     *
     * @param show at most this many, 0 for none
     * @param similarity the least cosine, 0 to 1
     */
    public record Demonstrations(int show, double similarity) {}

    /**
     * A file that programs may read.
     *
     * @param path as a program opens it
     * @param description its kind, columns, types and first rows, a few lines
     */
    public record FileSummary(String path, String description) {}

    /** Who decides whether an answer counts. */
    public sealed interface Verifier {
        /** Nobody: an answer with exit code 0 ends the ladder, unverified. */
        record None() implements Verifier {}

        /** A person, later: until then as {@link None}. */
        record Person() implements Verifier {}

        /** A person who is asked at once and waited for: a no lets the next rung try, without a second turn. */
        record Asked() implements Verifier {}

        /** The last program's output must match. */
        record Rule(String outputPattern) implements Verifier {}

        /** A model reads question, code, output and answer, and says yes or no. */
        record Judge(String model) implements Verifier {}
    }
}
