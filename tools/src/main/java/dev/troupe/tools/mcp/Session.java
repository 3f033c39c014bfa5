package dev.troupe.tools.mcp;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** A conversation with a server that was opened, until one of the two ends it. */
final class Session implements AutoCloseable {
    private static final McpSchema.Implementation SELF =
            McpSchema.Implementation.builder("troupe", "1").build();
    /** A list that goes on longer than that is a flood. */
    private static final int MOST_PAGES = 20;

    private static final int MOST_TOOLS = 500;

    private final McpAsyncClient client;
    private final CompletableFuture<String> death;
    private final Runnable end;
    private volatile boolean closed;

    /**
     * @param death completes with why when the server is no more; never for one that is elsewhere
     * @param end what else ends with it
     */
    Session(McpClientTransport transport, CompletableFuture<String> death, Duration longest, Runnable end) {
        this.client = McpClient.async(transport)
                .clientInfo(SELF)
                .requestTimeout(longest)
                .initializationTimeout(longest)
                .jsonSchemaValidator(McpJson.unchecked())
                .build();
        this.death = death;
        this.end = end;
    }

    /** The server died. */
    static final class DiedException extends Exception {
        DiedException(String why) {
            super(why);
        }
    }

    boolean isDead() {
        return closed || death.isDone();
    }

    void initialize(Duration within) throws DiedException, ExecutionException, TimeoutException, InterruptedException {
        McpSchema.InitializeResult unused = await(client.initialize(), within);
    }

    List<McpSchema.Tool> tools(Duration within)
            throws DiedException, ExecutionException, TimeoutException, InterruptedException {
        List<McpSchema.Tool> tools = new ArrayList<>();
        String cursor = null;
        for (int page = 0; page < MOST_PAGES && tools.size() <= MOST_TOOLS; page++) {
            McpSchema.ListToolsResult result =
                    await(cursor == null ? client.listTools(McpSchema.FIRST_PAGE) : client.listTools(cursor), within);
            tools.addAll(result.tools());
            cursor = result.nextCursor();
            if (cursor == null || cursor.isEmpty()) {
                return tools;
            }
        }
        throw new DiedException("it lists tools without end (expected: at most " + MOST_TOOLS + ")");
    }

    McpSchema.CallToolResult call(String tool, Map<String, Object> arguments, Duration within)
            throws DiedException, ExecutionException, TimeoutException, InterruptedException {
        return await(
                client.callTool(McpSchema.CallToolRequest.builder(tool)
                        .arguments(arguments)
                        .build()),
                within);
    }

    private <T> T await(Mono<T> result, Duration within)
            throws DiedException, ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<T> future = result.toFuture();
        try {
            CompletableFuture.anyOf(future, death).get(within.toMillis(), TimeUnit.MILLISECONDS);
            if (!future.isDone()) {
                throw new DiedException(death.join());
            }
            return future.get();
        } finally {
            future.cancel(true);
        }
    }

    @Override
    public void close() {
        closed = true;
        client.close();
        end.run();
    }
}
