package dev.troupe.tools.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Describes JSON: what is in what, with an example of each value. */
final class JsonFile {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long LARGEST = 8 << 20;
    private static final int MOST_FIELDS = 30;
    private static final int DEEPEST = 4;

    private JsonFile() {}

    /** The description, or an empty string when the file is no JSON or too large to be read whole. */
    static String describe(Path file, FileText text) throws IOException {
        if (Files.size(file) > LARGEST) {
            return "";
        }
        try (Reader reader = text.reader()) {
            return "JSON: " + shape(MAPPER.readTree(reader), 1);
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    /** One value a line; the first lines stand for the others. */
    static String describeLines(FileText text) {
        List<JsonNode> lines = new ArrayList<>();
        for (String line :
                text.head().lines().filter(line -> !line.isBlank()).limit(20).toList()) {
            try {
                lines.add(MAPPER.readTree(line));
            } catch (JsonProcessingException e) {
                break; // The last line of the head may be cut.
            }
        }
        return lines.isEmpty() ? "" : "JSON lines, one value a line; the first: " + shape(lines.getFirst(), 1);
    }

    private static String shape(JsonNode node, int depth) {
        if (node.isObject()) {
            return "object" + fields(node, depth);
        }
        if (node.isArray()) {
            String of = node.isEmpty() || depth > DEEPEST ? "" : ", the first: " + shape(node.get(0), depth + 1);
            return "array of " + node.size() + of;
        }
        if (node.isTextual()) {
            return "text, such as \"" + FileDescriptions.shortened(node.asText(), 40) + '"';
        }
        return node.isNull() ? "null" : (node.isBoolean() ? "boolean" : "number") + ", such as " + node.asText();
    }

    private static String fields(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            return " with " + node.size() + " fields";
        }
        StringBuilder out = new StringBuilder(" with");
        int shown = 0;
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (shown++ == MOST_FIELDS) {
                return out.append("\n")
                        .append("  ".repeat(depth))
                        .append("and more fields")
                        .toString();
            }
            out.append('\n').append("  ".repeat(depth)).append(FileDescriptions.shortened(field.getKey(), 60));
            out.append(": ").append(shape(field.getValue(), depth + 1));
        }
        return shown == 0 ? " without fields" : out.toString();
    }
}
