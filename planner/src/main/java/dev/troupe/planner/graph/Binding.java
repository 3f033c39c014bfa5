package dev.troupe.planner.graph;

import dev.troupe.planner.draft.Link;
import dev.troupe.planner.draft.TaskPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a whole plan of a drafted one, which has no arguments, where there is only one way to do so: each argument has just
 * one file or result that fits. Anything else is left to a model.
 */
public final class Binding {
    private final TaskPlan draft;
    private final Scope scope;
    private final String request;
    private final Map<String, PlannedTask> byName = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();

    private Binding(TaskPlan draft, Scope scope, String request) {
        this.draft = draft;
        this.scope = scope;
        this.request = request;
    }

    /** The plan; empty where an argument could be several things or none, or an attached file would be left over. */
    public static Optional<TaskGraph> of(TaskPlan draft, Scope scope, String request) {
        return new Binding(draft, scope, request).bind();
    }

    private Optional<TaskGraph> bind() {
        List<String> ids = scope.ids();
        if (draft.tools().isEmpty() || draft.tools().size() > ids.size()) {
            return Optional.empty();
        }
        for (String name : draft.tools()) {
            Capability capability = scope.capability(name).orElse(null);
            PlannedTask task = capability == null ? null : task(ids.get(byName.size()), capability);
            if (task == null) {
                return Optional.empty();
            }
            byName.put(name, task);
        }
        boolean leftOver =
                scope.resources().stream().anyMatch(resource -> resource.attached() && !used.contains(resource.name()));
        boolean linked = draft.links().stream().allMatch(this::isThere);
        return leftOver || !linked ? Optional.empty() : Optional.of(new TaskGraph(List.copyOf(byName.values())));
    }

    private boolean isThere(Link link) {
        PlannedTask source = byName.get(link.source());
        PlannedTask target = byName.get(link.target());
        return source != null && target != null && target.after().contains(source.id());
    }

    private @Nullable PlannedTask task(String id, Capability capability) {
        Map<String, List<Argument>> arguments = new LinkedHashMap<>();
        Set<Argument> taken = new HashSet<>();
        String each = null;
        for (Parameter parameter : capability.parameters()) {
            List<Option> options = options(capability, parameter);
            if (parameter.words() == Parameter.Words.REQUEST) {
                arguments.put(parameter.name(), List.of(new Argument.Words(request)));
                continue;
            }
            boolean fits = parameter.many() ? parameter.optional() || !options.isEmpty() : options.size() == 1;
            if (!fits || options.stream().anyMatch(option -> !taken.add(option.argument))) {
                return null;
            }
            if (!parameter.many() && options.getFirst().type.many()) {
                if (each != null) {
                    return null;
                }
                each = parameter.name();
            }
            options.forEach(option -> used.add(option.argument.written()));
            arguments.put(
                    parameter.name(), options.stream().map(Option::argument).toList());
        }
        return new PlannedTask(id, capability, arguments, each);
    }

    private record Option(Argument argument, Typed type) {}

    /** What linked tasks give; where they give nothing of the type, the attached files; then the team's. */
    private List<Option> options(Capability capability, Parameter parameter) {
        List<Option> given = new ArrayList<>();
        if (parameter.words() == Parameter.Words.REQUEST) {
            return given;
        }
        for (Link link : draft.links()) {
            PlannedTask source = byName.get(link.source());
            if (link.target().equals(capability.name())
                    && source != null
                    && parameter.takes(source.result().type())) {
                given.add(new Option(new Argument.OfTask(source.id()), source.result()));
            }
        }
        if (!given.isEmpty()) {
            return given;
        }
        List<Option> attached = files(parameter, true);
        return attached.isEmpty() ? files(parameter, false) : attached;
    }

    private List<Option> files(Parameter parameter, boolean attached) {
        return scope.resources().stream()
                .filter(resource -> resource.attached() == attached)
                .filter(resource -> parameter.takes(resource.type().type()))
                .map(resource -> new Option(new Argument.OfFile(resource.name()), resource.type()))
                .toList();
    }
}
