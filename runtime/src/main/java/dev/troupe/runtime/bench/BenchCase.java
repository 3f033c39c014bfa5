package dev.troupe.runtime.bench;

import dev.troupe.knowledge.journal.PlanStep;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question whose right answer is known.
 *
 * @param id unique in its file
 * @param template the pattern that the question shares with others
 * @param skill what kind of work it is
 * @param slice the part of its file that it is asked with, or null
 * @param files that it is asked with, for agents that take files
 * @param plans right plans, each as the types of its tasks in any order; empty where any will do, and where the one that
 *     is right has no tasks, a list without any
 */
public record BenchCase(
        String id,
        String template,
        String skill,
        Split split,
        String question,
        Check check,
        @Nullable String slice,
        List<Path> files,
        List<List<String>> plans) {
    public BenchCase {
        files = List.copyOf(files);
        plans = plans.stream().map(List::copyOf).toList();
    }

    /** A case of no slice. */
    public BenchCase(String id, String template, String skill, Split split, String question, Check check) {
        this(id, template, skill, split, question, check, null, List.of(), List.of());
    }

    /** Whether the tasks that were planned are the right ones; null where the case does not say which are. */
    @Nullable
    Boolean isRightPlan(List<PlanStep> plan) {
        if (plans.isEmpty()) {
            return null;
        }
        List<String> planned = plan.stream().map(PlanStep::task).sorted().toList();
        return plans.stream().anyMatch(right -> right.stream().sorted().toList().equals(planned));
    }

    /** Which half a question belongs to. All questions of a template belong to the same. */
    public enum Split {
        LEARN,
        TEST
    }
}
