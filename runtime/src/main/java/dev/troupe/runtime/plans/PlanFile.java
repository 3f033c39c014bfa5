package dev.troupe.runtime.plans;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.embedding.Embedder;
import dev.troupe.planner.draft.Embedded;
import dev.troupe.planner.draft.Link;
import dev.troupe.planner.draft.Solved;
import dev.troupe.planner.draft.TaskPlan;
import dev.troupe.planner.draft.Tool;
import dev.troupe.planner.draft.ToolGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads requests with their right plans, and tools, as TaskBench and GNN4TaskPlan write them. */
public final class PlanFile {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Requests whose vectors are computed at once. */
    private static final int BATCH = 256;

    private final @Nullable Embedder embedder;

    /** @param embedder of requests and descriptions, or null for words alone */
    public PlanFile(@Nullable Embedder embedder) {
        this.embedder = embedder;
    }

    /**
     * A file with one object a line: {@code user_request}, {@code task_nodes} and {@code task_links}.
     *
     * @throws TroupeException {@code INPUT_INVALID}, naming the line that is none; {@code NOT_FOUND} without a file
     */
    public List<Solved> solved(Path file) {
        List<String> requests = new ArrayList<>();
        List<TaskPlan> plans = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (!line.isBlank()) {
                JsonNode object = parsed(line, file + ":" + number);
                requests.add(text(object, "user_request", file + ":" + number).strip());
                plans.add(plan(object, file + ":" + number));
            }
        }
        if (requests.isEmpty()) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, file + ": no requests (expected: one a line)", null);
        }
        List<Embedded> embedded = embedded(requests);
        List<Solved> solved = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            solved.add(new Solved(embedded.get(i), plans.get(i)));
        }
        return solved;
    }

    /**
     * Tools of a file with {@code nodes} ({@code id}, {@code desc}) and a graph of one with {@code links}.
     *
     * @throws TroupeException {@code INPUT_INVALID} or {@code NOT_FOUND}, naming the file
     */
    public ToolGraph graph(Path tools, Path links) {
        List<String> names = new ArrayList<>();
        List<String> descriptions = new ArrayList<>();
        for (JsonNode node : parsed(whole(tools), tools.toString()).path("nodes")) {
            names.add(text(node, "id", tools.toString()));
            descriptions.add(text(node, "desc", tools.toString()));
        }
        List<String> described = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            described.add(names.get(i).replace('_', ' ') + ": " + descriptions.get(i));
        }
        List<Embedded> embedded = embedded(described);
        List<Tool> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            all.add(new Tool(names.get(i), embedded.get(i)));
        }
        return ToolGraph.of(all, links(parsed(whole(links), links.toString()).path("links"), links.toString()));
    }

    private static TaskPlan plan(JsonNode object, String where) {
        List<String> tools = new ArrayList<>();
        for (JsonNode node : object.path("task_nodes")) {
            tools.add(text(node, "task", where));
        }
        if (tools.isEmpty()) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, where + ": task_nodes: none (expected: at least one)", null);
        }
        return new TaskPlan(tools, links(object.path("task_links"), where));
    }

    private static List<Link> links(JsonNode list, String where) {
        List<Link> links = new ArrayList<>();
        for (JsonNode link : list) {
            links.add(new Link(text(link, "source", where), text(link, "target", where)));
        }
        return links;
    }

    private List<Embedded> embedded(List<String> texts) {
        List<Embedded> embedded = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> part = texts.subList(from, Math.min(texts.size(), from + BATCH));
            if (embedder == null) {
                part.forEach(text -> embedded.add(Embedded.words(text)));
            } else {
                List<float[]> vectors = embedder.embed(part);
                for (int i = 0; i < part.size(); i++) {
                    embedded.add(new Embedded(part.get(i), vectors.get(i)));
                }
            }
        }
        return embedded;
    }

    private static String text(JsonNode object, String field, String where) {
        @Nullable JsonNode value = object.get(field);
        if (value == null || !value.isTextual() || value.textValue().isBlank()) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, where + ": " + field + ": " + value + " (expected: a text)", null);
        }
        return value.textValue();
    }

    private static JsonNode parsed(String text, String where) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, where + ": " + e.getOriginalMessage(), null, e);
        }
    }

    private static String whole(Path file) {
        return String.join("\n", lines(file));
    }

    private static List<String> lines(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new TroupeException(ErrorCode.NOT_FOUND, "file: " + file + " (expected: a file)", null);
        }
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, "file: " + file + " cannot be read", null, e);
        }
    }
}
