package dev.troupe.runtime.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.agents.TaskEvent;

/** An event of a task: its number, its time, and what happened. */
final class EventJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private EventJson() {}

    static ObjectNode of(TaskEvent event) {
        ObjectNode object = JSON.createObjectNode();
        object.put("task", event.task());
        object.put("number", event.number());
        object.put("at_ms", event.atMillis());
        object.setAll((ObjectNode) JSON.valueToTree(event.what()));
        return object;
    }
}
