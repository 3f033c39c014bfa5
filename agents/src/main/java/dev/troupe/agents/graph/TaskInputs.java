package dev.troupe.agents.graph;

import dev.troupe.agents.graph.AgentWords.Loaded;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.task.Handle;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Media;
import dev.troupe.models.task.Span;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import dev.troupe.planner.graph.Argument;
import dev.troupe.planner.graph.Item;
import dev.troupe.planner.graph.PlannedTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a planned task is given: one set of arguments, or one for each value of a list. Files are read when their turn
 * comes, on the calling thread. Thread-safe.
 */
final class TaskInputs {
    private final PlannedTask task;
    private final Map<String, List<Source>> sources = new LinkedHashMap<>();

    /** Something that can be had. */
    private sealed interface Source permits Source.OfFile, Source.OfItem {
        String name();

        record OfFile(String name, Handle handle) implements Source {}

        record OfItem(Item item) implements Source {
            @Override
            public String name() {
                return item.name();
            }
        }
    }

    /** @param results of the tasks before, by id */
    TaskInputs(PlannedTask task, GraphFiles files, Map<String, List<Item>> results) {
        this.task = task;
        task.arguments().forEach((parameter, arguments) -> {
            List<Source> found = new ArrayList<>();
            arguments.forEach(argument -> add(argument, files, results, found));
            sources.put(parameter, found);
        });
    }

    private static void add(Argument argument, GraphFiles files, Map<String, List<Item>> results, List<Source> found) {
        switch (argument) {
            case Argument.OfFile file -> {
                List<Handle> handles = files.handles(file.name());
                for (Handle handle : handles) {
                    found.add(new Source.OfFile(handles.size() == 1 ? file.name() : handle.name(), handle));
                }
            }
            case Argument.OfTask other -> {
                for (Item item : Objects.requireNonNull(results.get(other.id()), other.id())) {
                    found.add(new Source.OfItem(item));
                }
            }
            case Argument.Words words -> found.add(new Source.OfItem(new Item("words", new Value.Text(words.text()))));
        }
    }

    /** How many sets of arguments there are. */
    int count() {
        String each = task.each();
        return each == null
                ? 1
                : Objects.requireNonNull(sources.get(each), each).size();
    }

    /** Of what the result of a set is: the name of a value of the list, or the task's id. */
    String name(int set) {
        String each = task.each();
        return each == null
                ? task.id()
                : Objects.requireNonNull(sources.get(each), each).get(set).name();
    }

    private List<Source> sources(String parameter, int set) {
        List<Source> all = Objects.requireNonNull(sources.get(parameter), parameter);
        return parameter.equals(task.each()) ? List.of(all.get(set)) : all;
    }

    /**
     * A set for an expert; reads files.
     *
     * @throws TroupeException {@code INPUT_INVALID} when a file or a text is not fit
     */
    Inputs forExpert(Task kind, int set) {
        Map<String, List<Value>> values = new LinkedHashMap<>();
        for (String parameter : sources.keySet()) {
            values.put(
                    parameter,
                    sources(parameter, set).stream().map(TaskInputs::value).toList());
        }
        return Inputs.of(kind, values);
    }

    /** As {@link #forExpert}, for an agent. */
    Map<String, List<Loaded>> forAgent(int set) {
        Map<String, List<Loaded>> values = new LinkedHashMap<>();
        for (String parameter : sources.keySet()) {
            values.put(
                    parameter,
                    sources(parameter, set).stream().map(TaskInputs::loaded).toList());
        }
        return values;
    }

    private static Loaded loaded(Source source) {
        return source instanceof Source.OfFile file && AgentWords.goesAsFile(file.handle())
                ? new Loaded.File(file.handle())
                : new Loaded.There(new Item(source.name(), value(source)));
    }

    private static Value value(Source source) {
        return switch (source) {
            case Source.OfFile file -> Media.read(file.handle());
            case Source.OfItem item -> item.item().value();
        };
    }

    /**
     * What an expert gave, as plans understand it: labels that stand for values of a list have their names, and of the
     * passages that answer a question the best one counts.
     *
     * @throws TroupeException {@code UNSOLVED} when no passage answers it
     */
    Value understood(Value given, Inputs inputs) {
        if (given instanceof Value.Spans spans && task.capability().name().equals(Task.QUESTION_ANSWERING.label())) {
            return spans.spans().stream()
                    .max(Comparator.comparingDouble(Span::score))
                    .map(best -> (Value) new Value.Text(best.text()))
                    .orElseThrow(() -> new TroupeException(
                            ErrorCode.UNSOLVED, "the text does not say (expected: an answer in it)", null));
        }
        return given instanceof Value.Labels labels ? named(labels, inputs) : given;
    }

    private Value named(Value.Labels labels, Inputs inputs) {
        Map<String, String> names = new LinkedHashMap<>();
        for (Task.Parameter parameter : inputs.task().parameters()) {
            List<Source> all = sources.getOrDefault(parameter.name(), List.of());
            if (parameter.many() && parameter.type() == dev.troupe.models.task.ValueType.TEXT) {
                List<String> texts = inputs.texts(parameter.name());
                for (int i = 0; i < texts.size(); i++) {
                    String name = all.get(i).name();
                    names.putIfAbsent(texts.get(i), name.equals("words") ? texts.get(i) : name);
                }
            }
        }
        return new Value.Labels(labels.scores().stream()
                .map(score -> new Value.Labels.Score(names.getOrDefault(score.label(), score.label()), score.score()))
                .toList());
    }
}
