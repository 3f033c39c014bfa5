package dev.troupe.tools.egress;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON document is made of, for somebody who looks for a field: all names, of lists and of fields that are alike the
 * first only, and values as long as there is room. A document may break off anywhere: what came before is shown.
 */
final class ResponseShape {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_FIELDS = 60;
    private static final int DEEPEST = 12;
    private static final int LONGEST_TEXT = 40;
    private static final int FEW = 3;

    private final JsonParser parser;

    private ResponseShape(JsonParser parser) {
        this.parser = parser;
    }

    private sealed interface Node {}

    private record Scalar(String text) implements Node {}

    /** @param count of all fields, also of those that are not among the first */
    private record Fields(Map<String, Node> first, int count) implements Node {}

    private record Items(@Nullable Node first, int count) implements Node {}

    /**
     * @param body the document's beginning at least, in UTF-8
     * @param limit the most characters
     * @return for a body that is no JSON its first characters
     */
    static String of(byte[] body, int limit) {
        Node root = null;
        try (JsonParser parser = JSON.createParser(body)) {
            ResponseShape shape = new ResponseShape(parser);
            root = shape.read(shape.next(), 0);
        } catch (IOException e) {
            // No JSON.
        }
        return root == null || root instanceof Scalar
                ? cut(new String(body, StandardCharsets.UTF_8), limit)
                : text(root, limit);
    }

    private static String text(Node root, int limit) {
        String text = text(root, true, DEEPEST);
        for (int depth = DEEPEST; depth > 0 && text.length() > limit; depth--) {
            text = text(root, false, depth);
        }
        return cut(text, limit);
    }

    /** Null at the end, and where the document cannot be read further. */
    private @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable Node read(@Nullable JsonToken token, int depth) throws IOException {
        if (token == null) {
            return null;
        }
        return switch (token) {
            case START_OBJECT -> fields(depth);
            case START_ARRAY -> items(depth);
            case VALUE_STRING -> text();
            default -> new Scalar(parser.getText());
        };
    }

    /** With no quotation mark inside, so that what reads a shape need not undo them; null where it breaks off. */
    private @Nullable Scalar text() {
        try {
            return new Scalar('"' + cut(parser.getText(), LONGEST_TEXT).replace('"', '\'') + '"');
        } catch (IOException e) {
            return null;
        }
    }

    private Fields fields(int depth) throws IOException {
        Map<String, Node> first = new LinkedHashMap<>();
        int count = 0;
        while (next() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Node value = read(next(), depth + 1);
            if (value == null) {
                break;
            }
            if (first.size() < MOST_FIELDS && depth < DEEPEST) {
                first.put(cut(name, LONGEST_TEXT), value);
            }
            count++;
        }
        return new Fields(isMap(first) ? firstOf(first) : first, count);
    }

    private static Map<String, Node> firstOf(Map<String, Node> fields) {
        Map.Entry<String, Node> one = fields.entrySet().iterator().next();
        return Map.of(one.getKey(), one.getValue());
    }

    /** Whether its names are data: what they stand for is alike. */
    private static boolean isMap(Map<String, Node> fields) {
        Iterator<Node> values = fields.values().iterator();
        return fields.size() > FEW
                && values.next() instanceof Fields one
                && values.next() instanceof Fields other
                && one.first.keySet().equals(other.first.keySet());
    }

    private Items items(int depth) throws IOException {
        Node first = null;
        int count = 0;
        for (JsonToken token = next(); token != null && token != JsonToken.END_ARRAY; token = next()) {
            Node item = read(token, depth + 1);
            first = first == null ? item : first;
            count++;
        }
        return new Items(first, count);
    }

    private static String text(Node node, boolean values, int depth) {
        return switch (node) {
            case Scalar scalar -> values ? scalar.text : "…";
            case Fields fields ->
                depth == 0 && fields.count > 0 ? "{…}" : '{' + fieldsText(fields, values, depth) + '}';
            case Items items -> {
                List<String> parts = new ArrayList<>();
                if (items.first != null) {
                    parts.add(text(items.first, values || items.first instanceof Scalar, depth));
                }
                addMore(parts, items.count - 1);
                yield '[' + String.join(", ", parts) + ']';
            }
        };
    }

    private static String fieldsText(Fields fields, boolean values, int depth) {
        List<String> parts = new ArrayList<>();
        fields.first.forEach((name, value) -> parts.add(
                '"' + name + '"' + (value instanceof Scalar && !values ? "" : ": " + text(value, values, depth - 1))));
        addMore(parts, fields.count - fields.first.size());
        return String.join(", ", parts);
    }

    private static void addMore(List<String> parts, int more) {
        if (more > 0) {
            parts.add("… " + more + " more");
        }
    }

    private static String cut(String text, int most) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
    }
}
