package dev.troupe.runtime.cli;

import dev.troupe.models.local.WarmModels;
import dev.troupe.models.local.WarmModels.Warm;
import dev.troupe.models.store.ModelCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The processes of local models that stay for the next command. */
final class WarmModelsCommands {
    private WarmModelsCommands() {}

    private static WarmModels models(Invocation invocation) {
        return new WarmModels(invocation.folders().cache());
    }

    @Command(
            name = "ps",
            description = {
                "Lists the processes of local models that stay for the next command (`keep_alive` in the team file),",
                "and what they hold in memory."
            },
            footer = {"  troupe models ps", "  troupe models ps --json"})
    static final class Ps implements Callable<Integer> {
        private final Invocation invocation;

        Ps(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            List<Warm> found = models(invocation).list();
            Table table = new Table(invocation.outStyle(), "MODEL", "PID", "MEMORY", "USERS", "ENDS IN");
            found.forEach(warm ->
                    table.row(warm.model(), warm.pid(), Amounts.bytes(warm.memoryBytes()), warm.clients(), end(warm)));
            invocation.result(
                    Json.object(
                            "models",
                            found.stream()
                                    .map(warm -> Json.object(
                                            "model", warm.model(),
                                            "pid", warm.pid(),
                                            "path", warm.file(),
                                            "memory_bytes", warm.memoryBytes(),
                                            "users", warm.clients(),
                                            "idle_ms", warm.idle().toMillis(),
                                            "keep_alive_ms", warm.keepAlive().toMillis()))
                                    .toList()),
                    found.isEmpty() ? "none runs" : table.toString());
            return ExitCodes.OK;
        }

        private static String end(Warm warm) {
            Duration left = warm.keepAlive().minus(warm.idle());
            return warm.clients() > 0 ? "in use" : Amounts.duration(left.isNegative() ? Duration.ZERO : left);
        }
    }

    @Command(
            name = "stop",
            description = {
                "Ends the process of a local model, or all of them. Answers that are being written end with an error;",
                "the next command starts a new process."
            },
            footer = {"  troupe models stop", "  troupe models stop qwen2.5-coder-1.5b-instruct"})
    static final class Stop implements Callable<Integer> {
        private final Invocation invocation;

        @Parameters(
                arity = "0..1",
                paramLabel = "<model>",
                description = "Its name in the catalogue. Default: all that run.")
        private @Nullable String name;

        Stop(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            WarmModels models = models(invocation);
            String named = name;
            List<String> wanted = named == null
                    ? models.list().stream().map(Warm::model).toList()
                    : List.of(ModelCatalogue.builtIn().find(named).name());
            List<String> stopped = wanted.stream().filter(models::stop).toList();
            invocation.result(
                    Json.object("stopped", stopped),
                    stopped.isEmpty() ? "none was running" : "stopped " + String.join(", ", stopped));
            return ExitCodes.OK;
        }
    }
}
