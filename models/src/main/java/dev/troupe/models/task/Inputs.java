package dev.troupe.models.task;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The arguments of a task, checked against its parameters: names, types, how many. */
public final class Inputs {
    /** Values of one argument; a longer list is refused before any of it is computed. */
    public static final int MOST_VALUES = 1000;
    /** Characters of one text. */
    public static final int MOST_CHARACTERS = 1_000_000;

    private final Task task;
    private final Map<String, List<Value>> values;

    private Inputs(Task task, Map<String, List<Value>> values) {
        this.task = task;
        this.values = values;
    }

    /**
     * Checks and keeps arguments.
     *
     * @throws TroupeException {@code INPUT_INVALID} naming the argument, what was given and what was expected
     */
    public static Inputs of(Task task, Map<String, List<Value>> given) {
        for (String name : given.keySet()) {
            if (task.parameters().stream()
                    .noneMatch(parameter -> parameter.name().equals(name))) {
                throw invalid(task, name, "given", "one of " + signature(task));
            }
        }
        Map<String, List<Value>> checked = new LinkedHashMap<>();
        for (Task.Parameter parameter : task.parameters()) {
            List<Value> values = List.copyOf(given.getOrDefault(parameter.name(), List.of()));
            check(task, parameter, values);
            checked.put(parameter.name(), values);
        }
        return new Inputs(task, checked);
    }

    /** For a task of one argument. */
    public static Inputs of(Task task, Value value) {
        return of(task, Map.of(task.parameters().getFirst().name(), List.of(value)));
    }

    /** For a task of two arguments. */
    public static Inputs of(Task task, Value first, List<? extends Value> second) {
        return of(
                task,
                Map.of(
                        task.parameters().get(0).name(),
                        List.of(first),
                        task.parameters().get(1).name(),
                        List.copyOf(second)));
    }

    private static void check(Task task, Task.Parameter parameter, List<Value> values) {
        String name = parameter.name();
        if (values.isEmpty()) {
            throw invalid(task, name, "nothing", parameter.toString());
        }
        if (values.size() > (parameter.many() ? MOST_VALUES : 1)) {
            throw invalid(
                    task, name, values.size() + " values", parameter.many() ? "at most " + MOST_VALUES : "one value");
        }
        for (Value value : values) {
            if (value.type() != parameter.type()) {
                throw invalid(task, name, value.type().label(), parameter.type().label());
            }
            if (value instanceof Value.Text text && text.text().isBlank()) {
                throw invalid(task, name, "a text without letters", "some text");
            }
            if (value instanceof Value.Text text && text.text().length() > MOST_CHARACTERS) {
                throw invalid(task, name, text.text().length() + " characters", "at most " + MOST_CHARACTERS);
            }
        }
    }

    private static TroupeException invalid(Task task, String name, String found, String expected) {
        return new TroupeException(
                ErrorCode.INPUT_INVALID,
                "%s, argument %s: %s (expected: %s)".formatted(task, name, found, expected),
                task + " takes " + signature(task));
    }

    private static String signature(Task task) {
        return task.parameters().stream().map(Task.Parameter::toString).collect(Collectors.joining(", "));
    }

    public Task task() {
        return task;
    }

    /** The texts of an argument. */
    public List<String> texts(String name) {
        return values(name).stream().map(value -> ((Value.Text) value).text()).toList();
    }

    /** The text of an argument of one. */
    public String text(String name) {
        return texts(name).getFirst();
    }

    public Value.Image image() {
        return (Value.Image) values("image").getFirst();
    }

    public Value.Audio audio() {
        return (Value.Audio) values("audio").getFirst();
    }

    /** The values of an argument. */
    public List<Value> values(String name) {
        List<Value> found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException(task + " has no argument " + name);
        }
        return found;
    }
}
