package dev.troupe.planner.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.task.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plan as a model writes it, and checks it: known types of tasks, arguments that exist and have the right types,
 * no cycle. All that is wrong is told at once, each with its place: {@code t2.image: t1 (expected: image; t1 gives
 * text)}.
 */
public final class PlanReader {
    /** What {@code do} says of a plan with tasks. */
    public static final String TASKS = "tasks";
    /** What it says where no task is needed. */
    public static final String TALK = "talk";
    /** What it says where no task can do what is asked. */
    public static final String REFUSE = "refuse";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern ID = Pattern.compile("t[0-9]{1,3}");
    private static final Pattern FILE = Pattern.compile("[\\w./-]+\\.[A-Za-z][A-Za-z0-9]{1,4}");
    private static final int LONGEST_WORDS = 1_000;
    private static final int SHOWN = 60;

    private final Scope scope;
    private final List<String> problems = new ArrayList<>();

    private PlanReader(Scope scope) {
        this.scope = scope;
    }

    /** What a reply says. */
    public sealed interface Reading permits Plan, Talk, Refusal, Invalid {}

    /** Do this. */
    public record Plan(TaskGraph graph) implements Reading {}

    /** No task is needed: a model can answer by itself. */
    public record Talk() implements Reading {}

    /** None of the tasks can do it. */
    public record Refusal() implements Reading {}

    /** It is no plan, and why. */
    public record Invalid(List<String> problems) implements Reading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /** Reads a reply. */
    public static Reading read(String reply, Scope scope) {
        return new PlanReader(scope).read(reply);
    }

    private record Draft(String id, Capability capability, Map<String, List<Argument>> arguments) {}

    private Reading read(String reply) {
        JsonNode root = parse(reply);
        if (root == null) {
            return new Invalid(problems);
        }
        String kind = root.path("do").asText("");
        JsonNode tasks = root.path("tasks");
        switch (kind) {
            case TALK, REFUSE -> {
                if (tasks.isEmpty()) {
                    return kind.equals(TALK) ? new Talk() : new Refusal();
                }
                problems.add("do: " + kind + " with tasks (expected: tasks, or no tasks beside " + kind + ")");
            }
            case TASKS -> {
                if (!tasks.isArray() || tasks.isEmpty() || tasks.size() > Scope.MOST_TASKS) {
                    problems.add("tasks: " + tasks.size() + " (expected: 1 to " + Scope.MOST_TASKS + ")");
                }
            }
            default -> problems.add("do: " + cut(kind) + " (expected: " + TASKS + ", " + TALK + " or " + REFUSE + ")");
        }
        Map<String, Draft> drafts = problems.isEmpty() ? drafts(tasks) : Map.of();
        List<PlannedTask> checked = problems.isEmpty() ? inOrder(drafts) : List.of();
        return problems.isEmpty() ? new Plan(new TaskGraph(merged(checked))) : new Invalid(problems);
    }

    private @Nullable JsonNode parse(String reply) {
        String text = reply.strip();
        if (text.startsWith("```")) {
            int from = text.indexOf('\n') + 1;
            int to = text.lastIndexOf("```");
            text = to > from ? text.substring(from, to) : text;
        }
        try {
            JsonNode root = JSON.readTree(text);
            if (root != null && root.isObject()) {
                return root;
            }
            problems.add("the reply is " + (text.isEmpty() ? "empty" : "no object") + " (expected: one JSON object)");
        } catch (JsonProcessingException e) {
            problems.add("the reply is no JSON: " + cut(e.getOriginalMessage()) + " (expected: one JSON object)");
        }
        return null;
    }

