package dev.troupe.tools.egress;

import static dev.troupe.tools.egress.EgressFixture.API;
import static dev.troupe.tools.egress.EgressFixture.KEY;
import static dev.troupe.tools.egress.EgressFixture.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String URL = "http://" + API + "/v1/current";

    @TempDir
    Path folder;

    private final AtomicReference<RawServer.Answering> answering = new AtomicReference<>();
    private RawServer server;
    private EgressFixture fixture;

    @BeforeEach
    void start() throws IOException {
        answer((request, out) -> out.write(RawServer.ok("fine")));
        server = RawServer.start((request, out) -> answering.get().answer(request, out));
        fixture = EgressFixture.open(folder, EgressFixture.config(folder, server), Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
        server.close();
    }

    @Test
    void standIn_inTheQuery_isReplacedByTheEncodedValue() throws IOException {
        assertThat(get(URL + "?key=" + fixture.standIn() + "&q=Paris").status()).isEqualTo(200);
        assertThat(server.requests().getFirst())
                .startsWith(
                        "GET /v1/current?key=" + URLEncoder.encode(KEY, StandardCharsets.UTF_8) + "&q=Paris HTTP/1.1")
                .contains("Host: " + API)
                .doesNotContain("Via")
                .doesNotContain("standin");
    }

    @Test
    void standIn_inHeaders_isReplacedByTheValue() throws IOException {
        String basic = Base64.getEncoder().encodeToString(("me:" + fixture.standIn()).getBytes(StandardCharsets.UTF_8));
        send("GET", "X-Api-Key: " + fixture.standIn() + "\r\nAuthorization: Basic " + basic + "\r\n", "");
        String expected = Base64.getEncoder().encodeToString(("me:" + KEY).getBytes(StandardCharsets.UTF_8));
        assertThat(server.requests().getFirst()).contains("X-Api-Key: " + KEY).contains("Basic " + expected);
    }

    @Test
    void standIn_inTheBody_isReplacedAsTheBodysKindWantsIt() throws IOException {
        String body = "{\"key\": \"" + fixture.standIn() + "\"}";
        send("POST", "Content-Type: application/json\r\n", body);
        send("POST", "Content-Type: application/x-www-form-urlencoded\r\n", "key=" + fixture.standIn());
        send("POST", "Content-Type: text/plain\r\n", fixture.standIn());
        assertThat(server.requests().get(0)).endsWith("{\"key\": \"" + KEY.replace("\"", "\\\"") + "\"}");
        assertThat(server.requests().get(1)).endsWith("key=" + URLEncoder.encode(KEY, StandardCharsets.UTF_8));
        assertThat(server.requests().get(2)).endsWith("\r\n\r\n" + KEY);
    }

    @Test
    void standIn_sentInChunks_isReplaced() throws IOException {
        String half = fixture.standIn().substring(0, 10);
        String rest = fixture.standIn().substring(10);
        try (ProxyClient client = fixture.client()) {
            client.raw("POST " + URL + " HTTP/1.1\r\nHost: " + API + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.raw(Integer.toHexString(half.length()) + "\r\n" + half + "\r\n");
            client.raw(Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\n\r\n");
            assertThat(client.read(false).status()).isEqualTo(200);
        }
        assertThat(server.requests().getFirst()).endsWith("\r\n\r\n" + KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "header", "basic", "body", "path"})
    void standIn_toAnotherHost_isRefused(String where) throws IOException {
        String standIn = fixture.standIn();
        String basic = Base64.getEncoder().encodeToString(("me:" + standIn).getBytes(StandardCharsets.UTF_8));
        String url =
                "http://" + OTHER + "/" + (where.equals("path") ? standIn : where.equals("query") ? "?" + standIn : "");
        String headers = where.equals("header")
                ? "X: " + standIn
                : where.equals("basic") ? "Authorization: Basic " + basic : "X: y";
        ProxyClient.Answer answer;
        try (ProxyClient client = fixture.client()) {
            answer = client.send("POST", url, headers + "\r\n", where.equals("body") ? "key=" + standIn : "nothing");
        }
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("secrets: API_KEY: sent to " + OTHER + " (expected: only to " + API + ")");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void standIn_ofAnotherConversation_isRefusedWithTheCure() throws IOException {
        String foreign;
        try (EgressRun other = fixture.begin("task-2", "conversation-2", "2")) {
            foreign = other.standIns().get("API_KEY");
        }
        assertThat(foreign).isNotEqualTo(fixture.standIn());
        ProxyClient.Answer answer = get(URL + "?key=" + foreign);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("stand-in of another conversation").contains("os.environ");
    }

    @Test
    void standIns_ofOneConversation_stayTheSame() throws IOException {
        try (EgressRun again = fixture.begin("task-9", "conversation-1", "3")) {
            assertThat(again.standIns()).isEqualTo(fixture.run.standIns());
        }
        assertThat(fixture.standIn()).matches("standin_API_KEY_[a-z2-7]{26}");
    }

    @Test
    void value_inAnyDress_comesBackAsTheStandIn() throws IOException {
        byte[] key = KEY.getBytes(StandardCharsets.UTF_8);
        for (String dressed : List.of(
                KEY,
                URLEncoder.encode(KEY, StandardCharsets.UTF_8),
                URLEncoder.encode(KEY, StandardCharsets.UTF_8).toLowerCase(java.util.Locale.ROOT),
                KEY.replace("\"", "\\\""),
                KEY.replace("\"", "\\\"").replace("/", "\\/"),
                KEY.replace("\"", "&quot;"),
                HexFormat.of().formatHex(key),
                HexFormat.of().withUpperCase().formatHex(key),
                new String(KEY.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1))) {
            answer((request, out) -> out.write(
                    RawServer.whole("200 OK", "X: y", ("a " + dressed + " z").getBytes(StandardCharsets.ISO_8859_1))));
            String body = get(URL).body();
            assertThat(body).as(dressed).startsWith("a ").endsWith(" z").doesNotContain(dressed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "user:"})
    void value_inBase64AtAnyPlace_isGone(String before) throws IOException {
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            String dressed = encoder.encodeToString((before + KEY + " and more").getBytes(StandardCharsets.UTF_8));
            answer((request, out) -> out.write(RawServer.ok(dressed)));
            String body = get(URL).body();
            byte[] decoded =
                    (encoder == Base64.getEncoder() ? Base64.getDecoder() : Base64.getUrlDecoder()).decode(body);
            String text = new String(decoded, StandardCharsets.ISO_8859_1);
            assertThat(text).startsWith(before).endsWith("and more").doesNotContain(KEY.substring(1, KEY.length() - 1));
        }
    }

    @Test
    void value_splitAtEveryPlace_isFound() throws IOException {
        for (int cut = 1; cut < KEY.length(); cut++) {
            int at = cut;
            answer((request, out) -> {
                out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                chunk(out, "x" + KEY.substring(0, at));
                chunk(out, KEY.substring(at) + "y" + KEY.charAt(0));
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            });
            assertThat(get(URL).body()).isEqualTo("x" + fixture.standIn() + "y" + KEY.charAt(0));
        }
    }

    @Test
    void value_inHeadersStatusAndTrailers_isReplaced() throws IOException {
        answer((request, out) -> {
            out.write(("HTTP/1.1 302 no " + KEY + "\r\nLocation: /v1/?key="
                            + URLEncoder.encode(KEY, StandardCharsets.UTF_8) + "\r\nX-" + "A: " + KEY
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            chunk(out, "body");
            out.write(("0\r\nX-End: " + KEY + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        });
        ProxyClient.Answer answer = get(URL);
        assertThat(answer.reason()).isEqualTo("no " + fixture.standIn());
        assertThat(answer.headers())
                .containsEntry("Location", "/v1/?key=" + fixture.standIn())
                .containsEntry("X-A", fixture.standIn());
        assertThat(answer.body()).doesNotContain(KEY).contains(fixture.standIn());
    }

    @Test
    void compressedResponse_isUnpackedAndScrubbed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(("key=" + KEY).getBytes(StandardCharsets.UTF_8));
        }
        answer((request, out) -> out.write(RawServer.whole("200 OK", "Content-Encoding: gzip", packed.toByteArray())));
        ProxyClient.Answer answer = send("GET", "Accept-Encoding: gzip, br\r\nRange: bytes=0-3\r\n", "");
        assertThat(answer.body()).isEqualTo("key=" + fixture.standIn());
        assertThat(answer.headers()).doesNotContainKey("Content-Encoding");
        assertThat(server.requests().getFirst())
                .contains("accept-encoding: identity")
                .doesNotContainIgnoringCase("range:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip", "x-own"})
    void responseThatCannotBeRead_isRefused(String encoding) throws IOException {
        answer((request, out) -> out.write(
                RawServer.whole("200 OK", "Content-Encoding: " + encoding, "?".getBytes(StandardCharsets.UTF_8))));
        ProxyClient.Answer answer = get(URL);
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("packed as").contains("expected: identity, gzip or deflate");
    }

    @Test
    void serverThatSwitchesToAnotherProtocol_isCutOff() throws IOException {
        answer((request, out) -> {
            out.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(KEY.getBytes(StandardCharsets.US_ASCII));
            out.close();
        });
        try (ProxyClient client = fixture.client()) {
            ProxyClient.Answer answer = client.send("GET", URL, "Upgrade: websocket\r\nConnection: Upgrade\r\n", "");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).doesNotContain(KEY);
        }
    }

    @Test
    void tooShortAValue_isRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> new SecretGrant("K", new dev.troupe.models.call.Secret("abc"), java.util.Set.of()))
                .hasMessage("secret K: 3 characters (expected: 8 to 4096 printable ASCII ones)");
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void answer(RawServer.Answering with) {
        answering.set(with);
    }

    private ProxyClient.Answer get(String url) throws IOException {
        try (ProxyClient client = fixture.client()) {
            return client.get(url);
        }
    }

    private ProxyClient.Answer send(String method, String headers, String body) throws IOException {
        try (ProxyClient client = fixture.client()) {
            return client.send(method, URL, headers, body);
        }
    }
}
