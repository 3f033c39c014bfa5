package dev.troupe.tools.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * A tool's schema in the few words that all models are held to: references are written out, and constraints that some do
 * not know are left out. The server checks its arguments anyway; a model that knows less of them is told by an error.
 */
final class PlainSchema {
    private static final Set<String> KEPT =
            Set.of("type", "description", "required", "enum", "const", "minItems", "maxItems", "default");
    private static final Set<String> LISTS = Set.of("anyOf", "oneOf", "prefixItems");
    /** A type within itself ends here, as anything. */
    private static final int DEEPEST = 8;

    private static final int MOST_ITEMS = 1_000;

    /** Written out, references to references can be many; the rest is anything. */
    private static final int MOST_SCHEMAS = 2_000;

    private final JsonNode root;
    private int made;

    private PlainSchema(JsonNode root) {
        this.root = root;
    }

    /** The schema of an object; an empty one for anything else. */
    static ObjectNode of(JsonNode schema) {
        JsonNode plain = new PlainSchema(schema).plain(schema, 0);
        ObjectNode object = plain instanceof ObjectNode node ? node : JsonNodeFactory.instance.objectNode();
        object.put("type", "object");
        if (!object.has("properties")) {
            object.putObject("properties");
        }
        return object;
    }

    private JsonNode plain(JsonNode schema, int depth) {
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        if (!schema.isObject() || depth > DEEPEST || ++made > MOST_SCHEMAS) {
            return plain;
        }
        String reference = schema.path("$ref").asText();
        if (!reference.isEmpty()) {
            return plain(reference.startsWith("#/") ? root.at(reference.substring(1)) : plain, depth + 1);
        }
        if (schema.path("allOf").size() == 1) {
            return plain(schema.path("allOf").get(0), depth + 1);
        }
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            keep(plain, entry.getKey(), entry.getValue(), depth + 1);
        }
        withoutMissing(plain);
        return plain;
    }

    private void keep(ObjectNode plain, String key, JsonNode value, int depth) {
        if (key.equals("properties") && value.isObject()) {
            ObjectNode properties = plain.putObject(key);
            value.properties().forEach(entry -> properties.set(entry.getKey(), plain(entry.getValue(), depth)));
        } else if (key.equals("items") || (key.equals("additionalProperties") && value.isObject())) {
            plain.set(key, plain(value, depth));
        } else if (key.equals("additionalProperties") && value.isBoolean()) {
            plain.set(key, value);
        } else if (LISTS.contains(key) && value.isArray() && !value.isEmpty()) {
            ArrayNode list = plain.putArray(key);
            value.forEach(one -> list.add(plain(one, depth)));
        } else if (KEPT.contains(key) && !(key.endsWith("Items") && value.asLong() > MOST_ITEMS)) {
            plain.set(key, value);
        }
    }

    /** What is required must be there to be given. */
    private static void withoutMissing(ObjectNode plain) {
        if (plain.path("required").isArray()) {
            ArrayNode required = JsonNodeFactory.instance.arrayNode();
            for (JsonNode name : plain.path("required")) {
                if (plain.path("properties").has(name.asText())) {
                    required.add(name.asText());
                }
            }
            plain.set("required", required);
        }
    }
}
