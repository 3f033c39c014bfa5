package dev.troupe.tools.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.call.CallContext;

/** Something that a model may call. Calls may run at the same time. Whoever opened it closes it. */
public interface Tool extends AutoCloseable {
    Spec spec();

    /** What a call may use up. */
    CallLimits limits();

    /**
     * Does it. Blocks, on a thread of its own that is interrupted when nobody waits for the result any more.
     *
     * @param arguments a JSON object
     * @return what the model is told, or why there is nothing; see {@link ToolResult#failed}
     */
    ToolResult call(ObjectNode arguments, CallContext context) throws InterruptedException;

    /** Frees what it holds; most hold nothing. */
    @Override
    default void close() {}

    /**
     * What a model is told of a tool.
     *
     * @param name letters, digits, {@code _} and {@code -}, at most 64
     * @param parameters a JSON schema of type object
     */
    record Spec(String name, String description, ObjectNode parameters) {}
}
