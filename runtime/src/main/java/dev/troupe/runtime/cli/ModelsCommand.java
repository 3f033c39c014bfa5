package dev.troupe.runtime.cli;

import dev.troupe.models.store.CatalogueModel;
import dev.troupe.models.store.ModelCatalogue;
import dev.troupe.models.store.ModelStore;
import dev.troupe.models.store.StoredModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Local models: what there is, fetching, removing, checking. */
@Command(
        name = "models",
        description = "Lists, fetches, removes, checks and stops local models.",
        synopsisSubcommandLabel = "<command>",
        footer = {"  troupe models list", "  troupe models pull smollm2-135m"},
        subcommands = {
            ModelsCommand.ListModels.class,
            ModelsCommand.Pull.class,
            ModelsCommand.Remove.class,
            ModelsCommand.Verify.class,
            WarmModelsCommands.Ps.class,
            WarmModelsCommands.Stop.class
        })
final class ModelsCommand extends Group {
    /** A download may be slow, but has an end. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private static ModelStore store(Invocation invocation) {
        return ModelStore.open(
                invocation.folders().cache(),
                ModelCatalogue.builtIn(),
                invocation.terminal().environment());
    }

    private static Map<String, @Nullable Object> machine(StoredModel stored) {
        CatalogueModel model = stored.model();
        return Json.object(
                "name", model.name(),
                "aliases", model.aliases(),
                "description", model.description(),
                "licence", model.licence(),
                "home", model.home(),
                "size", model.size(),
                "context_tokens", model.contextTokens(),
                "sha256", model.sha256(),
                "state", label(stored.state()),
                "bytes_on_disk", stored.bytesOnDisk(),
                "path", stored.path().toString());
    }

    private static String label(StoredModel.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Command(
            name = "list",
            description = "Lists the models of the catalogue and whether they are here.",
            footer = {"  troupe models list", "  troupe models list --json"})
    static final class ListModels implements Callable<Integer> {
        private final Invocation invocation;

        ListModels(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            List<StoredModel> models = store(invocation).list();
            Table table = new Table(invocation.outStyle(), "MODEL", "SIZE", "CONTEXT", "STATE", "LICENCE", "ALSO");
            for (StoredModel stored : models) {
                CatalogueModel model = stored.model();
                table.row(
                        model.name(),
                        Amounts.bytes(model.size()),
                        Amounts.count(model.contextTokens()),
                        label(stored.state()),
                        model.licence(),
                        String.join(", ", model.aliases()));
            }
            invocation.result(
                    Json.object(
                            "models",
                            models.stream().map(ModelsCommand::machine).toList()),
                    table.toString());
            return ExitCodes.OK;
        }
    }

    /** What works on one named model. */
    abstract static class OfOne implements Callable<Integer> {
        final Invocation invocation;

        @Parameters(paramLabel = "<model>", description = "Its name in the catalogue (see `troupe models list`).")
        String name = "";

        OfOne(Invocation invocation) {
            this.invocation = invocation;
        }
    }

    @Command(
            name = "pull",
            description = {
                "Fetches a model unless it is here already.",
                "A broken download goes on where it stopped; the file appears when its checksum is right."
            },
            footer = {"  troupe models pull qwen2.5-coder-1.5b-instruct"})
    static final class Pull extends OfOne {
        Pull(Invocation invocation) {
            super(invocation);
        }

        @Override
        public Integer call() {
            ModelStore store = store(invocation);
            Path file;
            try (Progress progress = invocation.progress()) {
                file = store.pull(name, PullDisplay.on(progress), invocation.call(LONGEST));
            }
            invocation.result(machine(store.look(name)), name + " is here: " + file);
            return ExitCodes.OK;
        }
    }

    @Command(
            name = "rm",
            description = "Removes a model's file and what is left of broken downloads.",
            footer = {"  troupe models rm smollm2-135m"})
    static final class Remove extends OfOne {
        Remove(Invocation invocation) {
            super(invocation);
        }

        @Override
        public Integer call() {
            boolean removed = store(invocation).remove(name, invocation.call(LONGEST));
            invocation.result(
                    Json.object("model", name, "removed", removed),
                    removed ? "removed " + name : name + " was not here; nothing to remove");
            return ExitCodes.OK;
        }
    }

    @Command(
            name = "verify",
            description = "Reads every byte of a model's file and compares its checksum.",
            footer = {"  troupe models verify qwen2.5-coder-1.5b-instruct"})
    static final class Verify extends OfOne {
        Verify(Invocation invocation) {
            super(invocation);
        }

        @Override
        public Integer call() {
            StoredModel stored;
            try (Progress progress = invocation.progress()) {
                stored = store(invocation).verify(name, PullDisplay.on(progress), invocation.call(LONGEST));
            }
            boolean sound = stored.state() == StoredModel.State.INSTALLED;
            String mend = sound ? "" : "; `troupe models pull " + name + "` mends it";
            invocation.result(machine(stored), name + ": " + label(stored.state()) + mend);
            return sound ? ExitCodes.OK : ExitCodes.NEGATIVE;
        }
    }
}
