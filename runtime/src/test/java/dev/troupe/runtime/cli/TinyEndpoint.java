package dev.troupe.runtime.cli;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A real server with the interface of OpenAI, on a port of its own, that says what a test tells it to. */
final class TinyEndpoint implements AutoCloseable {
    /** A team with one rung; {@code URL} stands for where its model is. */
    static final String TEAM = """
            team: t
            models:
              small: { provider: openai, model: gpt-5-mini, url: "URL" }
            tools:
              python: {}
            agents:
              a:
                kind: assistant
                instructions: i
                tools: [python]
                ladder: [{ name: quick, model: small, turns: 1 }]
            """;

    /** A team with one agent that is a model; {@code URL} stands for where that is. */
    static final String CHAT_TEAM = """
            team: t
            models:
              small: { provider: openai, model: gpt-5-mini, url: "URL" }
            agents:
              a: { kind: chat, model: small, instructions: You are brief. }
            """;

    /** What it was asked, oldest first. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile boolean hanging;
    private volatile boolean holding;
    private volatile String text = "ANSWER: 5";
    private volatile Runnable first = () -> {};

    TinyEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** @param text what it says from now on, escaped as in JSON */
    void says(String other) {
        text = other;
    }

    /**
     * The next answers, before what it says, each ask for one tool.
     *
     * @param arguments JSON
     */
    void calls(String tool, String arguments) {
        String escaped = arguments.replace("\\", "\\\\").replace("\"", "\\\"");
        calls.add(
                "\"tool_calls\":[{\"index\":0,\"id\":\"c%d\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}]"
                        .formatted(calls.size(), tool, escaped));
    }

    /** Takes questions and says nothing until it is released. */
    void hangs() {
        hanging = true;
    }

    void release() {
        go.countDown();
    }

    /** Answers from now on; whoever waits still waits. */
    void answersAgain() {
        hanging = false;
    }

    /** What is done when it is asked, before it answers. */
    void first(Runnable action) {
        first = action;
    }

    /** Whether somebody waits for it to be released. */
    boolean isHolding() {
        return holding;
    }

    boolean wasAsked() {
        return asked.getCount() == 0;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.countDown();
        first.run();
        holding = hanging;
        try {
            if (hanging && !go.await(1, TimeUnit.MINUTES)) {
                throw new IOException("nobody released it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        String call = calls.poll();
        String delta = call == null ? "\"content\":\"" + text + "\"" : call;
        byte[] body = ("data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{" + delta + "}}]}\n\n"
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\""
                        + (call == null ? "stop" : "tool_calls") + "\"}]}\n\n"
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
        go.countDown();
        server.stop(0);
    }
}
