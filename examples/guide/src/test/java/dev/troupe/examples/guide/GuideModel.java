package dev.troupe.examples.guide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server with OpenAI's interface whose model knows the questions that the guide asks. */
final class GuideModel implements AutoCloseable {
    private static final Pattern PRIMES = Pattern.compile("How many primes are below ([0-9]+)");

    private final HttpServer server;

    GuideModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", GuideModel::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = new JsonMapper().readTree(exchange.getRequestBody());
            byte[] reply = stream(text(request.path("messages"))).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    private static String text(JsonNode messages) {
        String all = String.join("\n", messages.findValuesAsText("content"));
        Matcher primes = PRIMES.matcher(all);
        String below = null;
        while (primes.find()) {
            below = primes.group(1);
        }
        if (below == null) {
            return program("""
                    import csv
                    rows = list(csv.DictReader(open('data/sales.csv')))
                    print('ANSWER:', max(rows, key=lambda row: int(row['revenue']))['region'])""");
        }
        return all.contains("You are brief")
                ? "Ten."
                : program("n = " + below
                        + "\nprint('ANSWER:', sum(all(i % d for d in range(2, i)) for i in range(2, n)))");
    }

    private static String program(String source) {
        return "```python\n" + source + "\n```";
    }

    private static String stream(String text) {
        ObjectNode chunk = JsonNodeFactory.instance.objectNode();
        chunk.putArray("choices").addObject().put("index", 0).putObject("delta").put("content", text);
        return "data: " + chunk + "\n\n"
                + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":"
                + "{\"prompt_tokens\":100,\"completion_tokens\":10}}\n\ndata: [DONE]\n\n";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