    private Map<String, Draft> drafts(JsonNode tasks) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        int place = 0;
        for (JsonNode task : tasks) {
            place++;
            String id = task.path("id").asText("");
            if (!ID.matcher(id).matches()
                    || drafts.containsKey(id)
                    || scope.known().containsKey(id)) {
                problems.add("task " + place + ", id: " + cut(id) + " (expected: a new one, such as "
                        + scope.ids().get(Math.min(place, Scope.MOST_TASKS) - 1) + ")");
                continue;
            }
            String name = task.path("task").asText("");
            Optional<Capability> capability = scope.capability(name);
            if (capability.isEmpty()) {
                problems.add(id + ".task: " + cut(name) + " (expected: one of "
                        + String.join(
                                ", ",
                                scope.capabilities().stream()
                                        .map(Capability::name)
                                        .toList()) + ")");
                continue;
            }
            drafts.put(id, new Draft(id, capability.get(), arguments(id, capability.get(), task)));
        }
        return drafts;
    }

    private Map<String, List<Argument>> arguments(String id, Capability capability, JsonNode task) {
        Map<String, List<Argument>> arguments = new LinkedHashMap<>();
        for (Parameter parameter : capability.parameters()) {
            JsonNode value = task.path(parameter.name());
            List<Argument> given = new ArrayList<>();
            if (value.isArray()) {
                value.forEach(one -> argument(id, parameter, one).ifPresent(given::add));
            } else if (!value.isMissingNode()) {
                argument(id, parameter, value).ifPresent(given::add);
            }
            String place = id + "." + parameter.name() + ": ";
            if (value.isMissingNode() || (value.isArray() && value.isEmpty() && !parameter.optional())) {
                problems.add(place + "missing (expected: " + parameter.kind() + ")");
            } else if (!parameter.many() && value.size() > 1) {
                problems.add(place + value.size() + " values (expected: one; use a task for each)");
            }
            arguments.put(parameter.name(), given);
        }
        Set<String> known = new LinkedHashSet<>(arguments.keySet());
        known.add("id");
        known.add("task");
        task.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                problems.add(
                        id + "." + cut(field) + ": unknown (expected: " + String.join(", ", arguments.keySet()) + ")");
            }
        });
        return arguments;
    }

    private Optional<Argument> argument(String id, Parameter parameter, JsonNode value) {
        String text = value.isTextual() ? value.textValue().strip() : "";
        if (text.isEmpty()) {
            problems.add(id + "." + parameter.name() + ": " + cut(value.toString()) + " (expected: a name of "
                    + parameter.kind() + ")");
            return Optional.empty();
        }
        if (scope.resource(text).isPresent()) {
            return Optional.of(new Argument.OfFile(text));
        }
        if (ID.matcher(text).matches()) {
            return Optional.of(new Argument.OfTask(text));
        }
        // A file that is not there is an invention, not words.
        if (parameter.takesWords() && !FILE.matcher(text).matches() && text.length() <= LONGEST_WORDS) {
            return Optional.of(new Argument.Words(text));
        }
        problems.add(id + "." + parameter.name() + ": " + cut(text) + " (expected: " + parameter.kind() + ", one of "
                + files(parameter) + ")");
        return Optional.empty();
    }

    private String files(Parameter parameter) {
        List<String> names = scope.resources().stream()
                .filter(resource -> parameter.takes(resource.type().type()))
                .map(Resource::name)
                .toList();
        return (names.isEmpty() ? "" : String.join(", ", names) + ", or ") + "the id of a task";
    }

    /** Each after those that it needs; what stays behind waits for itself. */
    private List<PlannedTask> inOrder(Map<String, Draft> drafts) {
        Map<String, PlannedTask> done = new LinkedHashMap<>();
        List<Draft> left = new ArrayList<>(drafts.values());
        while (!left.isEmpty()) {
            Draft next = left.stream()
                    .filter(draft ->
                            needed(draft).stream().allMatch(id -> done.containsKey(id) || !drafts.containsKey(id)))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                problems.add("tasks "
                        + String.join(", ", left.stream().map(Draft::id).toList())
                        + " wait for each other (expected: no cycle)");
                return List.of();
            }
            left.remove(next);
            done.put(next.id(), typed(next, done));
        }
        return List.copyOf(done.values());
    }

    private static Set<String> needed(Draft draft) {
        return new PlannedTask(draft.id(), draft.capability(), draft.arguments(), null).after();
    }

    private PlannedTask typed(Draft draft, Map<String, PlannedTask> done) {
        String each = null;
        for (Parameter parameter : draft.capability().parameters()) {
            for (Argument argument : draft.arguments().getOrDefault(parameter.name(), List.of())) {
                String place = draft.id() + "." + parameter.name() + ": " + cut(argument.written());
                Typed type = type(argument, done);
                if (type == null) {
                    problems.add(place + " (expected: a task of the plan)");
                } else if (!parameter.takes(type.type())) {
                    problems.add(place + " (expected: " + parameter.kind() + "; " + cut(argument.written()) + " is "
                            + type + ")");
                } else if (type.many() && !parameter.many()) {
                    if (each != null) {
                        problems.add(place + " (expected: one value; " + each + " is a list already)");
                    }
                    each = parameter.name();
                }
            }
        }
        return new PlannedTask(draft.id(), draft.capability(), draft.arguments(), each);
    }

    private @Nullable Typed type(Argument argument, Map<String, PlannedTask> done) {
        return switch (argument) {
            case Argument.OfFile file ->
                scope.resource(file.name()).map(Resource::type).orElse(null);
            case Argument.Words words -> new Typed(ValueType.TEXT, false);
            case Argument.OfTask task -> {
                PlannedTask planned = done.get(task.id());
                yield planned == null ? scope.known().get(task.id()) : planned.result();
            }
        };
    }

    /** The same task with the same arguments is done once. */
    private static List<PlannedTask> merged(List<PlannedTask> tasks) {
        Map<String, String> same = new LinkedHashMap<>();
        Map<Object, String> seen = new LinkedHashMap<>();
        List<PlannedTask> kept = new ArrayList<>();
        for (PlannedTask task : tasks) {
            Map<String, List<Argument>> arguments = new LinkedHashMap<>();
            task.arguments()
                    .forEach((name, values) -> arguments.put(
                            name,
                            values.stream()
                                    .map(value -> renamed(value, same))
                                    .distinct()
                                    .toList()));
            String first = seen.putIfAbsent(List.of(task.capability().name(), arguments), task.id());
            if (first == null) {
                kept.add(new PlannedTask(task.id(), task.capability(), arguments, task.each()));
            } else {
                same.put(task.id(), first);
            }
        }
        return kept;
    }

    private static Argument renamed(Argument value, Map<String, String> same) {
        return value instanceof Argument.OfTask task && same.containsKey(task.id())
                ? new Argument.OfTask(Objects.requireNonNull(same.get(task.id())))
                : value;
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.isEmpty() ? "nothing" : line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
