package dev.troupe.tools.mcp;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.sandbox.ConfinedServer;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Begins conversations with one server. */
interface Connector extends AutoCloseable {
    /** A new conversation, in which nothing was said yet. */
    Session connect(McpServerConfig config);

    @Override
    void close();

    static Connector of(McpServerConfig config) {
        return switch (config.connection()) {
            case McpServerConfig.Command command ->
                new Local(ConfinedServer.open(command.sandbox(), command.command()));
            case McpServerConfig.Http http -> new Remote(http);
        };
    }

    /** A program, started anew for each. */
    record Local(ConfinedServer program) implements Connector {
        @Override
        public Session connect(McpServerConfig config) {
            try {
                ConfinedServer.Running running = program.start();
                StdioTransport transport = new StdioTransport(config.name(), running.process(), McpJson.mapper());
                return new Session(transport, transport.death(), config.longest(), running::close);
            } catch (IOException e) {
                throw new TroupeException(
                        ErrorCode.SANDBOX_UNAVAILABLE,
                        "mcp " + config.name() + ": it cannot be started: " + e.getMessage(),
                        null,
                        e);
            }
        }

        @Override
        public void close() {
            program.close();
        }
    }

    /** A server elsewhere. */
    record Remote(McpServerConfig.Http http) implements Connector {
        private static final int LARGEST_RESPONSE = 4 << 20;

        @Override
        public Session connect(McpServerConfig config) {
            URI url = http.url();
            String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/mcp" : url.getRawPath();
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(
                            url.getScheme() + "://" + url.getRawAuthority())
                    .endpoint(path + query)
                    .jsonMapper(McpJson.mapper())
                    .connectTimeout(config.start())
                    .maxResponseSize(LARGEST_RESPONSE)
                    .openConnectionOnStartup(false)
                    .addHttpRequestCustomizer((request, method, uri, body, context) ->
                            http.headers().forEach((name, secret) -> request.header(name, secret.reveal())))
                    .build();
            return new Session(transport, new CompletableFuture<>(), config.longest(), () -> {});
        }

        @Override
        public void close() {}
    }
}
