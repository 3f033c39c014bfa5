package dev.troupe.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that a client sent. A field that is null counts as left out; one of the wrong type is
 * refused, with its path; those that nobody asks for are ignored, as OpenAI does.
 *
 * @param path of the object itself: empty, or {@code messages[0].}
 */
record Fields(ObjectNode object, String path) {
    private @Nullable JsonNode get(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    boolean has(String name) {
        return get(name) != null;
    }

    /** As it was sent, or null. */
    @Nullable
    JsonNode raw(String name) {
        return get(name);
    }

    @Nullable
    String text(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isTextual()) {
            throw wrongType(name, value, "a string");
        }
        return value == null ? null : value.textValue();
    }

    String requiredText(String name) {
        String text = text(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    boolean flag(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isBoolean()) {
            throw wrongType(name, value, "a boolean");
        }
        return value != null && value.booleanValue();
    }

    @Nullable
    Double number(String name, double from, double to) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        String expected = "a number from " + plain(from) + " to " + plain(to);
        if (!value.isNumber()) {
            throw wrongType(name, value, expected);
        }
        double number = value.doubleValue();
        if (!(number >= from && number <= to)) {
            throw outOfRange(name, value, expected);
        }
        return number;
    }

    @Nullable
    Long integer(String name, long from, long to) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        String expected = "an integer from " + from + " to " + to;
        if (!value.isIntegralNumber()) {
            throw wrongType(name, value, expected);
        }
        if (!value.canConvertToLong() || value.longValue() < from || value.longValue() > to) {
            throw outOfRange(name, value, expected);
        }
        return value.longValue();
    }

    @Nullable
    Fields object(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isObject()) {
            throw wrongType(name, value, "an object");
        }
        return value == null ? null : new Fields((ObjectNode) value, path + name + ".");
    }

    /** The objects of an array, or null when it is left out. */
    @Nullable
    List<Fields> objects(String name, int most) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ArrayNode array)) {
            throw wrongType(name, value, "an array of objects");
        }
        if (array.size() > most) {
            throw invalid(name, "invalid_value", array.size() + " elements", "at most " + most);
        }
        List<Fields> objects = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String place = name + "[" + i + "]";
            if (!(array.get(i) instanceof ObjectNode element)) {
                throw wrongType(place, array.get(i), "an object");
            }
            objects.add(new Fields(element, path + place + "."));
        }
        return objects;
    }

    /** One string or an array of them; empty when it is left out. */
    List<String> texts(String name, int most) {
        JsonNode value = get(name);
        if (value == null) {
            return List.of();
        }
        String expected = "a string or an array of at most " + most + " strings";
        if (value.isTextual()) {
            return List.of(value.textValue());
        }
        if (!value.isArray()) {
            throw wrongType(name, value, expected);
        }
        if (value.size() > most) {
            throw invalid(name, "invalid_value", value.size() + " elements", expected);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw wrongType(name + "[" + texts.size() + "]", element, "a string");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    ApiException missing(String name) {
        return ApiException.invalid(
                "missing_required_parameter", path + name, path + name + ": missing (expected: a value)");
    }

    ApiException wrongType(String name, JsonNode value, String expected) {
        return invalid(name, "invalid_type", described(value), expected);
    }

    private ApiException outOfRange(String name, JsonNode value, String expected) {
        return invalid(name, "invalid_value", value.asText(), expected);
    }

    ApiException invalid(String name, String code, String value, String expected) {
        String shown = value.length() > 100 ? value.substring(0, 100) + "…" : value;
        return ApiException.invalid(code, path + name, path + name + ": " + shown + " (expected: " + expected + ")");
    }

    private static String described(JsonNode value) {
        String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return (type.startsWith("a") || type.startsWith("o") ? "an " : "a ") + type;
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
