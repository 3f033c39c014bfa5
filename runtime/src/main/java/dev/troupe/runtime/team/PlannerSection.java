package dev.troupe.runtime.team;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.ValueType;
import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.graph.Capabilities;
import dev.troupe.planner.graph.Capability;
import dev.troupe.planner.graph.PlanExample;
import dev.troupe.planner.graph.PlanReader;
import dev.troupe.planner.graph.Requirements;
import dev.troupe.planner.graph.Resource;
import dev.troupe.planner.graph.Scope;
import dev.troupe.planner.graph.Typed;
import dev.troupe.planner.ladder.Offer;
import dev.troupe.runtime.team.yaml.Fields;
import dev.troupe.runtime.team.yaml.Suggestions;
import dev.troupe.runtime.team.yaml.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads agents that plan, when all others are known. */
final class PlannerSection {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_SHOWN = 20;

    private final Map<String, ExpertSettings> experts;
    private final Map<String, AgentSettings> agents;
    private final Map<String, String> leftOut;
    private final Set<String> planners;
    private final TeamFolder folder;
    private final List<String> notices;

    /**
     * @param agents all but planners
     * @param leftOut agents that cannot answer here, with the variable that is missing
     * @param notices gets what is left out
     */
    PlannerSection(
            Map<String, ExpertSettings> experts,
            Map<String, AgentSettings> agents,
            Map<String, String> leftOut,
            Set<String> planners,
            TeamFolder folder,
            List<String> notices) {
        this.experts = experts;
        this.agents = agents;
        this.leftOut = leftOut;
        this.planners = planners;
        this.folder = folder;
        this.notices = notices;
    }

    /** @param model its model, one that can be asked */
    PlannerSettings read(String name, Fields fields, String model, int historyTokens) {
        Value instructions = fields.get("instructions");
        String text = instructions == null ? null : instructions.text("what the planner is for");
        Value usesValue = fields.require("uses", "a list of the file's experts and agents");
        List<String> uses = usesValue == null ? List.of() : uses(name, usesValue);
        Map<String, Path> files = files(fields.get("files"));
        Value plans = fields.get("plans");
        List<PlanExample> examples = plans == null ? List.of() : examples(plans, uses);
        Value showValue = fields.get("show");
        Integer show = showValue == null ? null : showValue.integer(0, MOST_SHOWN);
        return new PlannerSettings(
                name,
                text == null ? "" : text.strip(),
                model,
                uses,
                new Reach(
                        List.of(),
                        uses.stream()
                                .filter(agents::containsKey)
                                .map(agent -> new Reach.Use(agent, Offer.To.ASK))
                                .toList()),
                files,
                examples,
                show == null ? PlannerSettings.DEFAULT_SHOW : show,
                new Requirements(licences(fields.get("licences")), devices(fields.get("devices"))),
                historyTokens);
    }

    private List<String> uses(String planner, Value value) {
        Set<String> known = new LinkedHashSet<>(experts.keySet());
        known.addAll(agents.keySet());
        List<String> uses = new ArrayList<>();
        for (Value item : value.list("a list of experts and agents")) {
            String name = item.text("an expert or an agent of the file");
            if (name == null) {
                continue;
            }
            if (planners.contains(name)) {
                item.problem(Value.quote(name) + " is a planner", "an expert, an assistant or a chat agent", null);
            } else if (leftOut.containsKey(name)) {
                notices.add(item.path() + ": " + planner + " does without " + name + ", which is left out");
            } else if (!known.contains(name)) {
                String expected = known.isEmpty() ? "an expert that the file defines" : String.join(" or ", known);
                item.problem("unknown " + Value.quote(item.raw()), expected, Suggestions.nearest(name, known));
            } else if (experts.containsKey(name) && agents.containsKey(name)) {
                item.problem(
                        Value.quote(name) + " is an expert and an agent", "a name that only one of them has", null);
            } else if (uses.contains(name)) {
                item.problem(Value.quote(name) + " again", "each once", null);
            } else {
                uses.add(name);
            }
        }
        if (uses.isEmpty() && value.isList()) {
            value.problem("nobody to do anything", "at least one expert or agent", null);
        }
        return uses;
    }

