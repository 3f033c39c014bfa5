package dev.troupe.models.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.Map;
import java.util.Set;

/**
 * Admits the JSON schemas that the native library turns into a grammar faithfully. It aborts its process on an unknown
 * type and ignores keywords that it does not know, and an ignored constraint would be a promise not kept.
 */
final class SchemaCheck {
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final Set<String> FORMATS = Set.of("date", "time", "date-time", "uuid");
    private static final Set<String> ANNOTATIONS =
            Set.of("title", "description", "default", "examples", "$schema", "$id", "$comment", "deprecated");
    private static final Set<String> SUPPORTED = Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "enum",
            "const",
            "oneOf",
            "anyOf",
            "$ref",
            "$defs",
            "definitions",
            "format");
    private static final int DEPTH = 32;
    private static final int CHARACTERS = 64 << 10;
    /** Repetitions are written out in the grammar, one rule each. */
    private static final int REPETITIONS = 1024;

    private final JsonNode root;

    private SchemaCheck(JsonNode root) {
        this.root = root;
    }

    /** @throws TroupeException {@code INPUT_INVALID}, naming the place as a JSON pointer */
    static void check(JsonNode schema) {
        int length = schema.toString().length();
        require(length <= CHARACTERS, "", length + " characters", "at most " + CHARACTERS);
        new SchemaCheck(schema).schema(schema, "", 0);
    }

    private void schema(JsonNode node, String path, int depth) {
        require(node.isObject(), path, node, "an object");
        require(depth <= DEPTH, path, "nested " + depth + " deep", "at most " + DEPTH);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            require(
                    SUPPORTED.contains(entry.getKey()) || ANNOTATIONS.contains(entry.getKey()),
                    path,
                    "keyword " + entry.getKey(),
                    "one that a local model can be held to");
        }
        type(node, path);
        values(node, path);
        bounds(node, path);
        children(node, path, depth + 1);
    }

    private static void type(JsonNode node, String path) {
        JsonNode type = node.path("type");
        if (type.isArray()) {
            require(!type.isEmpty(), path + "/type", type, "at least one type");
            type.forEach(one -> oneOf(one, TYPES, path + "/type"));
        } else if (!type.isMissingNode()) {
            oneOf(type, TYPES, path + "/type");
        }
        if (node.has("format")) {
            oneOf(node.get("format"), FORMATS, path + "/format");
        }
    }

    private void values(JsonNode node, String path) {
        JsonNode values = node.path("enum");
        require(values.isMissingNode() || (values.isArray() && !values.isEmpty()), path + "/enum", values, "values");
        JsonNode reference = node.path("$ref");
        if (!reference.isMissingNode()) {
            String target = reference.asText();
            require(
                    target.startsWith("#/") && root.at(target.substring(1)).isObject(),
                    path + "/$ref",
                    reference,
                    "a place within this schema, such as #/$defs/name");
        }
    }

    private static void bounds(JsonNode node, String path) {
        for (String keyword : Set.of("minItems", "maxItems", "minLength", "maxLength")) {
            JsonNode value = node.path(keyword);
            require(
                    value.isMissingNode()
                            || (value.isIntegralNumber() && value.asLong() >= 0 && value.asLong() <= REPETITIONS),
                    path + "/" + keyword,
                    value,
                    "0 to " + REPETITIONS);
        }
        for (String keyword : Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")) {
            JsonNode value = node.path(keyword);
            boolean integer = "integer".equals(node.path("type").asText());
            require(
                    value.isMissingNode() || (integer && value.isIntegralNumber() && value.canConvertToInt()),
                    path + "/" + keyword,
                    value,
                    "a whole number beside type integer");
        }
    }

    private void children(JsonNode node, String path, int depth) {
        for (String keyword : Set.of("properties", "$defs", "definitions")) {
            JsonNode named = node.path(keyword);
            require(named.isMissingNode() || named.isObject(), path + "/" + keyword, named, "an object");
            named.properties()
                    .forEach(entry -> schema(entry.getValue(), path + "/" + keyword + "/" + entry.getKey(), depth));
        }
        for (String keyword : Set.of("prefixItems", "oneOf", "anyOf")) {
            JsonNode list = node.path(keyword);
            require(
                    list.isMissingNode() || (list.isArray() && !list.isEmpty()),
                    path + "/" + keyword,
                    list,
                    "at least one schema");
            int index = 0;
            for (JsonNode one : list) {
                schema(one, path + "/" + keyword + "/" + index++, depth);
            }
        }
        if (node.has("items")) {
            schema(node.get("items"), path + "/items", depth);
        }
        JsonNode additional = node.path("additionalProperties");
        if (!additional.isMissingNode() && !additional.isBoolean()) {
            schema(additional, path + "/additionalProperties", depth);
        }
        required(node, path);
    }

    private static void required(JsonNode node, String path) {
        for (JsonNode name : node.path("required")) {
            require(
                    name.isTextual() && node.path("properties").has(name.asText()),
                    path + "/required",
                    name,
                    "names of properties");
        }
    }

    private static void oneOf(JsonNode value, Set<String> expected, String path) {
        require(
                value.isTextual() && expected.contains(value.asText()),
                path,
                value,
                String.join(", ", expected.stream().sorted().toList()));
    }

    private static void require(boolean holds, String path, Object value, String expected) {
        if (!holds) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "schema%s: %s (expected: %s)".formatted(path, value, expected), null);
        }
    }
}
