package dev.troupe.models.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaCheckTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static List<String> supported() {
        return List.of(
                "{}",
                "{\"type\": [\"string\", \"null\"], \"description\": \"x\"}",
                "{\"type\": \"string\", \"minLength\": 2, \"maxLength\": 1024}",
                "{\"type\": \"array\", \"items\": {\"type\": \"number\"}, \"minItems\": 1, \"maxItems\": 3}",
                "{\"type\": \"array\", \"prefixItems\": [{\"type\": \"null\"}, {\"type\": \"boolean\"}]}",
                "{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 9}",
                "{\"type\": \"integer\", \"exclusiveMinimum\": -5}",
                "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"enum\": [1, \"b\"]}}}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"const\": 1}}, \"required\": [\"a\"]}",
                "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"integer\"}}",
                "{\"type\": \"object\", \"additionalProperties\": true}",
                "{\"oneOf\": [{\"type\": \"string\", \"format\": \"date-time\"}, {\"type\": \"null\"}]}",
                "{\"anyOf\": [{\"type\": \"string\", \"format\": \"uuid\"}, {\"type\": \"null\"}]}");
    }

    @ParameterizedTest
    @MethodSource("supported")
    void check_supported_passes(String schema) {
        assertThatCode(() -> SchemaCheck.check(JSON.readTree(schema))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"type": "colour"}                                       | schema/type: "colour" (expected: array,
                    {"type": []}                                             | schema/type: [] (expected: at least one type)
                    {"pattern": "^a$"}                                       | schema: keyword pattern (expected:
                    {"type": "number", "minimum": 1}                         | schema/minimum: 1 (expected: a whole number beside type integer)
                    {"type": "array", "items": {"multipleOf": 2}}            | schema/items: keyword multipleOf
                    {"type": "array", "maxItems": 100000}                    | schema/maxItems: 100000 (expected: 0 to 1024)
                    {"enum": []}                                             | schema/enum: [] (expected: values)
                    {"$ref": "https://example.com/a"}                        | schema/$ref: "https://example.com/a" (expected: a place within
                    {"$ref": "#/$defs/none"}                                 | schema/$ref: "#/$defs/none" (expected: a place within
                    {"properties": {"a": {"anyOf": []}}}                     | schema/properties/a/anyOf: [] (expected: at least one schema)
                    {"required": ["a"]}                                      | schema/required: "a" (expected: names of properties)
                    {"format": "email"}                                      | schema/format: "email" (expected: date, date-time, time, uuid)
                    [1]                                                      | schema: [1] (expected: an object)
                    """)
    void check_unsupported_isInvalidAndNamesThePlace(String schema, String message) {
        assertThatThrownBy(() -> SchemaCheck.check(JSON.readTree(schema)))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID);
                    assertThat(e).hasMessageStartingWith(message);
                });
    }

    @Test
    void check_nestedTooDeep_isInvalid() {
        String schema = "{\"items\": ".repeat(40) + "{}" + "}".repeat(40);

        assertThatThrownBy(() -> SchemaCheck.check(JSON.readTree(schema)))
                .hasMessageEndingWith("nested 33 deep (expected: at most 32)");
    }
}
