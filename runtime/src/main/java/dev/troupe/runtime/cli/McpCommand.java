package dev.troupe.runtime.cli;

import dev.troupe.models.call.Cancellation;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.mcp.McpEndpoint;
import dev.troupe.runtime.team.TeamFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves a team's agents as tools to a client of the Model Context Protocol. */
@Command(
        name = "mcp",
        description = {
            "Serves a team's agents as tools to a client that speaks the Model Context Protocol (MCP).",
            "The client starts this command and speaks to it by standard input and output; it ends when its input does."
        },
        footer = {
            "  troupe mcp examples/analyst",
            "  claude mcp add analyst -- /path/to/troupe mcp /path/to/examples/analyst"
        })
final class McpCommand implements Callable<Integer> {
    /** What was asked is cancelled and stored. */
    private static final Duration CLOSING = Duration.ofSeconds(15);

    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "<team>", description = "A team file, or the folder of its team.yaml.")
    private Path team = Path.of("");

    @Option(
            names = "--unsafe",
            description = "Obey `sandbox: none`: programs that a model wrote then run with all your rights.")
    private boolean unsafe;

    McpCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        TeamFile file = RunCommand.read(invocation, team);
        file.notices().forEach(notice -> invocation.err().println("note: " + notice));
        try (TeamHost host = RunCommand.open(
                        invocation,
                        file,
                        RunCommand.settings(invocation, unsafe).withEveryAgent());
                McpEndpoint endpoint = McpEndpoint.start(
                        host,
                        String.valueOf(VersionCommand.versions().get("troupe")),
                        invocation.terminal().in(),
                        invocation.out())) {
            invocation.endsWithin(CLOSING);
            invocation.err().println("serving " + file.team() + " to an MCP client on standard input and output");
            awaitEnd(endpoint);
        }
        return ExitCodes.OK;
    }

    private void awaitEnd(McpEndpoint endpoint) {
        try (Cancellation.Registration ignored =
                invocation.cancellation().onCancel(() -> endpoint.ended().cancel(false))) {
            endpoint.ended().join();
        } catch (CancellationException e) {
            invocation.err().println("ending");
        }
    }
}
