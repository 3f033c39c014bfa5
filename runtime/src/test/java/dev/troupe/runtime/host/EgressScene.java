package dev.troupe.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.runtime.team.TeamFileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * A team whose programs may call one API with a key; the API is a server here, and every other name that a program may
 * think of leads to a trap: the names are mapped, and a mapping grants nothing.
 */
final class EgressScene implements AutoCloseable {
    static final String KEY = "wk+real/secret=0d5e91c7";
    static final String API = "api.weather.test";
    private static final String EVIL = "evil.test";
    private static final List<String> OVERHEARD = List.of("org.littleshoot", "dev.troupe", "io.netty");

    private static final String TEAM = """
            team: weather
            models:
              small: { provider: openai, model: gpt-5-mini, url: "URL" }
            tools:
              python:
                network:
                  - { host: api.weather.test, methods: [GET, POST], paths: [/v1/] }
                secrets:
                  WEATHER_KEY: { value: "${WEATHER_KEY}", hosts: [api.weather.test] }
            agents:
              a:
                kind: assistant
                instructions: You answer questions about the weather.
                tools: [python]
                ladder: [{ name: quick, model: small, turns: 4 }]
                demonstrations: { show: 2, similarity: 0.1 }
            """;

    final ScriptedEndpoint model = new ScriptedEndpoint();
    final List<String> apiCalls = new CopyOnWriteArrayList<>();
    final List<String> trapped = new CopyOnWriteArrayList<>();
    final List<TaskEvent> events = new CopyOnWriteArrayList<>();
    final TeamHost host;
    private final HttpServer api;
    private final HttpServer trap;
    private final Path folder;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    /** @param answering what the API says */
    EgressScene(Path folder, HttpHandler answering) throws IOException {
        this.folder = folder;
        api = serve(exchange -> {
            apiCalls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            answering.handle(exchange);
        });
        trap = serve(exchange -> {
            trapped.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            say(exchange, "caught");
        });
        listenToEverything();
        Path file = Files.writeString(folder.resolve("team.yaml"), TEAM.replace("URL", model.url()));
        Map<String, String> environment = Map.of("WEATHER_KEY", KEY);
        HostSettings settings = new HostSettings(folder.resolve("data"), folder.resolve("cache"), environment, false)
                .withMachine(
                        new MachineConfig(Map.of(API, address(api), EVIL, address(trap), "localhost", address(trap))));
        host = TeamHost.open(
                new TeamFileReader(environment).read(file).orThrow(false),
                settings,
                Preparation.NONE,
                CallContext.standalone(Duration.ofMinutes(1)));
    }

    private static HttpServer serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** More than any user would see: every logger there is says everything. */
    private void listenToEverything() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.setContext(root.getLoggerContext());
        log.start();
        root.addAppender(log);
        for (String name : OVERHEARD) {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            logger.setLevel(Level.TRACE);
            logger.setAdditive(false);
            logger.addAppender(log);
        }
    }

    static void say(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    int trapPort() {
        return trap.getAddress().getPort();
    }

    Agent.Outcome ask(String question) {
        return host.ask(question, task -> {}, events::add, new Cancellation());
    }

    /** Looks for the key in whatever Troupe has shown, said, logged or written, in the usual ways of writing it. */
    void assertNoSecretAnywhere() throws IOException {
        List<String> dresses = List.of(
                KEY,
                URLEncoder.encode(KEY, StandardCharsets.UTF_8),
                Base64.getEncoder()
                        .encodeToString(KEY.getBytes(StandardCharsets.UTF_8))
                        .substring(0, 24),
                HexFormat.of().formatHex(KEY.getBytes(StandardCharsets.UTF_8)),
                new StringBuilder(KEY).reverse().toString());
        String told = events + "\n" + model.prompts() + "\n"
                + log.list.stream().map(EgressScene::text).toList();
        assertThat(told).contains("standin_WEATHER_KEY_").doesNotContain(dresses);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(dresses.stream().filter(content::contains))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    private static String text(ILoggingEvent event) {
        return event.getLoggerName() + " " + event.getFormattedMessage()
                + (event.getThrowableProxy() == null
                        ? ""
                        : event.getThrowableProxy().getMessage());
    }

    /** Whether LittleProxy said what it passes on, so that what is not in there counts. */
    void assertThatTheProxyWasOverheard() {
        assertThat(log.list).anyMatch(event -> event.getLoggerName().startsWith("org.littleshoot"));
    }

    @Override
    public void close() {
        try {
            host.close();
        } finally {
            model.close();
            api.stop(0);
            trap.stop(0);
            ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
            for (String name : OVERHEARD) {
                Logger logger = (Logger) LoggerFactory.getLogger(name);
                logger.setLevel(null);
                logger.setAdditive(true);
                logger.detachAppender(log);
            }
        }
    }

    static String resource(String name) {
        try (var in = EgressScene.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
