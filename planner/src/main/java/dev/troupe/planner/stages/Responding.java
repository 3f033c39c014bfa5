package dev.troupe.planner.stages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.planner.graph.Findings;
import dev.troupe.planner.graph.TaskGraph;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.graph.TaskState;
import dev.troupe.planner.ladder.Decision.Kind;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Effect.Purpose;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last stage: an answer from the results. Where one task's result is the answer, no model is asked. What was not done is
 * told by rule, so that no model can hide it.
 */
final class Responding {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Course course;

    Responding(Course course) {
        this.course = course;
    }

    /**
     * Ends the task.
     *
     * @param learned the plan, where it may be shown to others
     * @param counting the results that the answer is made of
     * @param all these and those that were replaced
     * @param replayed the demonstration whose plan it was, or null
     */
    void respond(
            @Nullable TaskGraph learned, List<TaskResult> counting, List<TaskResult> all, @Nullable String replayed) {
        List<TaskResult> last = last(counting);
        if (last.stream().noneMatch(TaskResult::isDone)) {
            nothing(counting, all);
            return;
        }
        String failures = Findings.failures(counting);
        Optional<String> itself = failures.isEmpty() ? Findings.answer(last) : Optional.empty();
        if (itself.isPresent()) {
            course.tallies()
                    .says(
                            StagesPlan.RESPOND,
                            "the result of " + last.getFirst().task().id() + " is the answer");
            course.solve(StagesPlan.RESPOND, itself.get(), learned, replayed);
            return;
        }
        String written = written(counting, last);
        if (written != null) {
            String whole = failures.isEmpty() ? written : written + "\n" + failures;
            course.solve(StagesPlan.RESPOND, whole.strip(), failures.isEmpty() ? learned : null, replayed);
        }
    }

    /** The results that no other task has taken. */
    private static List<TaskResult> last(List<TaskResult> results) {
        Set<String> taken = new HashSet<>();
        results.forEach(result -> taken.addAll(result.task().after()));
        return results.stream()
                .filter(result -> !taken.contains(result.task().id()))
                .toList();
    }

    private void nothing(List<TaskResult> counting, List<TaskResult> all) {
        TaskResult first = all.stream()
                .filter(result -> result.state() == TaskState.FAILED || result.state() == TaskState.CANCELLED)
                .findFirst()
                .orElse(all.getFirst());
        ErrorCode code = first.code();
        String why = first.task().id() + " " + first.task().capability().name() + ": " + first.why();
        String done = Findings.plain(counting);
        if (code == ErrorCode.INPUT_INVALID || code == ErrorCode.NOT_FOUND || code == ErrorCode.CANCELLED) {
            course.end(new Outcome.Failed(code, why));
        } else {
            boolean ranOut = code == ErrorCode.TIMEOUT || code == ErrorCode.BUDGET_EXHAUSTED;
            course.end(new Outcome.Unsolved(why, ranOut ? code : null, done.isEmpty() ? null : done));
        }
    }

    /** What the model makes of the results, or they themselves where it cannot; null where it has to be asked first. */
    private @Nullable String written(List<TaskResult> results, List<TaskResult> last) {
        if (!course.canAsk()) {
            course.tallies().says(StagesPlan.RESPOND, "the results as they are: nothing is left to ask a model");
            return Findings.plain(last);
        }
        Course.Said said = course.ask(
                StagesPlan.RESPOND,
                Purpose.RESPOND,
                PlanPrompts.answer(course.plan(), course.question(), results),
                Kind.START_RUNG,
                "an answer is written from the results");
        if (said == null) {
            return null;
        }
        String text = said.failed() == null ? statements(said.text()) : "";
        if (text.isBlank()) {
            String why = said.failed() == null
                    ? "wrote no answer"
                    : "failed: " + said.failed().message();
            course.tallies().says(StagesPlan.RESPOND, "the results as they are: the model " + why);
            return Findings.plain(last);
        }
        course.tallies().says(StagesPlan.RESPOND, "written from " + results.size() + " results");
        return text;
    }

    /** {@code The total is 23.40 EUR. [t2]}; empty where there are none. */
    private static String statements(String reply) {
        try {
            JsonNode root = JSON.readTree(reply);
            if (root == null) {
                return "";
            }
            return root.path("statements")
                    .valueStream()
                    .filter(statement -> !statement.path("text").asText("").isBlank())
                    .map(statement -> statement.path("text").asText().strip()
                            + statement
                                    .path("from")
                                    .valueStream()
                                    .map(JsonNode::asText)
                                    .distinct()
                                    .collect(Collectors.joining(", ", " [", "]")))
                    .collect(Collectors.joining("\n"));
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
