package dev.troupe.tools.mcp;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;

/** JSON as the SDK reads and writes it here. */
public final class McpJson {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private McpJson() {}

    /** Reads and writes messages. */
    public static McpJsonMapper mapper() {
        return new JacksonMcpJsonMapper(JSON);
    }

    /** Takes everything for valid: whoever is asked looks at what it is given, and the model at what it gets. */
    public static JsonSchemaValidator unchecked() {
        return (schema, value) -> JsonSchemaValidator.ValidationResponse.asValid(String.valueOf(value));
    }
}
