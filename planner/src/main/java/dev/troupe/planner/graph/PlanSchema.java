package dev.troupe.planner.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.task.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON schema of plans within a scope: each type of task with its own arguments, each argument one of the files, ids
 * and, where words may stand, texts that fit its type. A model that is held to it can name nothing that is not there.
 * What a schema cannot say (cycles, the types of results) {@link PlanReader} checks.
 */
public final class PlanSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_VALUES = 16;

    private PlanSchema() {}

    /** Of a scope with at least one capability. */
    public static JsonNode of(Scope scope) {
        ObjectNode schema = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        properties.set("do", oneOf(List.of(PlanReader.TASKS, PlanReader.TALK, PlanReader.REFUSE)));
        ObjectNode tasks = properties.putObject("tasks");
        tasks.put("type", "array").put("maxItems", Scope.MOST_TASKS);
        ArrayNode kinds = tasks.putObject("items").putArray("anyOf");
        scope.capabilities().forEach(capability -> kinds.add(task(capability, scope)));
        schema.putArray("required").add("do").add("tasks");
        return schema;
    }

    private static ObjectNode task(Capability capability, Scope scope) {
        ObjectNode task = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = task.putObject("properties");
        ArrayNode required = task.putArray("required");
        properties.set("id", oneOf(scope.ids()));
        properties.set("task", oneOf(List.of(capability.name())));
        required.add("id").add("task");
        for (Parameter parameter : capability.parameters()) {
            properties.set(parameter.name(), argument(parameter, scope));
            required.add(parameter.name());
        }
        return task;
    }

    private static ObjectNode argument(Parameter parameter, Scope scope) {
        ObjectNode one =
                parameter.takesWords() ? JSON.objectNode().put("type", "string") : oneOf(names(parameter, scope));
        if (!parameter.many()) {
            return one;
        }
        ObjectNode list = JSON.objectNode().put("type", "array");
        list.set("items", one);
        if (!parameter.optional()) {
            list.put("minItems", 1);
        }
        return list.put("maxItems", MOST_VALUES);
    }

    /** Files and results of its types; and ids of tasks, if one that gives such a type may be planned. */
    private static List<String> names(Parameter parameter, Scope scope) {
        List<String> names = new ArrayList<>();
        scope.resources().stream()
                .filter(resource -> parameter.takes(resource.type().type()))
                .forEach(resource -> names.add(resource.name()));
        scope.known().forEach((id, typed) -> {
            if (parameter.takes(typed.type())) {
                names.add(id);
            }
        });
        boolean given = scope.capabilities().stream()
                .map(Capability::result)
                .anyMatch((ValueType type) -> parameter.takes(type));
        if (given) {
            names.addAll(scope.ids());
        }
        return names;
    }

    private static ObjectNode oneOf(List<String> names) {
        ObjectNode one = JSON.objectNode().put("type", "string");
        ArrayNode values = one.putArray("enum");
        names.forEach(values::add);
        return one;
    }
}
