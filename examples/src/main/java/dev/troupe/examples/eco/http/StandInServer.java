package dev.troupe.examples.eco.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on the loopback address whose replies depend on the request alone. Close it. */
public final class StandInServer implements AutoCloseable {
    /** Answers requests; called on many threads at the same time. */
    @FunctionalInterface
    public interface Service {
        Reply answer(Request request);
    }

    /** The longest body that is read; a form has a few parameters. */
    private static final int LONGEST_BODY = 64 * 1024;

    static {
        // Without it, replies on a connection that is kept alive wait some 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Service service;

    /**
     * Starts it.
     *
     * @param port 0 for any that is free
     * @throws UncheckedIOException when the port is taken
     */
    public StandInServer(int port, Service service) {
        this.service = service;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            threads.close();
            throw new UncheckedIOException("port: " + port + " (expected: one that is free): " + e.getMessage(), e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** {@code http://127.0.0.1:18080}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = answer(exchange);
            byte[] body = reply.bytes();
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(reply.status(), -1);
                return;
            }
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        Map<String, String> parameters;
        try {
            parameters = parameters(exchange);
        } catch (IllegalArgumentException e) {
            return new Reply(400, "text/plain; charset=UTF-8", "Bad Request: " + e.getMessage() + "\n");
        }
        return service.answer(new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath(), parameters));
    }

    private static Map<String, String> parameters(HttpExchange exchange) throws IOException {
        Map<String, String> parameters =
                new LinkedHashMap<>(Request.parameters(exchange.getRequestURI().getRawQuery()));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
            byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY);
            Request.parameters(new String(body, StandardCharsets.UTF_8)).forEach(parameters::putIfAbsent);
        }
        return parameters;
    }
}
