package dev.troupe.tools.egress;

import static dev.troupe.tools.egress.EgressFixture.API;
import static dev.troupe.tools.egress.EgressFixture.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and in which words. */
class GateTest {
    @TempDir
    Path folder;

    private final AtomicReference<RawServer.Answering> answering = new AtomicReference<>();
    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        answering.set((request, out) -> out.write(RawServer.ok("fine")));
        server = RawServer.start((request, out) -> answering.get().answer(request, out));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private EgressFixture open() throws IOException {
        return EgressFixture.open(folder, EgressFixture.config(folder, server), Map.of());
    }

    private EgressFixture open(EgressLimits limits) throws IOException {
        return EgressFixture.open(folder, EgressFixture.with(EgressFixture.config(folder, server), limits), Map.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET | http://evil.test/ | network: evil.test (expected: a granted host: api.weather.test, other.test)
                    GET | http://api.weather.test.evil.test/v1/ | network: api.weather.test.evil.test (expected: a granted host
                    GET | http://127.0.0.1/ | network: 127.0.0.1 (expected: the name of a granted host, not an address)
                    GET | http://2130706433/ | network: 2130706433 (expected: the name of a granted host, not an address)
                    GET | http://0x7f.1/ | network: 0x7f.1 (expected: the name of a granted host, not an address)
                    GET | http://[::1]/ | network: [::1] (expected: the name of a granted host, not an address)
                    GET | http://169.254.169.254/latest/meta-data | network: 169.254.169.254 (expected: the name
                    GET | http://api.weather.test:8080/v1/ | network: api.weather.test: port 8080 (expected: 443 for https, 80 for http)
                    GET | https://api.weather.test:80/v1/ | network: api.weather.test: port 80 (expected: 443 for https, 80 for http)
                    DELETE | http://api.weather.test/v1/x | network: api.weather.test: method DELETE (expected: GET, HEAD, POST)
                    GET | http://api.weather.test/v2/x | network: api.weather.test: path /v2/x (expected: one that begins with /v1/)
                    GET | http://api.weather.test/v1 | network: api.weather.test: path /v1 (expected: one that begins with /v1/)
                    GET | http://api.weather.test/v1/../v2/x | path /v1/../v2/x (expected: one without . and .. steps and encoded slashes)
                    GET | http://api.weather.test/v1/%2e%2E/v2 | path /v1/%2e%2E/v2 (expected: one without . and .. steps
                    GET | http://api.weather.test/v1/..%2fv2 | path /v1/..%2fv2 (expected: one without . and .. steps
                    GET | http://api.weather.test/v1/\\..\\v2 | (expected: one without . and .. steps
                    """)
    void whatIsNotGranted_isRefusedByName(String method, String url, String message) throws IOException {
        try (EgressFixture fixture = open();
                ProxyClient client = fixture.client()) {
            ProxyClient.Answer answer = client.send(method, url, "", "");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).contains("network_refused").contains(message);
            assertThat(answer.reason()).contains(message);
            assertThat(fixture.run.refusals()).singleElement().asString().contains(message);
            assertThat(client.get("http://" + OTHER + "/x").body()).isEqualTo("fine");
        }
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/x HTTP/1.1\r\nHost: api.weather.test\r\n\r\n",
                "GET http://user@api.weather.test/v1/x HTTP/1.1\r\nHost: api.weather.test\r\n\r\n",
                "GET http://api.weather.test@evil.test/v1/x HTTP/1.1\r\nHost: api.weather.test\r\n\r\n",
                "GET http://api.weather.test/v1/x HTTP/1.1\r\nHost: evil.test\r\n\r\n",
                "GET http://api.weather.test/v1/x HTTP/1.1\r\nHost: api.weather.test\r\nHost: evil.test\r\n\r\n",
                "GET http://api.weather.test/v1/x HTTP/1.1\r\nHost: api.weather.test:8080\r\n\r\n",
                "GET ftp://api.weather.test/v1/x HTTP/1.1\r\nHost: api.weather.test\r\n\r\n",
                "GET http://api.weather.test\\evil.test/v1/x HTTP/1.1\r\nHost: api.weather.test\r\n\r\n",
                "GET gopher HTTP/1.1\r\n\r\n",
            })
    void whatCanBeReadInTwoWays_isRefused(String request) throws IOException {
        try (EgressFixture fixture = open();
                ProxyClient client = fixture.client()) {
            client.raw(request);
            assertThat(client.read(false).status()).isEqualTo(400);
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void secondRequest_smuggledInABody_isNoneForTheServer() throws IOException {
        try (EgressFixture fixture = open();
                ProxyClient client = fixture.client()) {
            client.raw("POST http://other.test/x HTTP/1.1\r\nHost: other.test\r\nContent-Length: 60\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
            assertThat(client.read(false).status()).isIn(200, 400);
        }
        assertThat(server.requests())
                .allSatisfy(request -> assertThat(request.toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain("transfer-encoding")
                        .contains("content-length: 0"));
    }

    @Test
    void requestsSentAtOnce_areRefused_orAnsweredOneAfterTheOther() throws IOException {
        try (EgressFixture fixture = open();
                ProxyClient client = fixture.client()) {
            String one = "GET http://other.test/x HTTP/1.1\r\nHost: other.test\r\n\r\n";
            client.raw(one + one + one);
            assertThat(client.read(false).status()).isIn(200, 400);
        }
        // Where the first answer was whole before the second request was looked at, there is nothing to refuse.
        assertThat(server.requests()).hasSizeLessThanOrEqualTo(3).allMatch(request -> request.startsWith("GET /x "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.31.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "fe80::1",
                "fd00::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:db8::1",
            })
    void nameThatLeadsToAnAddressThatIsNotPublic_isRefused(String address) throws IOException {
        EgressConfig config = EgressFixture.with(
                EgressFixture.config(folder, server), List.of(new HostGrant("inner.test")), Map.of());
        try (EgressFixture fixture = EgressFixture.open(folder, config, Map.of("inner.test", address));
                ProxyClient client = fixture.client()) {
            ProxyClient.Answer answer = client.get("http://inner.test/");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body())
                    .contains("(expected: an address of the public internet)")
                    .contains("egress.hosts");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1"})
    void publicAddresses_arePublic(String address) throws IOException {
        assertThat(PublicAddresses.isPublic(java.net.InetAddress.getByName(address)))
                .isTrue();
    }

    @Test
    void nameThatChangesItsMind_isAskedOnceAndTheCheckedAddressIsUsed() throws IOException {
        List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
        EgressConfig config = EgressFixture.with(
                EgressFixture.config(folder, server), List.of(new HostGrant("rebind.test")), Map.of());
        Gate gate = new Gate(
                config,
                host -> {
                    asked.add(host);
                    return java.net.InetAddress.getAllByName(asked.size() == 1 ? "93.184.216.34" : "127.0.0.1");
                },
                () -> 0);
        Target target = Target.of("http://rebind.test/", List.of("rebind.test"), null);
        Verdict first = gate.judge(target, "GET", null);
        assertThat(((Verdict.Allowed) first).addresses()).containsExactly(new InetSocketAddress("93.184.216.34", 80));
        assertThat(asked).hasSize(1);
        assertThat(gate.judge(target, "GET", null)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void redirectToAnotherHost_isRefusedWhenItIsFollowed() throws IOException {
        answering.set((request, out) ->
                out.write(RawServer.whole("302 Found", "Location: http://169.254.169.254/latest", new byte[0])));
        try (EgressFixture fixture = open();
                ProxyClient client = fixture.client()) {
            String location = client.get("http://" + OTHER + "/x").headers().get("Location");
            assertThat(client.get(location).status()).isEqualTo(403);
        }
    }

    @Test
    void secretsHost_isSpokenToOverTls_evenIfTheProgramDoesNot() throws IOException {
        EgressConfig base = EgressFixture.config(folder, server);
        EgressConfig unmapped = new EgressConfig(base.grants(), base.secrets(), Map.of(), base.limits(), base.folder());
        Gate gate = new Gate(unmapped, host -> java.net.InetAddress.getAllByName("93.184.216.34"), () -> 0);
        Target api = Target.of("http://" + API + "/v1/x", List.of(API), null);
        Verdict.Allowed allowed = (Verdict.Allowed) gate.judge(api, "GET", null);
        assertThat(allowed.tls()).isEqualTo(API);
        assertThat(allowed.addresses()).containsExactly(new InetSocketAddress("93.184.216.34", 443));
        Target other = Target.of("http://" + OTHER + "/v1/x", List.of(OTHER), null);
        assertThat(((Verdict.Allowed) gate.judge(other, "GET", null)).tls()).isNull();
    }

    @Test
    void rate_usedUp_isRefusedWithTheTimeToWait() throws IOException {
        long[] now = {0};
        HostGrant grant = new HostGrant(OTHER, Set.of("GET"), List.of(), new HostGrant.Rate(2, Duration.ofMinutes(1)));
        EgressConfig config = EgressFixture.with(
                EgressFixture.config(folder, server), List.of(grant), Map.of(OTHER, URI.create("http://127.0.0.1:1")));
        Gate gate = new Gate(config, host -> new java.net.InetAddress[0], () -> now[0]);
        Target target = Target.of("http://" + OTHER + "/", List.of(OTHER), null);
        for (int second : List.of(0, 10)) {
            now[0] = Duration.ofSeconds(second).toNanos();
            assertThat(gate.judge(target, "GET", null)).isInstanceOf(Verdict.Allowed.class);
        }
        now[0] = Duration.ofSeconds(20).toNanos();
        Verdict.Refused refused = (Verdict.Refused) gate.judge(target, "GET", null);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.retryAfter()).isEqualTo(40);
        assertThat(refused.message()).isEqualTo("network: other.test: rate (expected: at most 2 in 60 s)");
        now[0] = Duration.ofSeconds(61).toNanos();
        assertThat(gate.judge(target, "GET", null)).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void callsOfATask_areCountedOverItsRuns() throws IOException {
        try (EgressFixture fixture = open(EgressLimits.standard().withCalls(2));
                ProxyClient client = fixture.client();
                EgressRun later = fixture.begin("task-1", "conversation-1", "later");
                EgressRun other = fixture.begin("task-2", "conversation-1", "other")) {
            client.get("http://" + OTHER + "/1");
            client.get("http://" + OTHER + "/2");
            try (ProxyClient again = new ProxyClient(later.socket())) {
                ProxyClient.Answer answer = again.get("http://" + OTHER + "/3");
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.body()).contains("more calls than a task may make (expected: at most 2)");
            }
            try (ProxyClient fresh = new ProxyClient(other.socket())) {
                assertThat(fresh.get("http://" + OTHER + "/4").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void responseThatIsTooLarge_isRefusedOrCutOff() throws IOException {
        byte[] large = new byte[5_000];
        try (EgressFixture fixture = open(EgressLimits.standard().withResponse(4_000))) {
            answering.set((request, out) -> out.write(RawServer.whole("200 OK", "X: y", large)));
            try (ProxyClient client = fixture.client()) {
                ProxyClient.Answer answer = client.get("http://" + OTHER + "/x");
                assertThat(answer.status()).isEqualTo(502);
                assertThat(answer.body()).contains("a response of 5000 bytes (expected: at most 4000)");
            }
            answering.set((request, out) -> {
                out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < 5; i++) {
                    out.write("3e8\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(large, 0, 1_000);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                }
            });
            try (ProxyClient client = fixture.client()) {
                assertThatThrownBy(() -> client.get("http://" + OTHER + "/x")).isInstanceOf(Exception.class);
            }
            assertThat(fixture.run.refusals()).last().asString().contains("a response of more than 4000 bytes");
        }
    }

    @Test
    void requestThatIsTooLarge_isRefused() throws IOException {
        try (EgressFixture fixture = open(EgressLimits.standard().withRequest(1_000));
                ProxyClient client = fixture.client()) {
            assertThat(client.send("POST", "http://" + OTHER + "/x", "", "x".repeat(2_000))
                            .status())
                    .isEqualTo(413);
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void serverThatSaysNothing_isGivenUp() throws IOException {
        answering.set((request, out) -> {
            try {
                new java.util.concurrent.CountDownLatch(1).await(20, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (EgressFixture fixture = open(EgressLimits.standard().withIdle(Duration.ofSeconds(1)));
                ProxyClient client = fixture.client()) {
            ProxyClient.Answer answer = client.get("http://" + OTHER + "/x");
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.body()).contains("other.test: no answer for 1 s");
        }
    }

    @Test
    void serverThatHangsUp_isAnAnswerAtOnce() throws IOException {
        answering.set((request, out) -> out.close());
        try (EgressFixture fixture = open();
                ProxyClient client = fixture.client()) {
            ProxyClient.Answer answer = client.get("http://" + OTHER + "/x");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).contains("the server hung up without an answer");
        }
    }

    @Test
    void serverThatIsNotThere_isAnAnswerWithTheReason() throws IOException {
        EgressConfig config = EgressFixture.with(
                EgressFixture.config(folder, server),
                List.of(new HostGrant(OTHER), new HostGrant("gone.test")),
                Map.of(OTHER, URI.create("http://127.0.0.1:1")));
        try (EgressFixture fixture = EgressFixture.open(folder, config, Map.of());
                ProxyClient client = fixture.client()) {
            ProxyClient.Answer refusedConnection = client.get("http://" + OTHER + "/x");
            assertThat(refusedConnection.status()).isEqualTo(502);
            assertThat(refusedConnection.body()).contains("other.test: cannot be connected to");
            ProxyClient.Answer noAddress = client.get("http://gone.test/");
            assertThat(noAddress.status()).isEqualTo(502);
            assertThat(noAddress.body()).contains("gone.test: no address");
        }
    }

    @Test
    void anotherUserOfTheMachine_getsNothingFromTheProxysPort() throws IOException {
        try (EgressFixture fixture = open();
                Socket stranger = new Socket()) {
            stranger.connect(fixture.egress.port());
            stranger.getOutputStream()
                    .write("GET http://other.test/x HTTP/1.1\r\nHost: other.test\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(stranger.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 403 ");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void headRequests_haveNoBody_andTheConnectionGoesOn() throws IOException {
        answering.set((request, out) -> out.write(
                request.startsWith("HEAD")
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n".getBytes(StandardCharsets.US_ASCII)
                        : RawServer.ok("fine")));
        try (EgressFixture fixture = open();
                ProxyClient client = fixture.client()) {
            assertThat(client.send("HEAD", "http://" + OTHER + "/x", "", "").headers())
                    .containsEntry("Content-Length", "999");
            assertThat(client.get("http://" + OTHER + "/x").body()).isEqualTo("fine");
        }
    }

    @Test
    void countsOfARun_areByHost() throws IOException {
        try (EgressFixture fixture = open()) {
            try (ProxyClient client = fixture.client()) {
                client.send("POST", "http://" + OTHER + "/x", "", "12345");
                client.get("http://" + OTHER + "/x");
                client.get("http://evil.test/");
            }
            fixture.run.close();
            assertThat(fixture.run.calls()).extracting("host").containsExactly(OTHER, "evil.test");
            assertThat(fixture.run.calls()).extracting("calls").containsExactly(2, 0);
            assertThat(fixture.run.calls()).extracting("refused").containsExactly(0, 1);
            assertThat(fixture.run.calls()).extracting("sent").containsExactly(5L, 0L);
            assertThat(fixture.run.calls()).extracting("received").containsExactly(8L, 0L);
        }
    }

    @Test
    void hostsWithoutEnd_areSummedUp() {
        CallLog log = new CallLog();
        for (int i = 0; i < 1_000; i++) {
            log.refused("host" + i + ".test", "because of " + i);
        }
        log.refused("no\nname", "because");
        assertThat(log.hosts()).hasSize(17).last().hasFieldOrPropertyWithValue("host", "others");
        assertThat(log.reasons()).hasSize(3);
    }
}
