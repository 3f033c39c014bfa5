package dev.troupe.planner.stages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.task.ValueType;
import dev.troupe.planner.graph.Resource;
import dev.troupe.planner.graph.TaskGraph;
import dev.troupe.planner.graph.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A plan with the files that it is about, as demonstrations keep it: {@code {"files": [{"name", "type", "many",
 * "attached"}], "plan": {...}}}.
 *
 * @param plan as a model writes it
 */
public record Lesson(List<Resource> resources, String plan) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Lesson {
        resources = List.copyOf(resources);
    }

    static String of(List<Resource> resources, TaskGraph graph) {
        return of(resources, graph.json());
    }

    private static String of(List<Resource> resources, String plan) {
        ObjectNode lesson = JSON.createObjectNode();
        ArrayNode files = lesson.putArray("files");
        for (Resource resource : resources) {
            files.addObject()
                    .put("name", resource.name())
                    .put("type", resource.type().type().label())
                    .put("many", resource.type().many())
                    .put("attached", resource.attached())
                    .put("note", resource.note());
        }
        try {
            return lesson.set("plan", JSON.readTree(plan)).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("plan: " + e.getOriginalMessage() + " (expected: JSON)", e);
        }
    }

    /** Reads one; empty where it is none. */
    public static Optional<Lesson> read(String text) {
        try {
            JsonNode lesson = JSON.readTree(text);
            if (lesson == null || !lesson.path("plan").isObject()) {
                return Optional.empty();
            }
            List<Resource> resources = new ArrayList<>();
            for (JsonNode file : lesson.path("files")) {
                resources.add(new Resource(
                        file.path("name").asText(""),
                        new Typed(
                                ValueType.valueOf(file.path("type").asText("").toUpperCase(Locale.ROOT)),
                                file.path("many").asBoolean(false)),
                        file.path("attached").asBoolean(true),
                        file.path("note").asText("")));
            }
            return Optional.of(new Lesson(resources, lesson.get("plan").toString()));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
