package dev.troupe.planner.graph;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.planner.draft.Link;
import dev.troupe.planner.draft.TaskPlan;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A checked plan.
 *
 * @param tasks each after those whose results it takes
 */
public record TaskGraph(List<PlannedTask> tasks) {
    /** As demonstrations name the language of plans. */
    public static final String LANGUAGE = "plan";

    private static final ObjectMapper JSON = new ObjectMapper();

    public TaskGraph {
        tasks = List.copyOf(tasks);
    }

    public Optional<PlannedTask> find(String id) {
        return tasks.stream().filter(task -> task.id().equals(id)).findFirst();
    }

    /** The tasks whose results no other one takes: what was asked for. */
    public List<PlannedTask> last() {
        Set<String> taken = new HashSet<>();
        tasks.forEach(task -> taken.addAll(task.after()));
        return tasks.stream().filter(task -> !taken.contains(task.id())).toList();
    }

    /** As a model writes it. */
    public String json() {
        ObjectNode plan = JSON.createObjectNode().put("do", PlanReader.TASKS);
        ArrayNode list = plan.putArray("tasks");
        for (PlannedTask task : tasks) {
            ObjectNode node = list.addObject()
                    .put("id", task.id())
                    .put("task", task.capability().name());
            for (Parameter parameter : task.capability().parameters()) {
                List<String> written = task.arguments().getOrDefault(parameter.name(), List.of()).stream()
                        .map(Argument::written)
                        .toList();
                if (parameter.many()) {
                    ArrayNode values = node.putArray(parameter.name());
                    written.forEach(values::add);
                } else {
                    node.put(parameter.name(), written.getFirst());
                }
            }
        }
        return plan.toString();
    }

    /** What is learned of it: which tasks, and what gives to what. */
    public TaskPlan shape() {
        Set<String> names = new LinkedHashSet<>();
        Set<Link> links = new LinkedHashSet<>();
        for (PlannedTask task : tasks) {
            String name = task.capability().name();
            names.add(name);
            for (String before : task.after()) {
                find(before)
                        .map(one -> one.capability().name())
                        .filter(source -> !source.equals(name))
                        .ifPresent(source -> links.add(new Link(source, name)));
            }
        }
        return new TaskPlan(List.copyOf(names), List.copyOf(links));
    }

    /** {@code t1 image-to-text, t2 question-answering}. */
    public String told() {
        return String.join(
                ", ",
                tasks.stream()
                        .map(task -> task.id() + " " + task.capability().name())
                        .toList());
    }

    /** The highest number of its ids: {@code t3} has 3. */
    public int highest() {
        return tasks.stream()
                .mapToInt(task -> Integer.parseInt(task.id().substring(1)))
                .max()
                .orElse(0);
    }
}
