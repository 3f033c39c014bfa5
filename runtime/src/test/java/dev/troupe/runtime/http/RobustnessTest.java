package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.http.Served.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobustnessTest {
    private static final int BODY = 1 << 20;

    @TempDir
    static Path folder;

    private static Served served;

    @BeforeAll
    static void open() throws IOException {
        served = Served.open(
                folder,
                List.of(),
                usual -> new ServeSettings.Limits(
                        BODY,
                        Duration.ofMillis(700),
                        Duration.ofMillis(1500),
                        3,
                        2,
                        usual.artifacts(),
                        Duration.ofMillis(200)));
    }

    @AfterAll
    static void close() {
        served.close();
    }

    /** Whatever was done to it, the next question is answered. */
    @AfterEach
    void stillWorks() throws Exception {
        served.model.release();
        served.model.says("ANSWER: 5");
        Reply reply = served.chatWith(Served.chat("Are you well?"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @Test
    void bodyThatIsNoJsonObject_is400() throws Exception {
        assertThat(served.chatWith("{\"model\": ").code()).isEqualTo("invalid_json");
        assertThat(served.chatWith("{\"model\": \"a\"} tail").status()).isEqualTo(400);
        assertThat(served.chatWith("[]").error()).isEqualTo("body: no JSON object (expected: an object)");
        assertThat(served.chatWith("").status()).isEqualTo(400);
        assertThat(served.chatWith("[".repeat(200_000)).code()).isEqualTo("invalid_json");
        assertThat(served.chatWith("{\"secret-xyz\" 5}").text()).doesNotContain("secret-xyz");
    }

    @Test
    void bodyThatIsNoUtf8_is400() throws Exception {
        byte[] body = Served.chat("\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        Reply reply = served.send(served.request("/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_encoding");
    }

    @Test
    void otherContentType_is415() throws Exception {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/xml")) {
            Reply reply = served.send(served.request("/v1/chat/completions")
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(Served.chat("x")))
                    .build());
            assertThat(reply.status()).as(type).isEqualTo(415);
            assertThat(reply.error()).contains("(expected: application/json)");
        }
    }

    @Test
    void compressedBody_is415() throws Exception {
        Reply reply = served.post("/v1/chat/completions", Served.chat("x"), "Content-Encoding", "gzip");
        assertThat(reply.error()).isEqualTo("content encoding: compressed (expected: none)");
        assertThat(reply.status()).isEqualTo(415);
    }

    /** Whatever arrives, the fault is the client's. */
    @Test
    void mutatedRequests_neverAreOurFault() throws Exception {
        long seed = 20261125;
        Random random = new Random(seed);
        String valid = Served.streamed("What is 1 plus 1?").replace("{\"stream\"", """
                {"stream_options": {"include_usage": true}, "stop": ["a"], "temperature": 0.5, "n": 1, "stream\"""");
        for (int i = 0; i < 400; i++) {
            byte[] body = valid.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(body.length) : body.length;
            Reply reply = served.send(served.request("/v1/chat/completions")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body, 0, length))
                    .build());
            assertThat(reply.status())
                    .as("seed %d, number %d: %s", seed, i, reply.text())
                    .isIn(200, 400, 404);
        }
    }

    @Test
    void bodyThatIsTooLarge_is413_whetherItsLengthIsToldOrNot() throws Exception {
        byte[] body = Served.chat("x".repeat(4 * BODY)).getBytes(StandardCharsets.UTF_8);
        Reply told = served.send(served.request("/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
        assertThat(told.status()).isEqualTo(413);
        assertThat(told.code()).isEqualTo("request_too_large");
        Reply chunked = served.send(served.request("/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body, 0, BODY + 4096)))
                .build());
        assertThat(chunked.status()).isEqualTo(413);
    }

    @Test
    void tooManyMessages_are400() throws Exception {
        String message = "{\"role\":\"user\",\"content\":\"a\"},";
        String messages = message.repeat(20_000);
        Reply reply = served.chatWith(
                "{\"model\":\"adder\",\"messages\":[" + messages.substring(0, messages.length() - 1) + "]}");
        assertThat(reply.error()).isEqualTo("messages: 20000 elements (expected: at most 10000)");
    }

    @Test
    void halfABody_is408() throws Exception {
        try (Socket socket = socket()) {
            write(
                    socket,
                    head("POST /v1/chat/completions", "Content-Type: application/json", "Content-Length: 500")
                            + "{\"model\"");
            assertThat(status(socket)).isEqualTo(408);
        }
    }

    @Test
    void clientThatSendsItsHeadersForever_isCutOff() throws Exception {
        try (Socket socket = socket()) {
            write(socket, "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void headersWithoutEnd_areRefused() throws Exception {
        try (Socket socket = socket()) {
            StringBuilder head = new StringBuilder("GET /health/live HTTP/1.1\r\nHost: localhost\r\n");
            for (int i = 0; i < 500; i++) {
                head.append("X-").append(i).append(": y\r\n");
            }
            write(socket, head.append("\r\n").toString());
            assertThat(status(socket)).isBetween(400, 431);
        }
    }

    @Test
    void nameThatIsNotThisMachines_is403() throws Exception {
        try (Socket socket = socket()) {
            write(socket, "GET /v1/models HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n");
            assertThat(status(socket)).isEqualTo(403);
        }
        for (String host : List.of("localhost", "LOCALHOST:99", "127.0.0.1:1", "[::1]:5")) {
            try (Socket socket = socket()) {
                write(socket, "GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
                assertThat(status(socket)).as(host).isEqualTo(200);
            }
        }
    }

    @Test
    void responses_keepBrowsersAtBay() throws Exception {
        Reply reply = served.get("/v1/models", "Origin", "http://evil.example");
        assertThat(reply.headers().map())
                .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                .containsEntry("Cache-Control", List.of("no-store"))
                .containsEntry("Content-Security-Policy", List.of("default-src 'none'; frame-ancestors 'none'"))
                .containsKey("X-Request-Id")
                .doesNotContainKeys("Server", "Access-Control-Allow-Origin");
        Reply preflight = served.send(served.request("/v1/chat/completions")
                .header("Origin", "http://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(preflight.status()).isEqualTo(405);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void clientThatGoes_endsTheWorkWithinASecond() throws Exception {
        for (String body : List.of(Served.chat("Wait"), Served.streamed("Wait"))) {
            served.model.hold();
            try (Socket socket = socket()) {
                write(socket, request(body));
                served.model.awaitAsked();
            }
            assertThat(served.model.wasLeftWithin(1000)).as(body).isTrue();
            served.model.release();
        }
    }

    @Test
    void clientThatAsksForTheConnectionsEnd_isStillAnswered() throws Exception {
        served.model.hold();
        try (Socket socket = socket()) {
            write(socket, request(Served.chat("Wait")).replace("Host:", "Connection: close\r\nHost:"));
            served.model.awaitAsked();
            assertThat(served.model.wasLeftWithin(300)).isFalse();
            served.model.release();
            assertThat(status(socket)).isEqualTo(200);
        }
    }

    @Test
    void silentStream_showsThatItLives() throws Exception {
        served.model.hold();
        try (Socket socket = socket()) {
            write(socket, request(Served.streamed("Wait")));
            served.model.awaitAsked();
            InputStream in = socket.getInputStream();
            StringBuilder got = new StringBuilder();
            while (got.indexOf(": \n\n") < 0) {
                got.append((char) in.read());
            }
            assertThat(got).contains("HTTP/1.1 200", "text/event-stream");
        }
    }

    @Test
    void tooMuchAtOnce_is429_andLaterWorksAgain() throws Exception {
        served.model.hold();
        CompletableFuture<Reply> first = Served.meanwhile(() -> served.chatWith(Served.chat("First")));
        CompletableFuture<Reply> second = Served.meanwhile(() -> served.chatWith(Served.chat("Second")));
        served.model.awaitAsked();
        Reply refused = served.chatWith(Served.chat("Third"));
        while (refused.status() == 200) {
            refused = served.chatWith(Served.chat("Third"));
        }
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("rate_limit_exceeded");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        served.model.release();
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(second.join().status()).isEqualTo(200);
    }

    private static Socket socket() throws IOException {
        Socket socket = new Socket("127.0.0.1", served.server.port());
        socket.setSoTimeout(15_000);
        return socket;
    }

    private static String head(String first, String... headers) {
        return first + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static String request(String body) {
        return head(
                        "POST /v1/chat/completions",
                        "Content-Type: application/json",
                        "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length)
                + body;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static int status(Socket socket) throws IOException {
        byte[] line = socket.getInputStream().readNBytes(12);
        return Integer.parseInt(new String(line, StandardCharsets.US_ASCII).substring(9));
    }
}
