package dev.troupe.tools.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.troupe.models.call.CallContext;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.call.Tool;
import dev.troupe.tools.call.ToolResult;
import dev.troupe.tools.call.ToolResult.Problem;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A method as a tool: JSON in, text or JSON out. */
final class FunctionTool implements Tool {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Functions functions;
    private final Method method;
    private final CallLimits limits;
    private final Signature signature;
    private final Spec spec;

    /** @throws dev.troupe.models.call.TroupeException {@code TEAM_INVALID} when its signature cannot be described */
    FunctionTool(String name, Functions functions, Method method, CallLimits limits) {
        this.functions = functions;
        this.method = method;
        this.limits = limits;
        this.signature = Signature.of(name, method);
        String description = method.getAnnotation(Function.class).value().strip();
        this.spec = new Spec(name, description, signature.schema());
        // A public method of a class that is not public is refused otherwise.
        method.trySetAccessible();
    }

    @Override
    public Spec spec() {
        return spec;
    }

    @Override
    public CallLimits limits() {
        return limits;
    }

    @Override
    public ToolResult call(ObjectNode arguments, CallContext context) throws InterruptedException {
        Object[] values;
        try {
            values = values(arguments, context);
        } catch (IllegalArgumentException e) {
            return ToolResult.failed(Problem.BAD_ARGUMENTS, String.valueOf(e.getMessage()));
        }
        try {
            return told(method.invoke(functions, values));
        } catch (InvocationTargetException e) {
            return thrown(e.getCause());
        } catch (IllegalAccessException e) {
            return ToolResult.failed(Problem.FAILED, spec.name() + ": it cannot be called: " + e.getMessage());
        }
    }

    private static ToolResult thrown(@Nullable Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof IllegalArgumentException wrong) {
            String message = wrong.getMessage();
            return ToolResult.failed(Problem.BAD_ARGUMENTS, message == null ? wrong.toString() : message);
        }
        return ToolResult.failed(Problem.FAILED, String.valueOf(cause));
    }

    private Object[] values(ObjectNode arguments, CallContext context) {
        TreeSet<String> unknown = new TreeSet<>();
        arguments.fieldNames().forEachRemaining(unknown::add);
        List<@Nullable Object> values = new ArrayList<>();
        for (Signature.Argument argument : signature.arguments()) {
            if (argument.isContext()) {
                values.add(context);
            } else {
                unknown.remove(argument.name());
                values.add(value(argument, arguments.get(argument.name())));
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "argument " + unknown.first() + ": unknown (expected: " + signature.names() + ")");
        }
        return values.toArray();
    }

    private static @Nullable Object value(Signature.Argument argument, @Nullable JsonNode node) {
        boolean missing = node == null || node.isNull();
        if (missing && !argument.optional()) {
            throw new IllegalArgumentException(
                    "argument " + argument.name() + ": missing (expected: " + argument.expected() + ")");
        }
        try {
            return JSON.treeToValue(
                    missing ? JSON.nullNode() : node, JSON.getTypeFactory().constructType(argument.type()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "argument " + argument.name() + ": " + e.getOriginalMessage() + " (expected: " + argument.expected()
                            + ")",
                    e);
        }
    }

    private ToolResult told(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            // Not copied before it is known to be small.
            return text.length() > limits.output() ? tooLarge() : ToolResult.of(text.toString());
        }
        if (value == null && method.getReturnType() == void.class) {
            return ToolResult.of("done");
        }
        BoundedWriter writer = new BoundedWriter(limits.output());
        try {
            JSON.writeValue(writer, value);
            return ToolResult.of(writer.toString());
        } catch (IOException e) {
            return writer.isOver()
                    ? tooLarge()
                    : ToolResult.failed(Problem.FAILED, spec.name() + ": its result is no JSON: " + e.getMessage());
        }
    }

    private ToolResult tooLarge() {
        return ToolResult.failed(
                Problem.TOO_LARGE,
                spec.name() + ": a result of more than " + limits.output() + " characters (expected: no more)");
    }
}
