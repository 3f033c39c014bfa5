package dev.troupe.tools.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Secret;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.code.HostCalls;
import dev.troupe.tools.egress.EgressConfig;
import dev.troupe.tools.egress.EgressLimits;
import dev.troupe.tools.egress.HostGrant;
import dev.troupe.tools.egress.SecretGrant;
import dev.troupe.tools.python.PackageSet;
import dev.troupe.tools.python.PythonInterpreter;
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
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary clients, as they are, in the real sandbox; the API is a server on this machine that a name is mapped to. */
class EgressSandboxTest {
    private static final String API = "api.weather.test";
    private static final String KEY = "the-real-key-5f2c9e";
    private static final Duration TIME = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();
    private static HttpServer server;
    private static CodeExecutor executor;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", EgressSandboxTest::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        PythonInterpreter python = PythonInterpreter.find("python3");
        Path packages = new PackageSet(
                        python,
                        List.of("requests", "httpx"),
                        Path.of("target/python-cache").toAbsolutePath())
                .install(line -> {}, CallContext.standalone(Duration.ofMinutes(3)));
        Path team = Files.createDirectories(folder.resolve("team"));
        executor =
                Sandbox.open(SandboxConfig.standard(team).withPackages(packages).withEgress(egress()));
    }

    private static EgressConfig egress() {
        return new EgressConfig(
                List.of(new HostGrant(API, Set.of("GET", "POST"), List.of("/v1/"), null)),
                List.of(new SecretGrant("WEATHER_KEY", new Secret(KEY), Set.of(API))),
                Map.of(API, URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                EgressLimits.standard(),
                folder.resolve("egress"));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        SEEN.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("X-Key") + " " + body);
        if (exchange.getRequestURI().getPath().endsWith("/large")) {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 10; i++) {
                exchange.getResponseBody().write(new byte[1 << 20]);
            }
            exchange.close();
            return;
        }
        byte[] answer = ("{\"temp\": 21, \"echo\": \""
                        + exchange.getRequestURI().getQuery() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @AfterAll
    static void stop() {
        executor.close();
        server.stop(0);
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void requests_keyInQueryHeaderAndBody_reachesTheApiAsTheRealOne(String scheme) {
        CodeResult result = python("""
                import os, requests
                key = os.environ["WEATHER_KEY"]
                url = "%s://api.weather.test/v1/current.json"
                with requests.Session() as session:
                    print(session.get(url, params={"key": key, "q": "Paris"}).json())
                    print(session.post(url, headers={"X-Key": key}, json={"key": key}).status_code)
                """.formatted(scheme));
        assertThat(result.output())
                .contains("'temp': 21")
                .contains("200")
                .contains("standin_WEATHER_KEY_")
                .doesNotContain(KEY);
        assertThat(SEEN)
                .containsExactly(
                        "GET /v1/current.json?key=" + KEY + "&q=Paris null ",
                        "POST /v1/current.json " + KEY + " {\"key\": \"" + KEY + "\"}");
        assertThat(result.responses())
                .singleElement()
                .asString()
                .startsWith("api.weather.test/v1/current.json answered 200: {\"temp\": 21");
        assertThat(result.calls()).hasSize(1);
        HostCalls calls = result.calls().getFirst();
        assertThat(calls.host()).isEqualTo(API);
        assertThat(calls.calls()).isEqualTo(2);
        assertThat(calls.refused()).isZero();
        assertThat(calls.sent()).isPositive();
        assertThat(calls.received()).isGreaterThan(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void otherClients_workUnchanged(String scheme) {
        String url = scheme + "://api.weather.test/v1/x?key=";
        CodeResult result = python("""
                import os, httpx, urllib.request
                url = "%s" + os.environ["WEATHER_KEY"]
                print("httpx", httpx.get(url).json()["temp"])
                print("urllib", urllib.request.urlopen(url).read().decode())
                """.formatted(url));
        assertThat(result.output()).contains("httpx 21").contains("urllib {\"temp\": 21");
        assertThat(result.responses())
                .singleElement()
                .asString()
                .contains("standin_WEATHER_KEY_")
                .doesNotContain(KEY);
        CodeResult curl = shell("curl -sS \"" + url + "$WEATHER_KEY\"");
        assertThat(curl.output()).contains("\"temp\": 21").doesNotContain(KEY);
        assertThat(SEEN).hasSize(3).allMatch(seen -> seen.startsWith("GET /v1/x?key=" + KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void nodesClients_workUnchanged(String scheme) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/node")), "no node here");
        String script = """
                const url = '%s://api.weather.test/v1/x?key=' + process.env.WEATHER_KEY;
                fetch(url).then((answer) => answer.json()).then((json) => {
                  console.log('fetch', json.temp);
                  require('%s').get(url, (answer) => {
                    answer.on('data', (data) => console.log('get', String(data)));
                  });
                });
                """.formatted(scheme, scheme);
        CodeResult result = shell("cat >x.js <<'END'\n" + script + "\nEND\nnode x.js");
        assertThat(result.output()).contains("fetch 21").contains("get {\"temp\": 21");
    }

    @Test
    void literalStandIn_worksLikeTheVariable() {
        String standIn =
                python("import os; print(os.environ['WEATHER_KEY'])").output().strip();
        CodeResult result = python("import requests\n" + "print(requests.get('https://api.weather.test/v1/x?key="
                + standIn + "').status_code)");
        assertThat(result.output()).isEqualTo("200\n");
        assertThat(SEEN).containsExactly("GET /v1/x?key=" + KEY + " null ");
    }

    @Test
    void refusedHttps_isAnAnswerThatNamesTheGrant() {
        CodeResult result = python("""
                import requests
                answer = requests.get("https://evil.test/steal")
                print(answer.status_code, answer.json()["error"]["message"])
                try:
                    answer.raise_for_status()
                except requests.HTTPError as error:
                    print(error)
                """);
        assertThat(result.output())
                .contains("403 network: evil.test (expected: a granted host: api.weather.test)")
                .contains("403 Client Error: network: evil.test");
        assertThat(result.refusals())
                .containsExactly("network: evil.test (expected: a granted host: api.weather.test)");
        assertThat(result.calls()).extracting(HostCalls::host).containsExactly("evil.test");
        assertThat(shell("curl -sS https://evil.test/").output()).contains("evil.test (expected: a granted host");
    }

    @Test
    void programWithGrants_stillHasNoNetworkOfItsOwn() {
        CodeResult result = python("""
                import socket
                for family, kind in ((socket.AF_INET, socket.SOCK_DGRAM), (socket.AF_INET6, socket.SOCK_STREAM),
                                     (socket.AF_PACKET, socket.SOCK_RAW), (16, socket.SOCK_RAW)):
                    try:
                        socket.socket(family, kind)
                        print("made", family, kind)
                    except OSError as error:
                        print("refused", error.errno)
                try:
                    socket.create_connection(("127.0.0.1", %d), 1)
                    print("reached")
                except OSError as error:
                    print("no way", error.errno)
                """.formatted(server.getAddress().getPort()));
        assertThat(result.output()).isEqualTo("refused 97\n".repeat(4) + "no way 111\n");
    }

    @Test
    void program_thatKillsTheForwarder_losesItsNetworkOnly() {
        CodeResult result = python("""
                import os, signal, requests
                for entry in os.listdir("/proc"):
                    if entry.isdigit() and int(entry) > 1 and int(entry) != os.getpid():
                        os.kill(int(entry), signal.SIGKILL)
                try:
                    requests.get("http://api.weather.test/v1/x")
                except requests.ConnectionError:
                    print("no network")
                """);
        assertThat(result.output()).isEqualTo("no network\n");
        assertThat(python("import requests; print(requests.get('http://api.weather.test/v1/x').status_code)")
                        .output())
                .isEqualTo("200\n");
    }

    @Test
    void largeBodies_goThrough() {
        CodeResult result = python("""
                import requests
                body = b"x" * (3 << 20)
                print(requests.post("https://api.weather.test/v1/x", data=body).status_code)
                print(requests.post("https://api.weather.test/v1/x", data=(body[:1000] for i in range(9))).status_code)
                open("body", "wb").write(body)
                for scheme in ("http", "https"):
                    print(len(requests.get(scheme + "://api.weather.test/v1/large").content))
                """);
        assertThat(result.output()).isEqualTo("200\n200\n10485760\n10485760\n");
        // Of its own, curl asks first whether it may send so much.
        CodeResult curl = shell("curl -sS -o /dev/null -w '%{http_code}' -H 'Expect: 100-continue'"
                + " --data-binary @body https://api.weather.test/v1/x");
        assertThat(curl.output()).isEqualTo("200");
        assertThat(SEEN).hasSize(5);
        assertThat(SEEN.stream().map(String::length).sorted().toList().getLast())
                .isGreaterThan(3 << 20);
    }

    @Test
    void manyCallsAtOnce_allGoThrough() {
        CodeResult result = python("""
                import requests
                from concurrent.futures import ThreadPoolExecutor
                def call(i):
                    return requests.get(f"https://api.weather.test/v1/x?i={i}").status_code
                with ThreadPoolExecutor(16) as pool:
                    print(sum(status == 200 for status in pool.map(call, range(64))))
                """);
        assertThat(result.output()).isEqualTo("64\n");
        assertThat(result.calls().getFirst().calls()).isEqualTo(64);
    }

    private CodeResult python(String source) {
        return run("python", source);
    }

    private CodeResult shell(String source) {
        return run("sh", source);
    }

    private CodeResult run(String language, String source) {
        // A task of its own: the calls of a task are counted together.
        CallContext alone = CallContext.standalone(TIME);
        CallContext context =
                new CallContext("task-" + System.nanoTime(), alone.tenant(), alone.deadline(), alone.cancellation());
        return executor.run(new CodeRequest(language, source, folder.resolve("work")), piece -> {}, context);
    }
}
