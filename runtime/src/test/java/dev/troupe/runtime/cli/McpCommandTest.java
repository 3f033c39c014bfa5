package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.CallContext;
import dev.troupe.tools.python.PackageSet;
import dev.troupe.tools.python.PythonInterpreter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real program as an MCP server, asked by the official Python client. */
@Timeout(180)
class McpCommandTest {
    @TempDir
    private Path folder;

    private TinyEndpoint endpoint;

    @BeforeEach
    void team() throws IOException {
        endpoint = new TinyEndpoint();
        endpoint.says("Paris.");
        Files.writeString(folder.resolve("team.yaml"), TinyEndpoint.CHAT_TEAM.replace("URL", endpoint.url()));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private List<String> server() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "mcp",
                folder.toString());
    }

    @Test
    void officialClient_findsTheAgents_asksThem_andConversationsGoOn() throws Exception {
        PythonInterpreter python = PythonInterpreter.find("python3");
        Path packages = new PackageSet(
                        python,
                        List.of("mcp==2.3.0"),
                        Path.of("target/python-cache").toAbsolutePath())
                .install(line -> {}, CallContext.standalone(Duration.ofMinutes(3)));
        Path script = folder.resolve("client.py");
        try (InputStream in = McpCommandTest.class.getResourceAsStream("mcp_client.py")) {
            Files.write(script, in.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of(python.executable().toString(), script.toString()));
        command.addAll(server());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("PYTHONPATH", packages.toString(), "HOME", folder.toString()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TROUPE_") || name.startsWith("XDG_"));
        Process client = builder.redirectError(folder.resolve("err").toFile()).start();
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = Files.readString(folder.resolve("err"));
        assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(client.exitValue()).as(errors).isZero();

        JsonNode result = new JsonMapper().readTree(said);
        assertThat(result.path("name").asText()).isEqualTo("troupe-t");
        assertThat(result.path("tools").path("a").asText()).isEqualTo("Asks an agent that was told: You are brief.");
        assertThat(result.path("schema").path("required").toString()).isEqualTo("[\"question\"]");
        JsonNode first = result.path("first");
        assertThat(first.path("error").asBoolean()).isFalse();
        assertThat(first.path("text").asText()).isEqualTo("Paris.");
        assertThat(first.path("structured").path("verified").asText()).isEqualTo("none");
        assertThat(first.path("structured").path("task").asText()).isNotBlank();
        assertThat(result.path("second").path("error").asBoolean()).isFalse();
        assertThat(endpoint.requests.get(1)).contains("Capital of France?").contains("And of Spain?");
        assertThat(result.path("empty").path("error").asBoolean()).isTrue();
        assertThat(result.path("empty").path("text").asText())
                .isEqualTo("INPUT_INVALID: argument question: empty (expected: text)");
        assertThat(result.path("many")).hasSize(4);
        assertThat(errors).contains("serving t to an MCP client");
    }

    @Test
    void clientThatGoes_endsTheServer_inOrder() throws Exception {
        Process server = new ProcessBuilder(server())
                .redirectError(folder.resolve("err").toFile())
                .start();
        server.getOutputStream().close();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(server.getInputStream().readAllBytes()).isEmpty();
    }
}
