package dev.troupe.runtime.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The model behind the team: a real endpoint that says what a test's function makes of what it is asked. */
final class Upstream implements AutoCloseable {
    /** Within what it says: it goes on from here when it is released. */
    static final String PAUSE = "\u23f8";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Function<String, String> script = request -> "ANSWER: 5";
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile CountDownLatch asked = new CountDownLatch(1);
    private volatile CountDownLatch left = new CountDownLatch(1);

    Upstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    static String program(String source) {
        return "```python\n" + source.strip() + "\n```";
    }

    void says(String text) {
        script = request -> text;
    }

    /** @param other from a request's body to what is said */
    void says(Function<String, String> other) {
        script = other;
    }

    /** From now on it takes questions and says nothing, until it is released. */
    void hold() {
        held = new CountDownLatch(1);
        asked = new CountDownLatch(1);
        left = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    void awaitAsked() throws InterruptedException {
        if (!asked.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the model was not asked");
        }
    }

    /** Whether whoever asked went away within that time while it was held. */
    boolean wasLeftWithin(long millis) throws InterruptedException {
        return left.await(millis, TimeUnit.MILLISECONDS);
    }

    List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(request);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        asked.countDown();
        try (OutputStream out = exchange.getResponseBody()) {
            // What is written to somebody who has gone fails: that is how it is noticed.
            while (!held.await(20, TimeUnit.MILLISECONDS)) {
                out.write(": \n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            String said = script.apply(request);
            int pause = said.indexOf(PAUSE);
            if (pause >= 0) {
                held = new CountDownLatch(1);
                out.write(delta(said.substring(0, pause)).getBytes(StandardCharsets.UTF_8));
                out.flush();
                while (!held.await(20, TimeUnit.MILLISECONDS)) {
                    out.write(": \n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            }
            out.write(stream(said.substring(pause + 1)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            left.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it says instead of text: the model asks for a call. */
    static String call(String name, String arguments) {
        return "CALL " + name + " " + arguments;
    }

    private static String stream(String said) throws IOException {
        if (said.startsWith("CALL ")) {
            String[] parts = said.split(" ", 3);
            return "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c-1\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"" + parts[1] + "\",\"arguments\":" + JSON.writeValueAsString(parts[2])
                    + "}}]}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n"
                    + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":5}}\n\n"
                    + "data: [DONE]\n\n";
        }
        return delta(said)
                + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":5}}\n\n"
                + "data: [DONE]\n\n";
    }

    private static String delta(String text) throws IOException {
        return "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                + JSON.writeValueAsString(text) + "}}]}\n\n";
    }

    @Override
    public void close() {
        held.countDown();
        server.stop(0);
    }
}
