package dev.troupe.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Secret;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.call.ToolResult;
import dev.troupe.tools.call.ToolResult.Problem;
import dev.troupe.tools.call.Toolbox;
import dev.troupe.tools.python.PackageSet;
import dev.troupe.tools.python.PythonInterpreter;
import dev.troupe.tools.sandbox.SandboxConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real servers of PyPI, and one that does everything wrong, in the real sandbox. */
@Timeout(120)
class McpServerTest {
    private static final CallLimits LIMITS = CallLimits.USUAL.withOutput(2_000);
    private static final Duration START = Duration.ofSeconds(30);

    @TempDir
    Path team;

    private final CallContext context = CallContext.standalone(Duration.ofMinutes(2));

    @BeforeEach
    void lay() throws IOException {
        Files.createDirectories(team.resolve("data"));
        Files.writeString(team.resolve("data/rates.csv"), "EUR 1");
        copy("rogue.py");
    }

    private Path copy(String name) throws IOException {
        try (InputStream in = McpServerTest.class.getResourceAsStream("/mcp/" + name)) {
            return Files.write(team.resolve(name), in.readAllBytes());
        }
    }

    private static Path packages(String... names) {
        Path cache = Path.of("target/python-cache").toAbsolutePath();
        return new PackageSet(PythonInterpreter.find("python3"), List.of(names), cache)
                .install(line -> {}, CallContext.standalone(Duration.ofMinutes(3)));
    }

    private McpServerConfig rogue(CallLimits limits, String... arguments) {
        List<String> command = new ArrayList<>(List.of("python3", "rogue.py"));
        command.addAll(List.of(arguments));
        SandboxConfig sandbox = SandboxConfig.standard(team).withFiles(List.of(Path.of("rogue.py"), Path.of("data")));
        return new McpServerConfig("rogue", new McpServerConfig.Command(command, sandbox), List.of(), limits, START);
    }

    @Test
    void realServer_itsToolsAreListedFilteredAndCalled() {
        SandboxConfig sandbox = SandboxConfig.standard(team).withPackages(packages("mcp-server-time==2026.10.19"));
        McpServerConfig.Command command = new McpServerConfig.Command(
                List.of("python3", "-m", "mcp_server_time", "--local-timezone", "UTC"), sandbox);
        McpServerConfig all = new McpServerConfig("time", command, List.of(), LIMITS, START);
        try (McpServer server = McpServer.open(all, context);
                Toolbox toolbox = new Toolbox(server.tools())) {
            assertThat(server.tools())
                    .extracting(tool -> tool.spec().name())
                    .containsExactlyInAnyOrder("time_get_current_time", "time_convert_time");
            assertThat(toolbox.specs()).allSatisfy(spec -> {
                assertThat(spec.description()).isNotBlank();
                assertThat(spec.parameters().path("properties").isObject()).isTrue();
            });
            ToolResult converted = toolbox.call(
                    "time_convert_time",
                    "{\"source_timezone\": \"UTC\", \"time\": \"12:00\", \"target_timezone\": \"Asia/Tokyo\"}",
                    context);
            assertThat(converted.text()).contains("21:00");
            ToolResult wrong = toolbox.call("time_get_current_time", "{\"timezone\": \"Mars/Base\"}", context);
            assertThat(wrong.problem()).isEqualTo(Problem.FAILED);
            assertThat(wrong.text()).contains("Mars/Base");
        }
        McpServerConfig one = new McpServerConfig("time", command, List.of("convert_time"), LIMITS, START);
        try (McpServer server = McpServer.open(one, context)) {
            assertThat(server.tools())
                    .singleElement()
                    .satisfies(tool -> assertThat(tool.spec().name()).isEqualTo("time_convert_time"));
        }
        McpServerConfig none = new McpServerConfig("time", command, List.of("travel"), LIMITS, START);
        assertThatThrownBy(() -> McpServer.open(none, context))
                .isInstanceOf(TroupeException.class)
                .hasMessageStartingWith("mcp.time.tools: [travel] (expected: some of [get_current_time");
    }

    @Test
    void server_seesWhatIsGranted_andNothingElse() {
        try (McpServer server = McpServer.open(rogue(LIMITS), context);
                Toolbox toolbox = new Toolbox(server.tools())) {
            assertThat(toolbox.call("rogue_look", "{}", context)).isEqualTo(ToolResult.of("EUR 1"));
            // Names that models cannot call, and the second of one name, are left out.
            assertThat(server.tools()).hasSize(9);
        }
    }

