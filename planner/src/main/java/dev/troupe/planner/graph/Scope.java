package dev.troupe.planner.graph;

import dev.troupe.models.task.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan may be made of.
 *
 * @param capabilities types of tasks
 * @param resources files
 * @param known results that are there already, by the ids of their tasks
 * @param planned how many ids are taken
 */
public record Scope(List<Capability> capabilities, List<Resource> resources, Map<String, Typed> known, int planned) {
    /** More tasks than this are no answer to one request. */
    public static final int MOST_TASKS = 8;

    public Scope {
        capabilities = List.copyOf(capabilities);
        resources = List.copyOf(resources);
        known = Collections.unmodifiableMap(new LinkedHashMap<>(known));
    }

    /** Nothing was planned before. */
    public Scope(List<Capability> capabilities, List<Resource> resources, Map<String, Typed> known) {
        this(capabilities, resources, known, 0);
    }

    /** The same where that many tasks were planned before: new ones get other ids. */
    public Scope after(int tasks) {
        return new Scope(capabilities, resources, known, tasks);
    }

    Optional<Capability> capability(String name) {
        return capabilities.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    Optional<Resource> resource(String name) {
        return resources.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The ids that a plan may give to its tasks. */
    List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < MOST_TASKS; i++) {
            ids.add("t" + (planned + i + 1));
        }
        return ids;
    }

    /**
     * The same with only those types of tasks whose arguments can be had: from a file, a known result, words, or another
     * task that is plausible itself.
     */
    public Scope plausible() {
        Set<ValueType> there = EnumSet.noneOf(ValueType.class);
        resources.forEach(resource -> there.add(resource.type().type()));
        known.values().forEach(typed -> there.add(typed.type()));
        List<Capability> possible = new ArrayList<>();
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Capability capability : capabilities) {
                if (!possible.contains(capability) && possible(capability, there)) {
                    possible.add(capability);
                    there.add(capability.result());
                    grew = true;
                }
            }
        }
        return new Scope(capabilities.stream().filter(possible::contains).toList(), resources, known, planned);
    }

    private static boolean possible(Capability capability, Set<ValueType> there) {
        return capability.parameters().stream()
                .allMatch(parameter -> parameter.optional()
                        || parameter.takesWords()
                        || parameter.types().stream().anyMatch(there::contains));
    }

    /** The same with these types of tasks only. */
    public Scope only(List<Capability> others) {
        return new Scope(others, resources, known, planned);
    }
}
