package dev.troupe.planner.stages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.graph.GraphRequest;
import dev.troupe.planner.graph.PlannedTask;
import dev.troupe.planner.graph.Selection;
import dev.troupe.planner.graph.Standing;
import dev.troupe.planner.graph.TaskGraph;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.graph.TaskState;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.Decision.Kind;
import dev.troupe.planner.ladder.Effect;
import dev.troupe.planner.ladder.Effect.Purpose;
import dev.troupe.planner.ladder.Happened;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The second and the third stage: who does each task, and doing them. */
final class Executing {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Course course;
    private final StagesPlan plan;

    Executing(Course course) {
        this.course = course;
        this.plan = course.plan();
    }

    /**
     * What became of each task of the graph; null where something has to be done first.
     *
     * @param known results from before
     * @param tried names of those who failed before
     */
    @Nullable
    List<TaskResult> run(TaskGraph graph, List<TaskResult> known, Set<String> tried) {
        Happened.Surveyed surveyed = course.take(
                StagesPlan.SELECT,
                Happened.Surveyed.class,
                new Effect.Survey(concerned(graph)),
                Kind.SEARCH,
                "looks how those who could do it stand");
        if (surveyed == null) {
            return null;
        }
        Map<String, Selection> selections = select(graph, surveyed.standings(), tried);
        Map<String, List<Candidate>> ranked = ranked(graph, selections);
        if (ranked == null) {
            return null;
        }
        Happened.GraphRan ran = course.take(
                StagesPlan.EXECUTE,
                Happened.GraphRan.class,
                new Effect.RunGraph(request(graph, selections, ranked, known)),
                Kind.RUN,
                "the tasks are done");
        if (ran == null) {
            return null;
        }
        course.tallies().says(StagesPlan.EXECUTE, told(ran.results()));
        return ran.results();
    }

    private List<String> concerned(TaskGraph graph) {
        return plan.candidates().stream()
                .filter(candidate -> graph.tasks().stream().anyMatch(task -> candidate.does(task.capability())))
                .map(Candidate::name)
                .toList();
    }

    private Map<String, Selection> select(TaskGraph graph, Map<String, Standing> standings, Set<String> tried) {
        Map<String, Selection> selections = new LinkedHashMap<>();
        for (PlannedTask task : graph.tasks()) {
            selections.put(
                    task.id(),
                    Selection.of(
                            task.capability(),
                            plan.candidates(),
                            standings,
                            plan.requirements(),
                            tried,
                            course.left().money()));
        }
        return selections;
    }

    /** By rule; by the controller where the first of several agents would do it, since only descriptions tell these apart. */
    private @Nullable Map<String, List<Candidate>> ranked(TaskGraph graph, Map<String, Selection> selections) {
        Map<String, List<Candidate>> ranked = new LinkedHashMap<>();
        Map<PlannedTask, List<Candidate>> open = new LinkedHashMap<>();
        for (PlannedTask task : graph.tasks()) {
            List<Candidate> able =
                    Objects.requireNonNull(selections.get(task.id()), task.id()).ranked();
            ranked.put(task.id(), new ArrayList<>(able));
            if (able.size() > 1 && able.get(0).agent() && able.get(1).agent()) {
                open.put(task, able);
            }
        }
        if (open.isEmpty() || !course.canAsk()) {
            course.tallies().says(StagesPlan.SELECT, told(ranked, selections));
            return ranked;
        }
        Course.Said said = course.ask(
                StagesPlan.SELECT,
                Purpose.PLAN,
                PlanPrompts.choice(plan, course.question(), open),
                Kind.START_RUNG,
                "the controller chooses between agents");
        if (said == null) {
            return null;
        }
        JsonNode chosen = parse(said.text());
        open.forEach((task, able) -> {
            String name = chosen.path(task.id()).asText("");
            // Whoever is not on the list was not asked for; the rule's order stays.
            able.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .ifPresent(first -> {
                        List<Candidate> order = new ArrayList<>(able);
                        order.remove(first);
                        order.addFirst(first);
                        ranked.put(task.id(), order);
                    });
        });
        course.tallies().says(StagesPlan.SELECT, told(ranked, selections) + ", chosen by the model");
        return ranked;
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            return read == null ? JSON.createObjectNode() : read;
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static String told(Map<String, List<Candidate>> ranked, Map<String, Selection> selections) {
        String chosen = ranked.entrySet().stream()
                .map(entry -> entry.getKey() + " "
                        + (entry.getValue().isEmpty()
                                ? "nobody"
                                : entry.getValue().getFirst().name()))
                .collect(Collectors.joining(", "));
        String leftOut = selections.values().stream()
                .flatMap(selection -> selection.leftOut().entrySet().stream())
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .distinct()
                .sorted()
                .collect(Collectors.joining("; "));
        return chosen + (leftOut.isEmpty() ? "" : " (not " + leftOut + ")");
    }

    private GraphRequest request(
            TaskGraph graph,
            Map<String, Selection> selections,
            Map<String, List<Candidate>> ranked,
            List<TaskResult> known) {
        Map<String, String> nobody = new LinkedHashMap<>();
        selections.forEach((id, selection) -> {
            if (selection.ranked().isEmpty()) {
                nobody.put(
                        id,
                        "nobody can do it now: "
                                + selection.leftOut().entrySet().stream()
                                        .map(entry -> entry.getKey() + ", " + entry.getValue())
                                        .sorted()
                                        .collect(Collectors.joining("; ")));
            }
        });
        Allowance left = course.left();
        return new GraphRequest(graph, ranked, nobody, known, left.money(), left.tokens());
    }

    private static String told(List<TaskResult> results) {
        Map<TaskState, Long> counts = results.stream()
                .collect(Collectors.groupingBy(TaskResult::state, LinkedHashMap::new, Collectors.counting()));
        String summary = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().label())
                .collect(Collectors.joining(", "));
        String failed = results.stream()
                .filter(result -> !result.tried().isEmpty())
                .map(result -> result.task().id() + ": " + String.join(", ", result.tried()) + " failed"
                        + (result.isDone() ? ", " + result.candidate() + " did it" : ", " + result.why()))
                .collect(Collectors.joining("; "));
        return summary + (failed.isEmpty() ? "" : " (" + failed + ")");
    }
}
