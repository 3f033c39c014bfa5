package dev.troupe.runtime.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.runtime.bench.BenchCase.Split;
import dev.troupe.runtime.host.HostSettings;
import dev.troupe.runtime.host.Preparation;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/** A real team with two rungs and a judge, whose models are a server that answers by a function. */
public final class ScriptedTeam implements AutoCloseable {
    private static final String TEAM = """
            team: sums
            models:
              weak: { provider: openai, model: weak, url: "URL" }
              strong: { provider: openai, model: strong, url: "URL" }
              referee: { provider: openai, model: referee, url: "URL" }
            tools:
              python: {}
            agents:
              adder:
                kind: assistant
                instructions: Add.
                tools: [python]
                ladder:
                  - { name: quick, model: weak, turns: 2 }
                  - { name: large, model: strong, turns: 2 }
                demonstrations: { show: 1, similarity: 0.5 }
            prices:
              openai/weak: { input: 1 USD, cached: 0.5 USD, output: 2 USD }
              openai/strong: { input: 10 USD, output: 20 USD }
              openai/referee: { input: 1 USD, output: 1 USD }
            """;

    /** The prompts, each with its model's name before it. */
    public final List<String> prompts = new CopyOnWriteArrayList<>();

    private final Path folder;
    private final HttpServer server;
    private volatile BiFunction<String, String, String> script;

    /** @param script from a model's name and the last message to what the model says */
    public ScriptedTeam(Path folder, BiFunction<String, String, String> script) throws IOException {
        this.folder = folder;
        this.script = script;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        Files.writeString(
                folder.resolve("team.yaml"),
                TEAM.replace("URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/v1"));
    }

    public void script(BiFunction<String, String, String> other) {
        script = other;
    }

    public static String program(String expression) {
        return "```python\nprint('ANSWER:', " + expression + ")\n```";
    }

    /** Questions {@code What is 20 plus 30?}, one a template, whose sums begin at 4700. */
    static List<BenchCase> cases(int count) {
        List<BenchCase> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int sum = 4700 + i;
            cases.add(new BenchCase(
                    "c-" + i,
                    "t-" + i,
                    i % 2 == 0 ? "even" : "odd",
                    Split.TEST,
                    "What is " + (4000 + i) + " plus 700?",
                    new Check.Numeric(sum, 0)));
        }
        return cases;
    }

    Report run(Path runs, List<BenchCase> cases, Configuration... configurations) {
        TeamFile team = new TeamFileReader(Map.of()).read(folder).orThrow(false);
        HostSettings settings = new HostSettings(folder, folder.resolve("cache"), System.getenv(), false);
        TeamAskers askers = new TeamAskers(
                team, null, 1, settings, Preparation.NONE, CallContext.standalone(Duration.ofMinutes(2)));
        Bench.Plan plan =
                new Bench.Plan("sums", cases, java.util.Set.of(Split.TEST), List.of(configurations), 1000, 1, 7, 1);
        return new Bench(plan, runs, askers, Bench.Listener.NONE).run(new Cancellation());
    }

    static List<RunRecord> records(Path runs) {
        return RunFile.open(runs.resolve("runs.jsonl")).all();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = new JsonMapper().readTree(exchange.getRequestBody());
            String model = request.path("model").asText();
            String all = String.join("\n", request.findValuesAsText("content"));
            prompts.add(model + ": " + all);
            byte[] reply = stream(script.apply(model, all)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    private static String stream(String text) {
        ObjectNode chunk = JsonNodeFactory.instance.objectNode();
        chunk.putArray("choices").addObject().put("index", 0).putObject("delta").put("content", text);
        return "data: " + chunk + "\n\n"
                + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":"
                + "{\"prompt_tokens\":100,\"completion_tokens\":10,\"prompt_tokens_details\":{\"cached_tokens\":40}}}\n\n"
                + "data: [DONE]\n\n";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
