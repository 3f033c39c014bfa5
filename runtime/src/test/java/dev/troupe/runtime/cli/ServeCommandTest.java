package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private TinyEndpoint model;

    @BeforeEach
    void team() throws IOException {
        model = new TinyEndpoint();
        Files.writeString(folder.resolve("team.yaml"), TinyEndpoint.TEAM.replace("URL", model.url()));
    }

    @AfterEach
    void close() {
        client.close();
        model.close();
    }

    /** A server in a process of its own, which is ready. */
    private record Server(ProgramProcess program, URI url) implements AutoCloseable {
        @Override
        public void close() {
            program.process().destroyForcibly();
        }
    }

    private Server serve(String... more) throws IOException {
        String[] arguments = new String[more.length + 5];
        System.arraycopy(new String[] {"serve", folder.toString(), "--port", "0", "--json"}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        ProgramProcess program = ProgramProcess.start(folder, Map.of(), arguments);
        BufferedReader out = program.process().inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertThat(line).as(program.said()).isNotNull();
        JsonNode ready = Json.MAPPER.readTree(line);
        assertThat(ready.get("team").asText()).isEqualTo("t");
        assertThat(ready.get("agents").get(0).asText()).isEqualTo("a");
        return new Server(program, URI.create(ready.get("url").asText()));
    }

    private CompletableFuture<HttpResponse<String>> ask(Server server) {
        return client.sendAsync(
                HttpRequest.newBuilder(server.url.resolve("/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"model\": \"a\", \"messages\": [{\"role\": \"user\", \"content\": \"How much?\"}]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void serve_answers_andOnSigtermEndsAfterWhatRuns() throws Exception {
        try (Server server = serve("--grace", "30")) {
            assertThat(ask(server).join().body()).contains("\"content\":\"5\"");
            model.hangs();
            CompletableFuture<HttpResponse<String>> running = ask(server);
            server.program.await(model::isHolding);
            server.program.process().destroy();
            server.program.await(() -> !ready(server));
            model.release();
            assertThat(running.join().statusCode()).isEqualTo(200);
            assertThat(server.program.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(server.program.process().exitValue()).isEqualTo(143);
        }
    }

    @Test
    void secondSignal_endsItAtOnce() throws Exception {
        try (Server server = serve("--grace", "600")) {
            model.hangs();
            CompletableFuture<HttpResponse<String>> running = ask(server);
            server.program.await(model::isHolding);
            server.program.process().destroy();
            server.program.await(() -> !ready(server));
            server.program.process().destroy();
            assertThat(server.program.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(running).failsWithin(java.time.Duration.ofSeconds(5));
        }
    }

    private boolean ready(Server server) {
        try {
            return client.send(
                                    HttpRequest.newBuilder(server.url.resolve("/health/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void portThatIsTaken_isToldClearly() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            CommandLineRun run = CommandLineRun.in(folder)
                    .run("serve", folder.toString(), "--port", Integer.toString(taken.getLocalPort()));
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.err())
                    .contains("error: address: 127.0.0.1:" + taken.getLocalPort()
                            + " cannot be listened on (expected: a free port of this machine)")
                    .contains("hint: another program may have the port: choose one with --port, or 0 for any");
        }
    }

    @Test
    void optionsOutOfRange_areRefused() {
        CommandLineRun open = CommandLineRun.in(folder).run("serve", folder.toString(), "--host", "0.0.0.0");
        assertThat(open.exitCode()).isEqualTo(4);
        assertThat(open.err()).contains("(expected: 127.0.0.1, ::1 or localhost while there are no keys)");
        assertThat(CommandLineRun.in(folder)
                        .run("serve", folder.toString(), "--port", "70000")
                        .err())
                .contains("port: 70000 (expected: 0 to 65535; 0 for any that is free)");
        assertThat(CommandLineRun.in(folder)
                        .run("serve", folder.toString(), "--tasks", "0")
                        .err())
                .contains("--tasks: 0 (expected: 1 to 256)");
    }
}
