package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real team, and a server that answers only when as many calls are in as questions are asked at a time. */
class ParallelTeamTest {
    private static final String TEAM = """
            team: sums
            models:
              small: { provider: local, model: qwen2.5-coder-1.5b-instruct }
            tools:
              python: {}
            agents:
              adder:
                kind: assistant
                instructions: Add.
                tools: [python]
                ladder:
                  - { name: quick, model: small }
            """;
    private static final String ANSWER = """
            data: {"choices":[{"index":0,"delta":{"content":"ANSWER: 3"},"finish_reason":null}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":4}}

            data: [DONE]

            """;
    /** More than a team works on when nobody says otherwise, and than an endpoint is sent. */
    private static final int AT_A_TIME = 12;

    @TempDir
    private Path folder;

    private final CyclicBarrier all = new CyclicBarrier(AT_A_TIME);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            all.await(20, TimeUnit.SECONDS);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(ANSWER.getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ask_manyAtATime_allReachTheServerTogether(boolean bare) throws IOException {
        Configuration configuration =
                bare ? Configuration.BARE : new Configuration(List.of("quick"), Demonstrations.OFF, false);
        Queue<Asker.Asked> answers = new ConcurrentLinkedQueue<>();
        try (Asker asker = askers().open(configuration, folder.resolve("data"))) {
            SideBySide.forEach(
                    IntStream.range(0, AT_A_TIME).boxed().toList(),
                    AT_A_TIME,
                    new Cancellation(),
                    (number, stop) -> answers.add(asker.ask("What is 1 + 2? " + number, "3"::equals, stop)));
        }
        assertThat(answers).hasSize(AT_A_TIME).allSatisfy(asked -> {
            assertThat(asked.record().error()).isNull();
            assertThat(asked.record().answer()).isEqualTo("3");
        });
        assertThat(answers).extracting(asked -> asked.record().conversation()).doesNotHaveDuplicates();
    }

    private TeamAskers askers() throws IOException {
        Path file = folder.resolve("team.yaml");
        Files.writeString(file, TEAM);
        TeamFile team = new TeamFileReader(Map.of()).read(file).orThrow(false);
        return new TeamAskers(
                team,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"),
                AT_A_TIME,
                new HostSettings(folder.resolve("data"), folder.resolve("cache"), System.getenv(), false),
                Preparation.NONE,
                CallContext.standalone(Duration.ofMinutes(1)));
    }
}
