package dev.troupe.runtime.host;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.team.FunctionSettings;
import dev.troupe.runtime.team.McpSettings;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.tools.call.Tool;
import dev.troupe.tools.call.Toolbox;
import dev.troupe.tools.function.FunctionTools;
import dev.troupe.tools.mcp.McpServer;
import dev.troupe.tools.mcp.McpServerConfig;
import dev.troupe.tools.python.PackageSet;
import dev.troupe.tools.python.PythonInterpreter;
import dev.troupe.tools.sandbox.SandboxConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools of a team that models call by name: functions, and what MCP servers offer. */
final class TeamTools implements AutoCloseable {
    private static final String PYTHON = "python3";
    private static final Duration START = Duration.ofSeconds(60);

    private final Map<String, List<Tool>> byOwner = new LinkedHashMap<>();
    private final List<McpServer> servers = new ArrayList<>();
    private @Nullable Toolbox toolbox;

    private TeamTools() {}

    /**
     * Opens what the agents call: loads the classes, starts the servers and asks them what they have.
     *
     * @param names of functions and servers
     * @throws TroupeException {@code TEAM_INVALID}, {@code SANDBOX_UNAVAILABLE}, {@code CANCELLED}, {@code TIMEOUT};
     *     nothing stays open then
     */
    static TeamTools open(
            TeamFile team, List<String> names, HostSettings host, Preparation preparation, CallContext context) {
        TeamTools tools = new TeamTools();
        try {
            for (String name : names) {
                context.check();
                tools.byOwner.put(name, tools.open(team, name, host, preparation, context));
            }
            tools.toolbox = new Toolbox(
                    tools.byOwner.values().stream().flatMap(List::stream).toList());
            tools.checkAgents(team);
            return tools;
        } catch (RuntimeException e) {
            tools.close();
            throw e;
        }
    }

    private List<Tool> open(
            TeamFile team, String name, HostSettings host, Preparation preparation, CallContext context) {
        FunctionSettings function = team.functions().get(name);
        if (function != null) {
            return FunctionTools.open(name, function.className(), function.limits());
        }
        McpSettings settings = team.mcp().get(name);
        if (settings == null) {
            throw new IllegalArgumentException("tool: " + name + " (expected: one that the team has)");
        }
        preparation.doing("starting " + name);
        McpServer server = McpServer.open(config(team, settings, host, preparation, context), context);
        servers.add(server);
        return server.tools();
    }

    private static McpServerConfig config(
            TeamFile team, McpSettings settings, HostSettings host, Preparation preparation, CallContext context) {
        McpServerConfig.Connection connection = switch (settings) {
            case McpSettings.Remote remote -> new McpServerConfig.Http(remote.url(), remote.headers());
            case McpSettings.Command command ->
                new McpServerConfig.Command(command.command(), sandbox(team, command, host, preparation, context));
        };
        return new McpServerConfig(settings.name(), connection, settings.tools(), settings.calls(), START);
    }

    private static SandboxConfig sandbox(
            TeamFile team,
            McpSettings.Command command,
            HostSettings host,
            Preparation preparation,
            CallContext context) {
        SandboxConfig config = SandboxConfig.standard(team.folder())
                .withFiles(command.files().stream()
                        .map(grant -> Path.of(grant.path()))
                        .toList())
                .withPython(PYTHON)
                .withLimits(command.limits());
        if (command.packages().isEmpty()) {
            return config;
        }
        PackageSet packages = new PackageSet(PythonInterpreter.find(PYTHON), command.packages(), host.cache());
        return config.withPackages(packages.install(preparation::doing, context));
    }

    /** A model calls an agent as it calls a tool, so their names must differ. */
    private void checkAgents(TeamFile team) {
        for (List<Tool> tools : byOwner.values()) {
            for (Tool tool : tools) {
                if (team.agents().containsKey(tool.spec().name())) {
                    throw new TroupeException(
                            ErrorCode.TEAM_INVALID,
                            "agents." + tool.spec().name() + ": a tool is called so too (expected: another name)",
                            null);
                }
            }
        }
    }

    /** All of them, each within its limits. */
    Toolbox toolbox() {
        return toolbox == null ? Toolbox.empty() : toolbox;
    }

    /** What models are told of them, by the names of functions and servers in the team file. */
    Map<String, List<Tool.Spec>> specs() {
        Map<String, List<Tool.Spec>> specs = new LinkedHashMap<>();
        byOwner.forEach(
                (name, tools) -> specs.put(name, tools.stream().map(Tool::spec).toList()));
        return specs;
    }

    @Override
    public void close() {
        toolbox().close();
        servers.forEach(McpServer::close);
    }
}
