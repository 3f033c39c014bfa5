package dev.troupe.runtime.team;

import dev.troupe.models.call.Secret;
import dev.troupe.runtime.team.CodeToolSettings.FileGrant;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.sandbox.Limits;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A server of tools that speaks the Model Context Protocol. */
public sealed interface McpSettings {
    String name();

    /** Which of its tools are offered, by the names that it gives them; empty for all. */
    List<String> tools();

    /** What one call may use up. */
    CallLimits calls();

    /**
     * A program that is started in the sandbox and spoken to by its standard input and output.
     *
     * @param packages Python packages that it needs
     * @param files what it may read
     * @param limits what it may use up; its time is not bounded
     */
    record Command(
            String name,
            List<String> command,
            List<String> packages,
            List<FileGrant> files,
            List<String> tools,
            CallLimits calls,
            Limits limits)
            implements McpSettings {
        public Command {
            command = List.copyOf(command);
            packages = List.copyOf(packages);
            files = List.copyOf(files);
            tools = List.copyOf(tools);
        }
    }

    /**
     * A server that runs elsewhere, reached by streamable HTTP.
     *
     * @param headers sent with every request
     */
    record Remote(String name, URI url, Map<String, Secret> headers, List<String> tools, CallLimits calls)
            implements McpSettings {
        public Remote {
            headers = Map.copyOf(headers);
            tools = List.copyOf(tools);
        }
    }
}
