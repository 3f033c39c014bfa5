package dev.troupe.runtime.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A section of a team, by the keys that team files have: a model, a tool, an agent, the budget. What a key may hold is
 * checked when the team is opened.
 */
public class Section {
    private static final JsonMapper MAPPER = new JsonMapper();

    final ObjectNode keys = JsonNodeFactory.instance.objectNode();

    Section() {}

    /**
     * Sets a key.
     *
     * @param value a text (taken as it stands: nothing in it refers to the environment), a number, a boolean, or a list or
     *     a map of such
     */
    public Section set(String key, Object value) {
        keys.set(key, literal(MAPPER.valueToTree(value)));
        return this;
    }

    /** Adds to the list under a key. */
    Section add(String key, Object value) {
        keys.withArray("/" + key).add(literal(MAPPER.valueToTree(value)));
        return this;
    }

    /** A text that means itself, where a team file would read the environment. */
    static JsonNode literal(JsonNode node) {
        if (node.isTextual()) {
            return JsonNodeFactory.instance.textNode(node.textValue().replace("${", "$${"));
        }
        if (node.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> items.add(literal(item)));
            return items;
        }
        if (node.isObject()) {
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                fields.set(field.getKey(), literal(field.getValue()));
            }
            return fields;
        }
        return node;
    }

    /** An agent that answers by writing and running programs. */
    public static final class Assistant extends Section {
        Assistant() {
            set("kind", "assistant").set("ladder", List.of());
        }

        /** What it is for. */
        public Assistant instructions(String text) {
            set("instructions", text);
            return this;
        }

        /** The code tools that it has, of those that the team has: {@code python}, {@code shell}. */
        public Assistant tools(String... names) {
            set("tools", List.of(names));
            return this;
        }

        /** The next way of trying: a model that may be called so many times. Cheapest first. */
        public Assistant rung(String name, String model, int turns) {
            return rung(Map.of("name", name, "model", model, "turns", turns));
        }

        /** The next way of trying, by the keys of a rung in a team file. */
        public Assistant rung(Map<String, ?> rung) {
            add("ladder", rung);
            return this;
        }

        /** The next way of trying: a verified program with other values, without a model. */
        public Assistant replay() {
            add("ladder", "replay");
            return this;
        }

        /**
         * Shows solved questions that are alike.
         *
         * @param show at most so many, 0 to 10
         * @param similarity the least cosine, 0 to 1
         */
        public Assistant demonstrations(int show, double similarity) {
            set("demonstrations", Map.of("show", show, "similarity", similarity));
            return this;
        }
    }
}