    private Map<String, Path> files(@Nullable Value value) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Value item : value == null ? List.<Value>of() : value.list("a list of files and folders")) {
            Path path = folder.file(item, true);
            if (path != null) {
                files.put(item.raw().strip().replaceAll("/+$", ""), path);
            }
        }
        return files;
    }

    private static Set<String> licences(@Nullable Value value) {
        Set<String> licences = new LinkedHashSet<>();
        for (Value item : value == null ? List.<Value>of() : value.list("a list of SPDX identifiers")) {
            String licence = item.text("an SPDX identifier such as MIT");
            if (licence != null) {
                licences.add(licence);
            }
        }
        return licences;
    }

    private static Set<Device.Wish> devices(@Nullable Value value) {
        Set<Device.Wish> devices = new LinkedHashSet<>();
        for (Value item : value == null ? List.<Value>of() : value.list("a list of devices")) {
            String device = item.oneOf(ExpertsSection.DEVICES);
            if (device != null) {
                devices.add(Device.Wish.valueOf(device.toUpperCase(Locale.ROOT)));
            }
        }
        return devices;
    }

    /** Solved requests, one JSON object a line; each is held to what the planner can use. */
    private List<PlanExample> examples(Value value, List<String> uses) {
        List<PlanExample> examples = new ArrayList<>();
        String text = folder.document(value);
        if (text == null) {
            return examples;
        }
        List<Candidate> candidates = Candidates.of(uses, experts, agents);
        List<Capability> capabilities = Capabilities.all()
                .filter(capability -> candidates.stream().anyMatch(candidate -> candidate.does(capability)))
                .toList();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                String place = Value.quote(value.raw()) + ", line " + number + ": ";
                example(line, number, capabilities)
                        .ifPresentOrElse(
                                examples::add,
                                () -> value.problem(
                                        place + problem(line, capabilities),
                                        "{\"request\": …, \"files\": {name: type}, \"plan\": {…}}",
                                        null));
            }
        }
        return examples;
    }

    private static Optional<PlanExample> example(String line, int number, List<Capability> capabilities) {
        try {
            JsonNode node = JSON.readTree(line);
            List<Resource> resources = resources(node.path("files"));
            String plan = node.path("plan").toString();
            Scope scope = new Scope(capabilities, resources, Map.of());
            return node.path("request").asText("").isBlank()
                            || PlanReader.read(plan, scope) instanceof PlanReader.Invalid
                    ? Optional.empty()
                    : Optional.of(new PlanExample(
                            "team-%03d".formatted(number),
                            node.path("request").asText(),
                            resources,
                            plan,
                            Judge.PERSON,
                            0));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String problem(String line, List<Capability> capabilities) {
        try {
            JsonNode node = JSON.readTree(line);
            Scope scope = new Scope(capabilities, resources(node.path("files")), Map.of());
            return PlanReader.read(node.path("plan").toString(), scope) instanceof PlanReader.Invalid invalid
                    ? invalid.problems().getFirst()
                    : "no request";
        } catch (JsonProcessingException e) {
            return "no JSON";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** {@code {"a.png": "image", "scans": "image list"}}; a list is taken to be the team's own. */
    private static List<Resource> resources(JsonNode files) {
        List<Resource> resources = new ArrayList<>();
        files.properties().forEach(entry -> {
            String[] words = entry.getValue().asText("").split(" ", 2);
            ValueType type = Arrays.stream(ValueType.values())
                    .filter(one -> one.label().equals(words[0]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("file " + entry.getKey() + ": "
                            + entry.getValue().asText("") + " (expected: a type such as image, or image list; one of "
                            + Arrays.stream(ValueType.values())
                                    .map(ValueType::label)
                                    .collect(Collectors.joining(", "))
                            + ")"));
            boolean many = words.length == 2 && words[1].equals("list");
            resources.add(new Resource(entry.getKey(), new Typed(type, many), !many, ""));
        });
        return resources;
    }
}
