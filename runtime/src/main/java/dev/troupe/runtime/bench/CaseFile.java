package dev.troupe.runtime.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.planner.graph.Capabilities;
import dev.troupe.runtime.bench.BenchCase.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads {@code cases.jsonl}; the format is documented in {@code examples/README.md}. */
public final class CaseFile {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path file;
    private final List<BenchCase> cases = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, Split> templates = new HashMap<>();

    private CaseFile(Path file) {
        this.file = file;
    }

    /**
     * All cases, in the file's order.
     *
     * @throws TroupeException {@code INPUT_INVALID}, naming the line, when one is no case, an id occurs twice, or a
     *     template is in both halves; {@code NOT_FOUND} when there is no such file
     */
    public static List<BenchCase> read(Path file) {
        CaseFile reader = new CaseFile(file);
        List<String> lines = reader.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                reader.add(lines.get(i), i + 1);
            }
        }
        if (reader.cases.isEmpty()) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, file + ": no cases (expected: one a line)", null);
        }
        return List.copyOf(reader.cases);
    }

    private List<String> lines() {
        if (!Files.isRegularFile(file)) {
            throw new TroupeException(ErrorCode.NOT_FOUND, "cases: " + file + " (expected: a file)", null);
        }
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, "cases: " + file + " cannot be read", null, e);
        }
    }

    private void add(String line, int number) {
        BenchCase read;
        try {
            read = read(MAPPER.readTree(line), file.toAbsolutePath());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            String why = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new TroupeException(ErrorCode.INPUT_INVALID, file + ":" + number + ": " + why, null, e);
        }
        if (!ids.add(read.id())) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, file + ":" + number + ": id: " + read.id() + " (expected: once)", null);
        }
        if (templates.computeIfAbsent(read.template(), template -> read.split()) != read.split()) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    file + ":" + number + ": template: " + read.template() + " (expected: in one half only)",
                    null);
        }
        cases.add(read);
    }

    private static BenchCase read(JsonNode line, Path file) {
        String split = text(line, "split");
        if (!split.equals("learn") && !split.equals("test")) {
            throw new IllegalArgumentException("split: " + split + " (expected: learn or test)");
        }
        return new BenchCase(
                text(line, "id"),
                text(line, "template"),
                text(line, "skill"),
                split.equals("learn") ? Split.LEARN : Split.TEST,
                text(line, "question"),
                check(line.path("check")),
                line.has("slice") ? text(line, "slice") : null,
                files(line.path("files"), file),
                plans(line.path("plans")));
    }

    /** Beside the file with the cases. */
    private static List<Path> files(JsonNode names, Path file) {
        List<Path> files = new ArrayList<>();
        for (JsonNode name : names) {
            Path path = file.resolveSibling(name.asText(""));
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException("files: " + name + " (expected: a file beside the cases)");
            }
            files.add(path);
        }
        return files;
    }

    private static List<List<String>> plans(JsonNode plans) {
        List<List<String>> read = new ArrayList<>();
        for (JsonNode plan : plans) {
            List<String> tasks = new ArrayList<>();
            for (JsonNode task : plan) {
                if (Capabilities.find(task.asText("")).isEmpty()) {
                    throw new IllegalArgumentException("plans: " + task + " (expected: a type of task)");
                }
                tasks.add(task.asText());
            }
            read.add(tasks);
        }
        return read;
    }

    static Check check(JsonNode check) {
        if (check.path("number").isNumber()) {
            return new Check.Numeric(
                    check.path("number").asDouble(), check.path("tolerance").asDouble(0));
        }
        if (check.has("text")) {
            return new Check.Text(texts(check, "text"), texts(check, "others"));
        }
        if (check.has("set")) {
            return new Check.SetOf(texts(check, "set"), texts(check, "others"));
        }
        if (check.has("regex")) {
            return new Check.Regex(pattern(text(check, "regex")));
        }
        if (check.path("values").isArray() && !check.path("values").isEmpty()) {
            return new Check.Values(values(check.path("values")), whole(check, "extra", 0));
        }
        if (check.has("names")) {
            return new Check.Names(texts(check, "names"), whole(check, "least", 1), texts(check, "others"));
        }
        if (check.path("unanswerable").asBoolean(false)) {
            return new Check.Unanswerable(texts(check, "others"));
        }
        if (check.path("any").isArray() && !check.path("any").isEmpty()) {
            return new Check.Any(checks(check.path("any")));
        }
        if (check.path("all").isArray() && !check.path("all").isEmpty()) {
            return new Check.All(checks(check.path("all")));
        }
        throw new IllegalArgumentException(
                "check: " + check + " (expected: number, text, set, regex, values, names, unanswerable, any or all)");
    }

    private static List<Check> checks(JsonNode list) {
        List<Check> checks = new ArrayList<>();
        list.forEach(one -> checks.add(check(one)));
        return checks;
    }

    private static List<Check.Value> values(JsonNode list) {
        List<Check.Value> values = new ArrayList<>();
        for (JsonNode value : list) {
            List<Double> any = new ArrayList<>();
            value.path("any").forEach(number -> any.add(number.isNumber() ? number.asDouble() : Double.NaN));
            if (any.isEmpty() || any.contains(Double.NaN)) {
                throw new IllegalArgumentException("values: " + value + " (expected: any: numbers)");
            }
            values.add(new Check.Value(any, value.path("tolerance").asDouble(0)));
        }
        return values;
    }

    private static int whole(JsonNode check, String field, int otherwise) {
        JsonNode value = check.path(field);
        if (!value.isMissingNode() && (!value.isInt() || value.intValue() < 0)) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: a whole number from 0)");
        }
        return value.asInt(otherwise);
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("regex: " + regex + " (expected: a regular expression)", e);
        }
    }

    private static String text(JsonNode node, String field) {
        @Nullable JsonNode value = node.get(field);
        if (value == null || !value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: a text)");
        }
        return value.textValue();
    }

    /** An array of texts; left out, {@code others} is empty and anything else an error. */
    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : node.path(field)) {
            if (!value.isTextual() || Words.of(value.textValue()).spaced().isBlank()) {
                throw new IllegalArgumentException(field + ": " + value + " (expected: a text with a word in it)");
            }
            texts.add(value.textValue());
        }
        if (texts.isEmpty() && !field.equals("others")) {
            throw new IllegalArgumentException(field + ": none (expected: at least one)");
        }
        return texts;
    }
}
