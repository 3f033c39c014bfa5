package dev.troupe.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class PlainSchemaTest {
    private static JsonNode json(String text) throws JsonProcessingException {
        return new JsonMapper().readTree(text);
    }

    @Test
    void references_areWrittenOut_andWhatSomeModelsDoNotKnowIsLeftOut() throws JsonProcessingException {
        JsonNode schema = json("""
                {"$schema": "x", "title": "Args", "type": "object", "required": ["place", "gone"],
                 "properties": {
                   "place": {"$ref": "#/$defs/Place"},
                   "tags": {"type": "array", "items": {"type": "string", "pattern": "^a"}, "maxItems": 5, "uniqueItems": true},
                   "when": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}], "default": null},
                   "unit": {"allOf": [{"$ref": "#/$defs/Unit"}]}},
                 "$defs": {
                   "Place": {"type": "object", "properties": {"lat": {"type": "number", "minimum": -90.5}}},
                   "Unit": {"type": "string", "enum": ["C", "F"]}}}
                """);
        assertThat(PlainSchema.of(schema)).isEqualTo(json("""
                {"type": "object", "required": ["place"],
                 "properties": {
                   "place": {"type": "object", "properties": {"lat": {"type": "number"}}},
                   "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 5},
                   "when": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": null},
                   "unit": {"type": "string", "enum": ["C", "F"]}}}
                """));
    }

    @Test
    void typeWithinItself_ends_andNonsenseIsAnObjectWithoutFields() throws JsonProcessingException {
        JsonNode tree = json("""
                {"type": "object", "properties": {"child": {"$ref": "#"}, "other": {"$ref": "#/$defs/Node"}},
                 "$defs": {"Node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}}}
                """);
        String plain = PlainSchema.of(tree).toString();
        assertThat(plain).doesNotContain("$ref");
        assertThat(plain.length()).isLessThan(5_000);
        assertThat(PlainSchema.of(json("true"))).isEqualTo(json("{\"type\": \"object\", \"properties\": {}}"));
        assertThat(PlainSchema.of(json("{\"$ref\": \"http://elsewhere/x\"}")))
                .isEqualTo(json("{\"type\": \"object\", \"properties\": {}}"));
    }

    @Test
    void referencesWithoutEnd_areBounded() {
        com.fasterxml.jackson.databind.node.ObjectNode schema = new JsonMapper().createObjectNode();
        var properties = schema.putObject("properties");
        for (int i = 0; i < 500; i++) {
            properties.putObject("p" + i).put("$ref", "#");
        }
        assertThat(PlainSchema.of(schema).toString().length()).isLessThan(100_000);
    }
}
