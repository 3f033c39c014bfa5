package dev.troupe.models.expert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.onnx.ModelFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One of a model's configuration files; errors name the file and the key. */
public final class Settings {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ModelFiles files;
    private final String file;
    private final JsonNode root;

    private Settings(ModelFiles files, String file, JsonNode root) {
        this.files = files;
        this.file = file;
        this.root = root;
    }

    /** A file that may be missing; then everything has its default. */
    public static Settings of(ModelFiles files, String file) {
        if (!files.has(file)) {
            return new Settings(files, file, MissingNode.getInstance());
        }
        try {
            return new Settings(files, file, MAPPER.readTree(files.read(file)));
        } catch (JsonProcessingException e) {
            throw files.broken(file, "no JSON: " + e.getOriginalMessage(), "a JSON object", e);
        } catch (IOException e) {
            throw files.broken(file, String.valueOf(e.getMessage()), "a file that can be read", e);
        }
    }

    /** The names of a classifier's outputs, by {@code id2label}. */
    public List<String> labels() {
        JsonNode table = root.path("id2label");
        List<String> labels = new ArrayList<>();
        while (table.has(Integer.toString(labels.size()))) {
            labels.add(table.get(Integer.toString(labels.size())).asText());
        }
        if (labels.isEmpty() || labels.size() != table.size()) {
            throw files.broken(
                    file,
                    labels.isEmpty() ? "no id2label" : "id2label has gaps",
                    "id2label with a name for each output, from 0",
                    null);
        }
        return labels;
    }

    /** As {@link #labels()}, where the model has that many outputs. */
    public List<String> labels(long outputs) {
        List<String> labels = labels();
        if (outputs >= 0 && labels.size() != outputs) {
            throw files.broken(
                    file,
                    "id2label has " + labels.size() + " names",
                    outputs + ", as many as the model has outputs",
                    null);
        }
        return labels;
    }

    /** The names of a table of names to numbers, from 0 without gaps, in the order of the numbers. */
    public List<String> names() {
        String[] names = new String[root.size()];
        root.properties().forEach(entry -> {
            int number = entry.getValue().asInt(-1);
            if (number < 0 || number >= names.length || names[number] != null) {
                throw files.broken(
                        file,
                        entry.getKey() + " is " + entry.getValue(),
                        "a number of its own, from 0 to " + (names.length - 1),
                        null);
            }
            names[number] = entry.getKey();
        });
        if (names.length == 0) {
            throw files.broken(file, files.has(file) ? "empty" : "missing", "a table of names to numbers", null);
        }
        return List.of(names);
    }

    public boolean has(String key) {
        return !root.path(key).isMissingNode() && !root.path(key).isNull();
    }

    public Optional<String> text(String key) {
        return root.path(key).isTextual() ? Optional.of(root.path(key).asText()) : Optional.empty();
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} when it is there and no number */
    public double number(String key, double otherwise) {
        return has(key) ? requireNumber(key, root.get(key)) : otherwise;
    }

    public int whole(String key, int otherwise) {
        return (int) number(key, otherwise);
    }

    public boolean flag(String key, boolean otherwise) {
        return root.path(key).isBoolean() ? root.path(key).asBoolean() : otherwise;
    }

    /** A number for each of {@code count} channels. */
    public float[] numbers(String key, int count, float... otherwise) {
        if (!has(key)) {
            return otherwise.clone();
        }
        JsonNode list = root.get(key);
        if (!list.isArray() || list.size() != count) {
            throw files.broken(file, key + " is " + list, "a list of " + count + " numbers", null);
        }
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) requireNumber(key, list.get(i));
        }
        return numbers;
    }

    /** The object below a key; empty where there is none. */
    public Settings below(String key) {
        return new Settings(files, file, root.path(key));
    }

    private double requireNumber(String key, JsonNode node) {
        if (!node.isNumber()) {
            throw files.broken(file, key + " is " + node, "a number", null);
        }
        return node.asDouble();
    }
}
