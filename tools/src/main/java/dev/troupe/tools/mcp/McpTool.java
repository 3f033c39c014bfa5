package dev.troupe.tools.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.call.CallContext;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.call.Tool;
import dev.troupe.tools.call.ToolResult;

/**
 * One tool of a server.
 *
 * @param remote the name that the server gives it
 */
record McpTool(McpServer server, String remote, Spec spec, CallLimits limits) implements Tool {
    @Override
    public ToolResult call(ObjectNode arguments, CallContext context) throws InterruptedException {
        return server.call(remote, arguments, context);
    }

    /** The server is closed by who opened it. */
    @Override
    public void close() {}
}
