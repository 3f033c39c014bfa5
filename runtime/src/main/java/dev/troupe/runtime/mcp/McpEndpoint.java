package dev.troupe.runtime.mcp;

import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.team.AgentSettings;
import dev.troupe.tools.mcp.McpJson;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Serves a team to one client over two streams, until the client closes its end. Whoever opened it closes it. */
public final class McpEndpoint implements AutoCloseable {
    private static final int LONGEST_DESCRIPTION = 500;

    private final McpSyncServer server;
    private final AgentCalls calls;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private McpEndpoint(TeamHost host, String version, InputStream in, OutputStream out) {
        this.calls = new AgentCalls(host);
        StdioServerTransportProvider transport =
                new StdioServerTransportProvider(McpJson.mapper(), new EndSeen(in, ended), out);
        this.server = McpServer.sync(transport)
                .serverInfo("troupe-" + host.file().team(), version)
                .instructions("Each tool is an agent of the team " + host.file().team() + ": ask it in plain words.")
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .jsonMapper(McpJson.mapper())
                .jsonSchemaValidator(McpJson.unchecked())
                .validateToolInputs(false)
                .tools(tools(host))
                .build();
    }

    /** @param out carries messages and nothing else; nobody else may write to it */
    public static McpEndpoint start(TeamHost host, String version, InputStream in, OutputStream out) {
        return new McpEndpoint(host, version, in, out);
    }

    /** Completes when the client has closed its end. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    private List<SyncToolSpecification> tools(TeamHost host) {
        return host.file().agents().values().stream().map(this::tool).toList();
    }

    private SyncToolSpecification tool(AgentSettings agent) {
        McpSchema.Tool tool = McpSchema.Tool.builder(agent.name(), schema())
                .description(description(agent))
                .build();
        return SyncToolSpecification.builder()
                .tool(tool)
                .callHandler((exchange, request) -> calls.call(agent.name(), request.arguments()))
                .build();
    }

    private static String description(AgentSettings agent) {
        String told = agent.instructions().isBlank()
                ? "Asks the agent " + agent.name() + "."
                : "Asks an agent that was told: " + agent.instructions().strip();
        return told.length() <= LONGEST_DESCRIPTION ? told : told.substring(0, LONGEST_DESCRIPTION - 1) + "…";
    }

    private static Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(AgentCalls.QUESTION, Map.of("type", "string", "description", "The question, in plain words."));
        properties.put(
                AgentCalls.CONVERSATION,
                Map.of(
                        "type",
                        "string",
                        "description",
                        "A name of the caller's choice: questions of one conversation go on from those before."));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.of(AgentCalls.QUESTION));
        schema.put("additionalProperties", false);
        return schema;
    }

    /** Cancels what is asked, and ends. */
    @Override
    public void close() {
        calls.close();
        server.close();
    }
}
