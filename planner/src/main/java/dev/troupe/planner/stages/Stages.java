package dev.troupe.planner.stages;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.planner.graph.Capability;
import dev.troupe.planner.graph.PlanReader;
import dev.troupe.planner.graph.Scope;
import dev.troupe.planner.graph.TaskGraph;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.graph.TaskState;
import dev.troupe.planner.graph.Typed;
import dev.troupe.planner.ladder.Decision.Kind;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Effect.Purpose;
import dev.troupe.planner.ladder.Happened;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The four stages in their order: plan, select, execute, respond. */
final class Stages {
    private final Course course;
    private final StagesPlan plan;
    private final Planning planning;
    private final Executing executing;

    Stages(Course course) {
        this.course = course;
        this.plan = course.plan();
        this.planning = new Planning(course);
        this.executing = new Executing(course);
    }

    /** Goes as far as the history reaches. */
    void run() {
        Scope scope = plan.scope().plausible();
        if (scope.capabilities().isEmpty()) {
            talk();
            return;
        }
        PlanReader.Reading reading = planning.first(scope);
        switch (reading) {
            case null -> {
                // Something has to be done first.
            }
            case PlanReader.Talk talk -> talk();
            case PlanReader.Refusal refusal -> refuse();
            case PlanReader.Invalid invalid -> invalid(invalid.problems());
            case PlanReader.Plan planned -> carryOut(scope, planned.graph());
        }
    }

    private void talk() {
        Course.Said said = course.ask(
                StagesPlan.RESPOND,
                Purpose.SOLVE,
                PlanPrompts.talk(plan, course.question()),
                Kind.START_RUNG,
                "no task is needed");
        if (said == null) {
            return;
        }
        Happened.ModelFailed failure = said.failed();
        if (failure != null) {
            course.tallies().says(StagesPlan.RESPOND, "failed: " + failure.message());
            failed(failure.code(), failure.message());
        } else if (said.text().isBlank()) {
            course.tallies().says(StagesPlan.RESPOND, "wrote nothing");
            course.end(new Outcome.Unsolved("the model wrote nothing", null, null));
        } else {
            course.tallies().says(StagesPlan.RESPOND, "the model answered by itself");
            course.solve(StagesPlan.RESPOND, said.text().strip(), null, null);
        }
    }

    private void refuse() {
        String names = plan.capabilities().stream().map(Capability::name).collect(Collectors.joining(", "));
        course.tallies().says(StagesPlan.PLAN, "no task can do it");
        course.solve(
                StagesPlan.PLAN,
                "This cannot be done here: it needs something that none of the team's tasks does. It has " + names
                        + ".",
                null,
                null);
    }

    private void invalid(List<String> problems) {
        String first = problems.getFirst();
        course.end(new Outcome.Unsolved(
                "plan: " + first + (problems.size() > 1 ? ", and " + (problems.size() - 1) + " more" : ""),
                null,
                null));
    }

    private void failed(ErrorCode code, String message) {
        course.end(
                switch (code) {
                    case BUDGET_EXHAUSTED, TIMEOUT -> new Outcome.Unsolved(message, code, null);
                    default -> new Outcome.Failed(code, message);
                });
    }

    private void carryOut(Scope scope, TaskGraph graph) {
        List<TaskResult> results = executing.run(graph, List.of(), Set.of());
        if (results == null) {
            return;
        }
        course.results(results);
        TaskGraph again = mendable(results) ? replanned(scope, graph, results) : null;
        if (course.isDecided()) {
            return;
        }
        if (again == null) {
            new Responding(course).respond(graph, results, results, planning.replayed());
            return;
        }
        List<TaskResult> done = results.stream().filter(TaskResult::isDone).toList();
        List<TaskResult> more = executing.run(again, done, tried(results));
        if (more == null) {
            return;
        }
        List<TaskResult> all = new ArrayList<>(results);
        all.addAll(more);
        course.results(all);
        boolean mended = more.stream().allMatch(TaskResult::isDone);
        List<TaskResult> counting = new ArrayList<>(mended ? done : results);
        counting.addAll(more);
        // A plan that had to be mended is no example for others.
        new Responding(course).respond(null, counting, all, null);
    }

    /** Whether another plan could do better. */
    private boolean mendable(List<TaskResult> results) {
        return results.stream().anyMatch(result -> result.state() == TaskState.FAILED)
                && results.stream()
                        .noneMatch(result -> result.state() == TaskState.CANCELLED
                                || result.code() == ErrorCode.BUDGET_EXHAUSTED
                                || result.code() == ErrorCode.STORAGE)
                && course.canAsk();
    }

    private static Set<String> tried(List<TaskResult> results) {
        Set<String> tried = new HashSet<>();
        results.stream()
                .filter(result -> result.state() == TaskState.FAILED)
                .forEach(result -> tried.addAll(result.tried()));
        return tried;
    }

    /** A plan for what is missing; null where there is none, or where it has to be asked for first. */
    private @Nullable TaskGraph replanned(Scope scope, TaskGraph graph, List<TaskResult> results) {
        Map<String, Typed> known = new LinkedHashMap<>();
        results.stream()
                .filter(TaskResult::isDone)
                .forEach(result -> known.put(result.task().id(), result.task().result()));
        Set<String> tried = tried(results);
        List<Capability> open = scope.capabilities().stream()
                .filter(capability -> plan.candidates().stream()
                        .anyMatch(candidate -> candidate.does(capability) && !tried.contains(candidate.name())))
                .toList();
        // Ids of tasks that failed are taken too, so that the new ones cannot be mistaken for them.
        Scope rest = new Scope(open, scope.resources(), known).plausible().after(graph.highest());
        return rest.capabilities().isEmpty() ? null : planning.again(rest, graph, results);
    }
}
