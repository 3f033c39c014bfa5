package dev.troupe.runtime.cli;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.host.AccessKey;
import dev.troupe.runtime.host.KeyFile;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The keys of clients that are served on this machine. */
@Command(
        name = "keys",
        description = "Keys of the clients of `troupe serve`, in this machine's configuration.",
        synopsisSubcommandLabel = "<command>",
        footer = {"  troupe keys add reports", "  troupe keys list"},
        subcommands = {KeysCommand.Add.class, KeysCommand.ListKeys.class})
final class KeysCommand extends Group {
    @Command(
            name = "add",
            description = {
                "Makes a key and prints it, once: the configuration keeps only its hash.",
                "What is asked with it is kept apart from everybody else's. A server that runs learns of it when it",
                "is started again."
            },
            footer = {
                "  troupe keys add reports",
                "  troupe keys add reports --agent analyst --per-minute 60 --budget \"5 USD\""
            })
    static final class Add implements Callable<Integer> {
        private final Invocation invocation;

        @Parameters(index = "0", paramLabel = "<name>", description = "Whose key it is: letters, digits, - and _.")
        private String name = "";

        @Option(
                names = "--agent",
                paramLabel = "<agent>",
                description = "Whom it may ask; can be repeated. Default: all.")
        private List<String> agents = List.of();

        @Option(names = "--per-minute", paramLabel = "<count>", description = "The most requests in a minute.")
        private @Nullable Integer perMinute;

        @Option(names = "--budget", paramLabel = "<amount>", description = "The most that it may spend in a day (UTC).")
        private @Nullable String budget;

        @Option(names = "--metrics", description = "It is shown the figures of the whole server under /metrics.")
        private boolean metrics;

        Add(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            if (perMinute != null && perMinute < 1) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID, "--per-minute: " + perMinute + " (expected: 1 or more)", null);
            }
            invocation.machine().keys().stream()
                    .filter(key -> key.name().equals(name))
                    .findFirst()
                    .ifPresent(key -> {
                        throw new TroupeException(
                                ErrorCode.INPUT_INVALID,
                                "name: " + name + " (expected: one that has no key yet)",
                                "take serve.keys." + name + " out of " + invocation.machineFile() + " first");
                    });
            String key = KeyFile.newKey();
            KeyFile.add(
                    invocation.machineFile(),
                    new AccessKey(
                            name,
                            AccessKey.hash(key),
                            agents,
                            perMinute,
                            budget == null ? null : Money.parse(budget),
                            metrics));
            invocation.result(
                    Json.object(
                            "name",
                            name,
                            "key",
                            key,
                            "file",
                            invocation.machineFile().toString()),
                    key + "\n");
            if (!invocation.json()) {
                invocation.err().println("It is shown this once. Its hash is in " + invocation.machineFile());
            }
            return ExitCodes.OK;
        }
    }

    @Command(
            name = "list",
            description = "Lists the keys by their names.",
            footer = {"  troupe keys list", "  troupe keys list --json"})
    static final class ListKeys implements Callable<Integer> {
        private final Invocation invocation;

        ListKeys(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            List<AccessKey> keys = invocation.machine().keys();
            Table table = new Table(invocation.outStyle(), "NAME", "AGENTS", "PER MINUTE", "BUDGET", "METRICS");
            keys.forEach(key -> table.row(
                    key.name(),
                    key.agents().isEmpty() ? "all" : String.join(", ", key.agents()),
                    key.perMinute() == null ? "-" : key.perMinute().toString(),
                    key.day() == null ? "-" : key.day().toString(),
                    key.metrics() ? "yes" : "no"));
            invocation.result(
                    Json.object("keys", keys.stream().map(ListKeys::machine).toList()),
                    keys.isEmpty() ? "there are no keys: only this machine is served" : table.toString());
            return ExitCodes.OK;
        }

        private static Object machine(AccessKey key) {
            return Json.object(
                    "name",
                    key.name(),
                    "agents",
                    key.agents(),
                    "per_minute",
                    key.perMinute(),
                    "budget_usd",
                    key.day() == null ? null : key.day().toDecimal(),
                    "metrics",
                    key.metrics());
        }
    }
}
