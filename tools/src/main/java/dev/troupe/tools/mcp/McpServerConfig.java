package dev.troupe.tools.mcp;

import dev.troupe.models.call.Secret;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.sandbox.SandboxConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A server and what is wanted of it.
 *
 * @param name what its tools' names begin with: {@code files_read}
 * @param tools which of them are offered, by the names that the server gives; empty for all
 * @param limits of a call
 * @param start how long it may take to start and to say what it has
 */
public record McpServerConfig(
        String name, Connection connection, List<String> tools, CallLimits limits, Duration start) {
    public McpServerConfig {
        tools = List.copyOf(tools);
    }

    /** No answer is waited for longer. */
    Duration longest() {
        return start.compareTo(limits.time()) > 0 ? start : limits.time();
    }

    /** How it is reached. */
    public sealed interface Connection {}

    /**
     * A program that is started, and spoken to by its standard input and output.
     *
     * @param sandbox what confines it; without a way out
     */
    public record Command(List<String> command, SandboxConfig sandbox) implements Connection {
        public Command {
            command = List.copyOf(command);
        }
    }

    /**
     * Streamable HTTP.
     *
     * @param headers sent with every request
     */
    public record Http(URI url, Map<String, Secret> headers) implements Connection {
        public Http {
            headers = Map.copyOf(headers);
        }
    }
}
