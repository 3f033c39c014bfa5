package dev.troupe.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.CallContext;
import dev.troupe.runtime.host.AccessKey;
import dev.troupe.runtime.host.HostSettings;
import dev.troupe.runtime.host.MachineConfig;
import dev.troupe.runtime.host.Preparation;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.team.TeamFileReader;
import dev.troupe.runtime.telemetry.Tracing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A real team of three agents, served in this process on a port of its own, with a scripted model behind it. */
final class Served implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    private static final String TEAM = """
            team: office
            models:
              small: { provider: openai, model: gpt-5-mini, url: "URL" }
            tools:
              python: {}
            agents:
              adder:
                kind: assistant
                instructions: You answer with Python programs.
                tools: [python]
                ladder: [{ name: quick, model: small, turns: 2 }]
                demonstrations: { show: 1, similarity: 0.5 }
              writer:
                kind: assistant
                instructions: You answer with Python programs.
                tools: [python]
                ladder: [{ name: quick, model: small, turns: 1 }]
              talker: { kind: chat, model: small, instructions: You talk. }
            entry: adder
            """;

    final Upstream model;
    final TeamHost host;
    final ApiServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private Served(Upstream model, TeamHost host, ApiServer server) {
        this.model = model;
        this.host = host;
        this.server = server;
    }

    static Served open(Path folder) throws IOException {
        return open(folder, List.of(), UnaryOperator.identity());
    }

    static Served open(Path folder, List<AccessKey> keys, UnaryOperator<ServeSettings.Limits> limits)
            throws IOException {
        ServeSettings settings = new ServeSettings("127.0.0.1", 0, keys, limits.apply(ServeSettings.Limits.USUAL));
        return open(folder, settings, Tracing.NONE);
    }

    static Served open(Path folder, ServeSettings serve, Tracing tracing) throws IOException {
        return open(folder, serve, tracing, TEAM);
    }

    /** @param team the text of its file, with {@code URL} for the model's address */
    static Served open(Path folder, ServeSettings serve, Tracing tracing, String team) throws IOException {
        Upstream model = new Upstream();
        Files.writeString(folder.resolve("team.yaml"), team.replace("URL", model.url()));
        HostSettings settings = new HostSettings(
                        folder.resolve("data"), folder.resolve("cache"), System.getenv(), false)
                .withMachine(new MachineConfig(Map.of(), serve.keys()))
                .withTasks(4)
                .withEveryAgent();
        TeamHost host = TeamHost.open(
                new TeamFileReader(Map.of()).read(folder).orThrow(false),
                settings,
                Preparation.NONE,
                CallContext.standalone(Duration.ofMinutes(1)));
        ApiServer server = ApiServer.start(host, serve, tracing);
        return new Served(model, host, server);
    }

    static String chat(String question) {
        return "{\"model\": \"adder\", \"messages\": [{\"role\": \"user\", \"content\": \"" + question + "\"}]}";
    }

    static String streamed(String question) {
        return chat(question).replace("{\"model\"", "{\"stream\": true, \"model\"");
    }

    /** A response with its body as text. */
    record Reply(int status, java.net.http.HttpHeaders headers, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + text, e);
            }
        }

        String error() {
            return json().at("/error/message").asText();
        }

        String code() {
            return json().at("/error/code").asText();
        }

        String parameter() {
            return json().at("/error/param").asText();
        }

        /** The chunks of a stream, without its comments and its end. */
        List<JsonNode> chunks() {
            return text.lines()
                    .filter(line -> line.startsWith("data: {"))
                    .map(line -> new Reply(status, headers, line.substring(6)).json())
                    .toList();
        }

        List<String> comments() {
            return text.lines().filter(line -> line.startsWith(": {")).toList();
        }
    }

    Reply chatWith(String body) throws IOException, InterruptedException {
        return post("/v1/chat/completions", body);
    }

    Reply post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    Reply get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET().build());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(40));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return builder;
    }

    Reply send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    /** Something that blocks, on a thread of its own: the shared pool's few may be what it waits for. */
    static <T> CompletableFuture<T> meanwhile(Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread.ofVirtual().name("meanwhile").start(() -> {
            try {
                done.complete(work.call());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** Waits until so many requests for work are under way. */
    void awaitWorking(int requests) throws IOException, InterruptedException {
        awaitWorkingBy(requests);
    }

    /** The same, asked with a key. */
    void awaitWorkingBy(int requests, String... headers) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!get("/metrics", headers).text().contains("troupe_requests_working " + requests + ".0")) {
            if (System.nanoTime() > end) {
                throw new AssertionError("there were never " + requests + " requests under way");
            }
        }
    }

    /** The id of the one task that is being worked on. */
    String runningTask() {
        return server.running().iterator().next();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        host.close();
        model.close();
    }
}
