package dev.troupe.runtime.host;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A model that says what a test wrote down, one reply after the other, and remembers what it was asked. */
final class ScriptedEndpoint implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Queue<String> replies = new ConcurrentLinkedQueue<>();
    private final List<String> prompts = new CopyOnWriteArrayList<>();

    ScriptedEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** A program as a model writes it. */
    static String program(String source) {
        return "```python\n" + source.strip() + "\n```";
    }

    /** After the last one it answers. */
    void says(String... texts) {
        replies.clear();
        replies.addAll(List.of(texts));
    }

    /** The requests as they came, in JSON. */
    List<String> prompts() {
        return prompts;
    }

    private void answer(HttpExchange exchange) throws IOException {
        prompts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String reply = replies.poll();
        String text = JSON.writeValueAsString(reply == null ? "ANSWER: nothing" : reply);
        byte[] body = ("data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":" + text + "}}]}\n\n"
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                        + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":5}}\n\n"
                        + "data: [DONE]\n\n")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