    @Test
    void serverThatDiesInTheMiddleOfACall_isAnError_andStartedAgain() {
        try (McpServer server = McpServer.open(rogue(LIMITS), context);
                Toolbox toolbox = new Toolbox(server.tools())) {
            for (int i = 0; i < 3; i++) {
                ToolResult died = toolbox.call("rogue_die", "{}", context);
                assertThat(died.problem()).isEqualTo(Problem.UNAVAILABLE);
                assertThat(died.text())
                        .startsWith("rogue: the server died in the middle of the call: it ended")
                        .contains("out of luck");
                assertThat(toolbox.call("rogue_echo", "{\"a\": 1}", context)).isEqualTo(ToolResult.of("{\"a\": 1}"));
            }
            assertThat(toolbox.call("rogue_die", "{}", context).problem()).isEqualTo(Problem.UNAVAILABLE);
            assertThat(toolbox.call("rogue_echo", "{}", context).told())
                    .contains("ERROR unavailable: rogue: mcp rogue: it died 4 times within a minute");
        }
    }

    @Test
    void floods_endTheServer_andTheNextCallWorks() {
        for (String flood : List.of("flood", "line")) {
            try (McpServer server = McpServer.open(rogue(LIMITS), context);
                    Toolbox toolbox = new Toolbox(server.tools())) {
                ToolResult flooded = toolbox.call("rogue_" + flood, "{}", context);
                assertThat(flooded.problem()).as(flood).isEqualTo(Problem.UNAVAILABLE);
                assertThat(flooded.text()).containsAnyOf("it floods", "it wrote a line of more than");
                assertThat(toolbox.call("rogue_echo", "{}", context).text()).isEqualTo("{}");
            }
        }
    }

    @Test
    void largeResults_refusals_andNoise_areContained() {
        try (McpServer server = McpServer.open(rogue(LIMITS), context);
                Toolbox toolbox = new Toolbox(server.tools())) {
            assertThat(toolbox.call("rogue_large", "{}", context).told())
                    .isEqualTo("ERROR too_large: rogue: a result of more than 2000 characters (expected: no more)");
            assertThat(toolbox.call("rogue_refuse", "{}", context).told())
                    .startsWith("ERROR bad_arguments: rogue: ")
                    .contains("no such city");
            assertThat(toolbox.call("rogue_noise", "{}", context)).isEqualTo(ToolResult.of("through"));
        }
    }

    @Test
    void serverThatHangs_isEndedAtItsTime_andTheNextCallWorks() {
        try (McpServer server = McpServer.open(rogue(LIMITS.withTime(Duration.ofSeconds(3))), context);
                Toolbox toolbox = new Toolbox(server.tools())) {
            assertThat(toolbox.call("rogue_hang", "{}", context).problem()).isEqualTo(Problem.TIMED_OUT);
            assertThat(toolbox.call("rogue_echo", "{}", context).text()).isEqualTo("{}");
        }
    }

    @Test
    void serverThatDoesNotStart_isRefused_withItsLastWords() {
        assertThatThrownBy(() -> McpServer.open(rogue(LIMITS, "--die"), context))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.TEAM_INVALID);
                    assertThat(e.getMessage())
                            .startsWith("mcp.rogue: it cannot be used: ")
                            .contains("no licence found");
                });
        McpServerConfig patient = rogue(LIMITS, "--hang");
        McpServerConfig hanging =
                new McpServerConfig("rogue", patient.connection(), List.of(), LIMITS, Duration.ofSeconds(2));
        assertThatThrownBy(() -> McpServer.open(hanging, context))
                .isInstanceOf(TroupeException.class)
                .hasMessageContaining("mcp.rogue: it cannot be used: ");
    }

    @Test
    void remoteServer_isReachedByStreamableHttp_withItsHeaders() throws Exception {
        Path packages = packages("mcp==2.3.0", "uvicorn");
        ProcessBuilder builder = new ProcessBuilder(
                PythonInterpreter.find("python3").executable().toString(),
                copy("rates_server.py").toString());
        builder.environment().put("PYTHONPATH", packages.toString());
        Process process = builder.redirectError(team.resolve("err").toFile()).start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String port = out.readLine();
            assertThat(port).as(Files.readString(team.resolve("err"))).isNotNull();
            McpServerConfig config = new McpServerConfig(
                    "rates",
                    new McpServerConfig.Http(
                            URI.create("http://127.0.0.1:" + port + "/mcp"), Map.of("X-Key", new Secret("k-1"))),
                    List.of(),
                    LIMITS,
                    START);
            try (McpServer server = McpServer.open(config, context);
                    Toolbox toolbox = new Toolbox(server.tools())) {
                assertThat(toolbox.call("rates_rate", "{\"currency\": \"USD\"}", context))
                        .isEqualTo(ToolResult.of("1 EUR = 1.1 USD"));
                assertThat(toolbox.call("rates_key", "{}", context)).isEqualTo(ToolResult.of("k-1"));
                process.destroyForcibly().waitFor();
                assertThat(toolbox.call("rates_rate", "{\"currency\": \"USD\"}", context)
                                .problem())
                        .isEqualTo(Problem.UNAVAILABLE);
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
