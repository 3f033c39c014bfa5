package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Teams with tools and with agents that use agents, from the team file to the receipt. */
@Timeout(120)
class ToolsRunTest {
    private static final String TEAM = """
            team: t
            models:
              small: { provider: openai, model: gpt-5-mini, url: "URL" }
            tools:
              bank: { function: dev.troupe.runtime.cli.RateFunctions }
            mcp:
              clock: { command: [python3, server.py], files: [server.py] }
            agents:
              desk: { kind: chat, model: small, instructions: You are brief., tools: [bank, clock], uses: [helper] }
              helper: { kind: chat, model: small, instructions: You help. }
            entry: desk
            """;

    private static final String SERVER = """
            import json, sys
            def send(i, result): print(json.dumps({"jsonrpc": "2.0", "id": i, "result": result}), flush=True)
            for line in sys.stdin:
                m = json.loads(line)
                if m.get("method") == "initialize":
                    send(m["id"], {"protocolVersion": m["params"]["protocolVersion"], "capabilities": {"tools": {}},
                                   "serverInfo": {"name": "clock", "version": "1"}})
                elif m.get("method") == "tools/list":
                    send(m["id"], {"tools": [{"name": "now", "description": "The time.", "inputSchema": {"type": "object"}}]})
                elif m.get("method") == "tools/call":
                    send(m["id"], {"content": [{"type": "text", "text": "noon"}]})
            """;

    @TempDir
    private Path folder;

    private TinyEndpoint endpoint;

    @BeforeEach
    void lay() throws IOException {
        endpoint = new TinyEndpoint();
        endpoint.says("It is noon.");
        Files.writeString(folder.resolve("team.yaml"), TEAM.replace("URL", endpoint.url()));
        Files.writeString(folder.resolve("server.py"), SERVER);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private CommandLineRun run() {
        return CommandLineRun.in(folder).run("run", folder.toString(), "What time is it?", "--json");
    }

    @Test
    void functionServerAndAgent_areCalled_andOnTheReceipt() {
        endpoint.calls("bank", "{\"currency\": \"USD\"}");
        endpoint.calls("clock_now", "{}");
        endpoint.calls("helper", "{\"question\": \"Is it noon?\"}");
        CommandLineRun run = run();
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        assertThat(run.json().path("answer").asText()).isEqualTo("It is noon.");
        assertThat(run.json().path("receipt").path("steps").findValuesAsText("stage"))
                .containsExactly("chat", "tool bank", "tool clock_now", "agent helper", "helper/chat");
        assertThat(run.json().path("receipt").path("model_calls").asInt()).isEqualTo(5);
        String last = endpoint.requests.getLast();
        assertThat(last).contains("1 EUR = 1.1 USD").contains("\"noon\"").contains("\"name\":\"clock_now\"");
    }

    @Test
    void classThatIsNotThere_isAFaultOfTheTeam() throws IOException {
        Path file = folder.resolve("team.yaml");
        Files.writeString(file, Files.readString(file).replace("RateFunctions", "Nothing"));
        CommandLineRun run = run();
        assertThat(run.exitCode()).isEqualTo(3);
        JsonNode error = run.json().path("error");
        assertThat(error.path("message").asText())
                .isEqualTo("tools.bank.function: dev.troupe.runtime.cli.Nothing is not found (expected: one of"
                        + " dev.troupe.runtime.cli.RateFunctions)");
        assertThat(error.path("hint").asText()).contains("TROUPE_CLASSPATH");
    }
}
