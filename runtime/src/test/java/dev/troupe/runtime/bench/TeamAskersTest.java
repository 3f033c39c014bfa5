package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import dev.troupe.runtime.host.HostSettings;
import dev.troupe.runtime.host.Preparation;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team with a prelude and the bare loop that it is compared with, on a server that always writes the same program. */
class TeamAskersTest {
    private static final Configuration LADDER = new Configuration(List.of(), Demonstrations.OFF, false);
    private static final String TEAM = """
            team: sums
            models:
              small: { provider: local, model: qwen2.5-coder-1.5b-instruct }
            tools:
              python: { files: [numbers.txt], prelude: tables.py }
            agents:
              adder:
                kind: assistant
                instructions: Add.
                tools: [python]
                ladder:
                  - { name: quick, model: small, turns: 2 }
            """;

    @TempDir
    private Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("team.yaml"), TEAM);
        Files.writeString(folder.resolve("numbers.txt"), "3\n4\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void ladder_usesThePrelude_theBareLoopKnowsNothingOfIt() throws IOException {
        Files.writeString(folder.resolve("tables.py"), "numbers = [int(line) for line in open('numbers.txt')]\n");

        TaskRecord record = ask(LADDER);
        assertThat(record.answer()).isEqualTo("7");
        assertThat(record.code()).isEqualTo("print('ANSWER:', sum(numbers))");
        assertThat(requests).singleElement().asString().contains("numbers = [int(line)");

        requests.clear();
        TaskRecord bare = ask(Configuration.BARE);
        assertThat(bare.outcome()).isEqualTo("unsolved");
        assertThat(requests).hasSize(BareAsker.TURNS).noneMatch(request -> request.contains("numbers = [int(line)"));
        assertThat(requests.getLast()).contains("NameError: name 'numbers' is not defined");
    }

    @Test
    void ladder_whosePreludeFails_endsAtOnceAsTheTeamsFault() throws IOException {
        Files.writeString(folder.resolve("tables.py"), "import math\nnumbers = open('number.txt')\n");

        TaskRecord record = ask(LADDER);
        assertThat(record.outcome()).isEqualTo("failed");
        assertThat(record.error()).startsWith("TEAM_INVALID");
        assertThat(requests).hasSize(1);
    }

    private TaskRecord ask(Configuration configuration) {
        TeamFile team = new TeamFileReader(Map.of()).read(folder).orThrow(false);
        URI url = URI.create("http://localhost:" + server.getAddress().getPort() + "/v1");
        HostSettings settings = new HostSettings(folder, folder.resolve("cache"), Map.of(), false);
        CallContext context = CallContext.standalone(Duration.ofMinutes(1));
        TeamAskers askers = new TeamAskers(team, url, 1, settings, Preparation.NONE, context);
        try (Asker asker = askers.open(configuration, folder.resolve(configuration.name()))) {
            return asker.ask("What is the sum?", "7"::equals, new Cancellation())
                    .record();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new ObjectMapper()
                .readTree(exchange.getRequestBody())
                .findValuesAsText("content")
                .toString());
        byte[] reply = """
                data: {"choices":[{"index":0,"delta":{"content":"```python\\nprint('ANSWER:', sum(numbers))\\n```"}}]}

                data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":9}}

                data: [DONE]

                """.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }
}
