package dev.troupe.agents.graph;

import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.embedding.Embedder;
import dev.troupe.planner.draft.Draft;
import dev.troupe.planner.draft.Drafter;
import dev.troupe.planner.draft.Embedded;
import dev.troupe.planner.draft.Solved;
import dev.troupe.planner.draft.TaskPlan;
import dev.troupe.planner.draft.Tool;
import dev.troupe.planner.draft.ToolGraph;
import dev.troupe.planner.graph.Capability;
import dev.troupe.planner.graph.PlanExample;
import dev.troupe.planner.graph.PlanReader;
import dev.troupe.planner.graph.Scope;
import dev.troupe.planner.ladder.Happened;
import dev.troupe.planner.stages.Lesson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans that were solved: the team file's own, and those of the library. Finds those of requests like one, and drafts a plan
 * from all that somebody vouches for. Learns at once what the library learns. Thread-safe; computes on the calling thread.
 */
public final class PlanMemory {
    /** The latest count. */
    private static final int MOST_LEARNED = 1_000;

    /** Of one shape, as long as there are others: a model copies the shape of what it is shown. */
    private static final int MOST_OF_A_SHAPE = 2;

    private static final int REMEMBERED_VECTORS = 4_000;

    private final Embedder embedder;
    private final DemonstrationLibrary library;
    private final String team;
    private final List<PlanExample> own;
    private final Map<String, float[]> vectors = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Key, Known> known = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    private record Key(String tenant, List<String> capabilities) {}

    private record Shaped(PlanExample example, TaskPlan shape) {}

    private record Known(List<Shaped> examples, Drafter drafter) {}

    /** @param own the team file's */
    public PlanMemory(Embedder embedder, DemonstrationLibrary library, String team, List<PlanExample> own) {
        this.embedder = embedder;
        this.library = library;
        this.team = team;
        this.own = List.copyOf(own);
        library.onChange(this::changed);
    }

    private void changed(Demonstration demonstration) {
        if (demonstration.team().equals(team) && isPlan(demonstration)) {
            synchronized (changed) {
                changed.add(demonstration.tenant());
            }
        }
    }

    private static boolean isPlan(Demonstration demonstration) {
        return demonstration.language().equals(dev.troupe.planner.graph.TaskGraph.LANGUAGE);
    }

    /**
     * What is known of requests like this one.
     *
     * @param capabilities of the planner; plans with others are left out
     * @param show how many plans at most
     */
    public synchronized Happened.Recalled recall(
            String tenant, String question, List<Capability> capabilities, int show) {
        Known there = known(tenant, capabilities);
        float[] vector = vector(question);
        Drafter drafter = there.drafter();
        Draft draft = drafter.draft(new Embedded(question, vector));
        return new Happened.Recalled(draft, drafter.size(), nearest(there.examples(), vector, show));
    }

    private Known known(String tenant, List<Capability> capabilities) {
        synchronized (changed) {
            if (changed.remove(tenant)) {
                known.keySet().removeIf(key -> key.tenant().equals(tenant));
            }
        }
        Key key = new Key(tenant, capabilities.stream().map(Capability::name).toList());
        return known.computeIfAbsent(key, unknown -> learn(tenant, capabilities));
    }

    private Known learn(String tenant, List<Capability> capabilities) {
        List<PlanExample> learned = library.list(tenant, team, MOST_LEARNED).stream()
                .filter(demonstration -> isPlan(demonstration) && !demonstration.retired())
                .flatMap(demonstration -> example(demonstration).stream())
                .toList()
                .reversed();
        List<Shaped> shaped = Stream.concat(own.stream(), learned.stream())
                .flatMap(example -> shaped(example, capabilities).stream())
                .toList();
        ToolGraph tools = ToolGraph.typed(capabilities.stream().map(this::tool).toList());
        List<Solved> solved = shaped.stream()
                .filter(one -> one.example().verified() != Judge.NONE
                        && !one.shape().tools().isEmpty())
                .map(one -> new Solved(
                        new Embedded(
                                one.example().request(), vector(one.example().request())),
                        one.shape()))
                .toList();
        return new Known(shaped, Drafter.of(tools, solved));
    }

    private static java.util.Optional<PlanExample> example(Demonstration demonstration) {
        return Lesson.read(demonstration.code())
                .map(lesson -> new PlanExample(
                        demonstration.id(),
                        demonstration.question(),
                        lesson.resources(),
                        lesson.plan(),
                        demonstration.verified(),
                        0));
    }

    /** With its shape; a plan of talk or refusal has an empty one. Empty for a plan that no longer holds. */
    private static java.util.Optional<Shaped> shaped(PlanExample example, List<Capability> capabilities) {
        Scope scope = new Scope(capabilities, example.resources(), Map.of());
        return switch (PlanReader.read(example.plan(), scope)) {
            case PlanReader.Plan plan ->
                java.util.Optional.of(new Shaped(example, plan.graph().shape()));
            case PlanReader.Talk talk -> java.util.Optional.of(new Shaped(example, new TaskPlan(List.of(), List.of())));
            case PlanReader.Refusal refusal ->
                java.util.Optional.of(new Shaped(example, new TaskPlan(List.of(), List.of())));
            case PlanReader.Invalid invalid -> java.util.Optional.empty();
        };
    }

    private Tool tool(Capability capability) {
        String description = capability.name().replace('-', ' ') + ": " + capability.description();
        return new Tool(
                capability.name(),
                new Embedded(description, vector(description)),
                capability.parameters().stream()
                        .flatMap(parameter -> parameter.types().stream())
                        .map(type -> type.label())
                        .distinct()
                        .sorted()
                        .toList(),
                List.of(capability.result().label()));
    }

    private float[] vector(String text) {
        float[] there = vectors.get(text);
        if (there == null) {
            there = embedder.embed(List.of(text)).getFirst();
            vectors.put(text, there);
            if (vectors.size() > REMEMBERED_VECTORS) {
                vectors.remove(vectors.keySet().iterator().next());
            }
        }
        return there;
    }

    /** The most alike, few of one shape; what nobody vouches for only where there is nothing else. */
    private List<PlanExample> nearest(List<Shaped> examples, float[] vector, int show) {
        List<Shaped> sorted = examples.stream()
                .map(one -> new Shaped(alike(one.example(), vector), one.shape()))
                .sorted(Comparator.comparing((Shaped one) -> one.example().verified() == Judge.NONE)
                        .thenComparingDouble(one -> -one.example().similarity()))
                .toList();
        Map<TaskPlan, Integer> shapes = new HashMap<>();
        List<PlanExample> chosen = new ArrayList<>();
        List<PlanExample> others = new ArrayList<>();
        for (Shaped one : sorted) {
            boolean few = shapes.merge(one.shape(), 1, Integer::sum) <= MOST_OF_A_SHAPE;
            (few ? chosen : others).add(one.example());
        }
        chosen.addAll(others);
        return chosen.stream()
                .limit(show)
                .sorted(Comparator.comparingDouble(example -> -example.similarity()))
                .toList();
    }

    private PlanExample alike(PlanExample example, float[] vector) {
        float[] other = vector(example.request());
        double dot = 0;
        for (int i = 0; i < vector.length; i++) {
            dot += (double) vector[i] * other[i];
        }
        return new PlanExample(
                example.id(),
                example.request(),
                example.resources(),
                example.plan(),
                example.verified(),
                Math.clamp(dot, 0, 1));
    }
}
