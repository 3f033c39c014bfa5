package dev.troupe.tools.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.call.ToolResult.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools of a team, by name. Thread-safe. Closing it closes them. */
public final class Toolbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Toolbox.class);
    private static final int LONGEST_ARGUMENTS = 256 << 10;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, BoundedCall> calls = new LinkedHashMap<>();

    /**
     * @throws TroupeException {@code TEAM_INVALID} when two have the same name
     */
    public Toolbox(List<? extends Tool> all) {
        for (Tool tool : all) {
            String name = tool.spec().name();
            if (tools.putIfAbsent(name, tool) != null) {
                throw new TroupeException(
                        ErrorCode.TEAM_INVALID,
                        "tools: two are called " + name + " (expected: a name for each)",
                        "give one of them another name in the team file");
            }
            calls.put(name, new BoundedCall(tool));
        }
    }

    /** A toolbox with nothing in it. */
    public static Toolbox empty() {
        return new Toolbox(List.of());
    }

    /** What each tool is, in the order in which they were given. */
    public List<Tool.Spec> specs() {
        return tools.values().stream().map(Tool::spec).toList();
    }

    /**
     * Calls a tool. What goes wrong with it, or with the arguments, is in the result.
     *
     * @param arguments JSON as a model wrote it; empty for none
     * @throws TroupeException {@code CANCELLED} or {@code TIMEOUT} where the task is over
     */
    public ToolResult call(String name, String arguments, CallContext context) {
        BoundedCall call = calls.get(name);
        if (call == null) {
            return ToolResult.failed(Problem.UNKNOWN_TOOL, name + " (expected: one of " + tools.keySet() + ")");
        }
        if (arguments.length() > LONGEST_ARGUMENTS) {
            return ToolResult.failed(
                    Problem.BAD_ARGUMENTS,
                    "arguments of %d characters (expected: at most %d)"
                            .formatted(arguments.length(), LONGEST_ARGUMENTS));
        }
        try {
            JsonNode read = JSON.readTree(arguments.isBlank() ? "{}" : arguments);
            return read instanceof ObjectNode object
                    ? call.call(object, context)
                    : ToolResult.failed(Problem.BAD_ARGUMENTS, "arguments: no object (expected: {\"name\": value, …})");
        } catch (JsonProcessingException e) {
            return ToolResult.failed(
                    Problem.BAD_ARGUMENTS, "arguments: no JSON (expected: an object): " + e.getOriginalMessage());
        }
    }

    @Override
    public void close() {
        tools.values().forEach(tool -> {
            try {
                tool.close();
            } catch (RuntimeException e) {
                LOG.warn("tool {} could not be closed", tool.spec().name(), e);
            }
        });
    }
}
