package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.runtime.host.AccessKey;
import dev.troupe.runtime.host.KeyFile;
import dev.troupe.runtime.http.Served.Reply;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that are kept, tasks that go on without their client, and whose they are. */
class ConversationsTest {
    private static final String ANN = KeyFile.newKey();
    private static final String BOB = KeyFile.newKey();

    @TempDir
    static Path folder;

    private static Served served;

    @BeforeAll
    static void open() throws IOException {
        served = Served.open(
                folder,
                List.of(
                        new AccessKey("ann", AccessKey.hash(ANN), List.of(), null, null, true),
                        new AccessKey("bob", AccessKey.hash(BOB), List.of(), null, null, true)),
                UnaryOperator.identity());
    }

    @AfterAll
    static void close() {
        served.close();
    }

    private static String[] by(String key) {
        return new String[] {"Authorization", "Bearer " + key};
    }

    private static String in(String conversation, String question, String more) throws IOException {
        return "{\"model\": \"talker\", \"conversation\": " + Served.JSON.writeValueAsString(conversation) + more
                + ", \"messages\": [{\"role\": \"user\", \"content\": \"" + question + "\"}]}";
    }

    private static JsonNode ask(String key, String conversation, String question) throws Exception {
        Reply reply = served.post("/v1/chat/completions", in(conversation, question, ""), by(key));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    @Test
    void conversations_areListedAndShown_toTheirKeyOnly() throws Exception {
        served.model.says("Hello.");
        String name = "a/b?c d+e\u00e4";
        String task = ask(ANN, name, "First?").at("/troupe/task").asText();
        ask(ANN, name, "Second?");
        served.post("/v1/feedback", "{\"task\": \"" + task + "\", \"verdict\": \"bad\"}", by(ANN));

        JsonNode summary =
                served.get("/v1/conversations?limit=1", by(ANN)).json().at("/data/0");
        assertThat(summary.get("id").asText()).isEqualTo(name);
        assertThat(summary.get("title").asText()).isEqualTo("First?");
        assertThat(summary.get("turns").asInt()).isEqualTo(2);
        String path = "/v1/conversations/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        JsonNode turns = served.get(path, by(ANN)).json().get("turns");
        assertThat(turns.findValuesAsText("question")).containsExactly("First?", "Second?");
        assertThat(turns.at("/0/feedback").asText()).isEqualTo("bad");
        assertThat(turns.at("/1/feedback").isNull()).isTrue();
        assertThat(turns.at("/1/answer").asText()).isEqualTo("Hello.");

        assertThat(served.get(path, by(BOB)).code()).isEqualTo("conversation_not_found");
        assertThat(served.get("/v1/conversations", by(BOB)).text()).doesNotContain("First?");
        assertThat(served.get("/v1/conversations?limit=0", by(ANN)).parameter()).isEqualTo("limit");
        String response = "resp_" + task;
        assertThat(served.get("/v1/responses/" + response, by(ANN)).status()).isEqualTo(200);
        assertThat(served.get("/v1/responses/" + response, by(BOB)).status()).isEqualTo(404);
        assertThat(served.get("/v1/receipts?by=agent", by(ANN))
                        .json()
                        .at("/data/0/agent")
                        .asText())
                .isEqualTo("talker");
        assertThat(served.get("/v1/receipts?by=agent", by(BOB)).json().get("data"))
                .isEmpty();
    }

    @Test
    void detachedTask_goesOnWithoutItsClient_andIsComeBackTo() throws Exception {
        served.model.says("Here I am.");
        served.model.hold();
        send(in("detached", "Do you go on?", ", \"detached\": true, \"stream\": true"));
        assertThat(served.model.wasLeftWithin(1_500)).isFalse();
        JsonNode running = served.get("/v1/tasks", by(ANN)).json().get("data");
        assertThat(running).hasSize(1);
        assertThat(running.at("/0/question").asText()).isEqualTo("Do you go on?");
        assertThat(running.at("/0/conversation").asText()).isEqualTo("detached");
        assertThat(served.get("/v1/tasks", by(BOB)).json().get("data")).isEmpty();
        String task = running.at("/0/task").asText();
        CompletableFuture<Reply> events = Served.meanwhile(() -> served.get("/v1/tasks/" + task + "/events", by(ANN)));
        served.model.release();
        assertThat(events.join().text()).contains("event: finished", "Here I am.");
        assertThat(served.get("/v1/receipts/" + task, by(ANN))
                        .json()
                        .get("answer")
                        .asText())
                .isEqualTo("Here I am.");
        assertThat(served.get("/v1/tasks", by(ANN)).json().get("data")).isEmpty();
    }

    @Test
    void detachedTask_isStoppedByItsKeyOnly() throws Exception {
        served.model.hold();
        send(in("stopped", "Do you stop?", ", \"detached\": true"));
        String task = served.get("/v1/tasks", by(ANN)).json().at("/data/0/task").asText();
        String path = "/v1/tasks/" + task + "/cancel";
        assertThat(served.post(path, "{}", by(BOB)).code()).isEqualTo("task_not_found");
        assertThat(served.model.wasLeftWithin(200)).isFalse();
        Reply stopped = served.post(path, "{}", by(ANN));
        assertThat(stopped.status()).isEqualTo(202);
        assertThat(stopped.json().get("cancelled").asBoolean()).isTrue();
        assertThat(served.model.wasLeftWithin(2_000)).isTrue();
        served.model.release();
        served.awaitWorkingBy(0, by(ANN));
        assertThat(served.get("/v1/receipts/" + task, by(ANN))
                        .json()
                        .get("outcome")
                        .asText())
                .isEqualTo("cancelled");
        assertThat(served.post(path, "{}", by(ANN)).status()).isEqualTo(200);
        assertThat(served.post("/v1/tasks/none/cancel", "{}", by(ANN)).status()).isEqualTo(404);
    }

    @Test
    void whoeverWaitsForATaskThatIsStopped_isTold() throws Exception {
        served.model.hold();
        CompletableFuture<Reply> waiting =
                Served.meanwhile(() -> served.post("/v1/chat/completions", in("told", "Do you wait?", ""), by(ANN)));
        served.model.awaitAsked();
        String task = served.get("/v1/tasks", by(ANN)).json().at("/data/0/task").asText();
        served.post("/v1/tasks/" + task + "/cancel", "{}", by(ANN));
        assertThat(waiting.join().status()).isEqualTo(499);
        assertThat(waiting.join().code()).isEqualTo("cancelled");
        served.model.release();
    }

    /** Sends a request, waits until the model is asked, and goes. */
    private static void send(String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        URI server = URI.create(served.server.url());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ANN
                                    + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            served.model.awaitAsked();
        }
    }
}
