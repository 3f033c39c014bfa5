package dev.troupe.runtime.cli;

import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.host.HostSettings;
import dev.troupe.runtime.host.MachineConfig;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.http.ApiServer;
import dev.troupe.runtime.http.ServeSettings;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.telemetry.Tracing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves a team to clients of OpenAI's interface until it is told to end. */
@Command(
        name = "serve",
        description = {
            "Serves a team over HTTP, to any client of OpenAI's chat completions.",
            "A line on standard output says when it is ready, and where. Ctrl-C or SIGTERM ends it: running questions",
            "are answered first, a second signal ends it at once."
        },
        footer = {
            "  troupe serve examples/analyst",
            "  troupe serve examples/analyst --port 9000 --json",
            "  troupe keys add reports && troupe serve examples/analyst --host 0.0.0.0"
        })
final class ServeCommand implements Callable<Integer> {
    /** What comes after the running questions: those that are cancelled are stored, and all is closed. */
    private static final Duration CLOSING = Duration.ofSeconds(15);

    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "<team>", description = "A team file, or the folder of its team.yaml.")
    private Path team = Path.of("");

    @Option(
            names = "--host",
            paramLabel = "<host>",
            description = "What to listen on. Default: ${DEFAULT-VALUE}; others need keys.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "<port>",
            description = "Default: ${DEFAULT-VALUE}; 0 takes any that is free.")
    private int port = 8080;

    @Option(
            names = "--tasks",
            paramLabel = "<count>",
            description = "How many questions are worked on at the same time. Default: ${DEFAULT-VALUE}.")
    private int tasks = 8;

    @Option(
            names = "--grace",
            paramLabel = "<seconds>",
            description = "How long running questions may take when it is told to end. Default: ${DEFAULT-VALUE}.")
    private int grace = 20;

    @Option(
            names = "--unsafe",
            description = "Obey `sandbox: none`: programs that a model wrote then run with all your rights.")
    private boolean unsafe;

    ServeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        check("--tasks", tasks, 1, 256);
        check("--grace", grace, 0, 3600);
        HostSettings opening =
                RunCommand.settings(invocation, unsafe).withTasks(tasks).withEveryAgent();
        MachineConfig machine = opening.machine();
        ServeSettings settings = new ServeSettings(
                host, port, machine.keys(), ServeSettings.Limits.USUAL, machine.tls(), machine.origins());
        TeamFile file = RunCommand.read(invocation, team);
        file.notices().forEach(notice -> invocation.err().println("note: " + notice));
        try (Tracing tracing = Tracing.of(invocation.terminal().environment());
                TeamHost opened = RunCommand.open(invocation, file, opening);
                ApiServer server = ApiServer.start(opened, settings, tracing)) {
            ready(file, server);
            awaitEnd();
            server.drain(Duration.ofSeconds(grace));
        }
        return ExitCodes.OK;
    }

    private static void check(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "%s: %d (expected: %d to %d)".formatted(name, value, from, to), null);
        }
    }

    private void ready(TeamFile file, ApiServer server) {
        invocation.endsWithin(Duration.ofSeconds(grace).plus(CLOSING));
        invocation.result(
                Json.object(
                        "url",
                        server.url(),
                        "port",
                        server.port(),
                        "team",
                        file.team(),
                        "agents",
                        file.agents().keySet()),
                "Serving " + file.team() + " at " + server.url() + "\n");
    }

    private void awaitEnd() {
        CountDownLatch told = new CountDownLatch(1);
        try (Cancellation.Registration ignored = invocation.cancellation().onCancel(told::countDown)) {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!invocation.json()) {
            invocation.err().println("ending: running questions have " + grace + " s");
        }
    }
}
