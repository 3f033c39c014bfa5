package dev.troupe.runtime.cli;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.expert.catalogue.CatalogueExpert;
import dev.troupe.models.expert.catalogue.Experts;
import dev.troupe.models.store.StoredModel;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import dev.troupe.runtime.bench.ExpertLoad;
import dev.troupe.runtime.team.ExpertSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Experts: what there is, fetching, trying, measuring. */
@Command(
        name = "experts",
        description = "Lists, fetches, tries and measures small models that each do one task.",
        synopsisSubcommandLabel = "<command>",
        footer = {"  troupe experts list", "  troupe experts try pp-ocrv4 picture.png"},
        subcommands = {
            ExpertsCommand.ListExperts.class,
            ExpertsCommand.Pull.class,
            ExpertsCommand.Try.class,
            ExpertsCommand.Bench.class
        })
final class ExpertsCommand extends Group {
    private static final Duration LONGEST = Duration.ofHours(24);

    private static Experts experts(Invocation invocation) {
        return Experts.of(invocation.folders().cache(), invocation.terminal().environment());
    }

    private static String state(StoredModel.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Loads it, and fetches it first where it is a model of the catalogue that is not here. */
    private static Expert open(Invocation invocation, ExpertSettings settings) {
        Experts experts = experts(invocation);
        experts.check(settings.task(), settings.model());
        Optional<CatalogueExpert> known = experts.catalogue().lookUp(settings.model());
        if (known.isPresent() && experts.state(known.get()) != StoredModel.State.INSTALLED) {
            try (Progress progress = invocation.progress()) {
                experts.pull(settings.model(), PullDisplay.on(progress), invocation.call(LONGEST));
            }
        }
        CallContext call = invocation.call(LONGEST);
        return settings.isolated()
                ? experts.openIsolated(settings.task(), settings.model(), settings.device(), call)
                : experts.open(settings.task(), settings.model(), settings.device(), call);
    }

    @Command(
            name = "list",
            description = "Lists the models of the catalogue, what they do, and whether they are here.",
            footer = {"  troupe experts list", "  troupe experts list --task text-ranking --json"})
    static final class ListExperts implements Callable<Integer> {
        private final Invocation invocation;

        @Option(names = "--task", paramLabel = "<task>", description = "Only those that do this.")
        private @Nullable String task;

        ListExperts(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            Experts experts = experts(invocation);
            List<CatalogueExpert> shown = task == null
                    ? experts.catalogue().experts()
                    : experts.catalogue().candidates(Task.of(task));
            Table table = new Table(invocation.outStyle(), "EXPERT", "SIZE", "STATE", "LICENCE", "ALSO", "TASKS");
            for (CatalogueExpert expert : shown) {
                table.row(
                        expert.name(),
                        Amounts.bytes(expert.size()),
                        state(experts.state(expert)),
                        expert.licence(),
                        String.join(", ", expert.aliases()),
                        String.join(", ", expert.taskLabels()));
            }
            invocation.result(
                    Json.object(
                            "experts",
                            shown.stream()
                                    .map(expert -> machine(experts, expert))
                                    .toList()),
                    table.toString());
            return ExitCodes.OK;
        }

        private static Map<String, @Nullable Object> machine(Experts experts, CatalogueExpert expert) {
            return Json.object(
                    "name", expert.name(),
                    "aliases", expert.aliases(),
                    "description", expert.description(),
                    "tasks", expert.taskLabels(),
                    "licence", expert.licence(),
                    "home", expert.home(),
                    "size", expert.size(),
                    "state", state(experts.state(expert)));
        }
    }

    @Command(
            name = "pull",
            description = "Fetches a model of the catalogue unless it is here already.",
            footer = {"  troupe experts pull silero-vad"})
    static final class Pull implements Callable<Integer> {
        private final Invocation invocation;

        @Parameters(paramLabel = "<model>", description = "Its name in the catalogue (see `troupe experts list`).")
        private String name = "";

        Pull(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            Experts experts = experts(invocation);
            CatalogueExpert expert = experts.catalogue().find(name);
            try (Progress progress = invocation.progress()) {
                experts.pull(name, PullDisplay.on(progress), invocation.call(LONGEST));
            }
            invocation.result(
                    Json.object("name", expert.name(), "state", state(experts.state(expert))),
                    expert.name() + " is here");
            return ExitCodes.OK;
        }
    }

    @Command(
            name = "try",
            description = {
                "Gives one request to an expert and shows what it answers.",
                "A model of the catalogue is fetched when it is not here."
            },
            footer = {
                "  troupe experts try pp-ocrv4 picture.png",
                "  troupe experts try bge-small --task text-ranking \"When is it due?\" \"Due on Friday.\" \"Open daily.\"",
                "  troupe experts try reader picture.png --team examples/newsroom"
            })
    static final class Try implements Callable<Integer> {
        private final Invocation invocation;

        @Mixin
        private ExpertArguments arguments = new ExpertArguments();

        Try(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            ExpertSettings settings = arguments.settings(invocation);
            // A bad input is told before a model is loaded for it.
            Inputs inputs = arguments.inputs(settings.task());
            try (Expert expert = open(invocation, settings)) {
                long start = System.nanoTime();
                Value value = expert.apply(inputs);
                Duration wall = Duration.ofNanos(System.nanoTime() - start);
                invocation
                        .err()
                        .printf(
                                Locale.ROOT,
                                "%s, %s on %s, %d ms%n",
                                settings.task(),
                                settings.model(),
                                expert.placement(),
                                wall.toMillis());
                invocation.result(
                        Json.object(
                                "expert", settings.name(),
                                "task", settings.task().label(),
                                "model", settings.model(),
                                "device", expert.device().label(),
                                "wall_ms", wall.toMillis(),
                                "result", ValueJson.of(value)),
                        SafeText.of(value.brief()));
                return ExitCodes.OK;
            }
        }
    }

    @Command(
            name = "bench",
            description = {
                "Measures an expert: one request at a time, then many callers at once, whose requests are batched.",
                "Where the task takes one input, each input is a request of its own."
            },
            footer = {
                "  troupe experts bench minilm --task feature-extraction \"one text\" \"another text\"",
                "  troupe experts bench pp-ocrv4 picture.png --callers 4 --seconds 10"
            })
    static final class Bench implements Callable<Integer> {
        private final Invocation invocation;

        @Mixin
        private ExpertArguments arguments = new ExpertArguments();

        @Option(names = "--callers", paramLabel = "<n>", description = "Callers at once. Default: 64.")
        private int callers = 64;

        @Option(names = "--seconds", paramLabel = "<n>", description = "How long each measurement takes. Default: 5.")
        private int seconds = 5;

        Bench(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            ExpertSettings settings = arguments.settings(invocation);
            List<Inputs> requests = arguments.requests(settings.task());
            Expert expert = open(invocation, settings);
            ExpertLoad load = new ExpertLoad(
                    expert, requests, settings.batchSize(), settings.batchWait(), Duration.ofSeconds(seconds));
            ExpertLoad.Measured alone = load.alone();
            ExpertLoad.Measured together = load.together(callers);
            Table table = new Table(invocation.outStyle(), "CALLERS", "A SECOND", "MEDIAN", "P95", "BATCH", "FAILED");
            row(table, alone);
            row(table, together);
            invocation.result(
                    Json.object(
                            "expert", settings.name(),
                            "task", settings.task().label(),
                            "model", settings.model(),
                            "device", expert.placement(),
                            "alone", machine(alone),
                            "together", machine(together)),
                    "%s%s on %s: %.2f times as much%n"
                            .formatted(table, settings.model(), expert.placement(), together.rate() / alone.rate()));
            return together.failed() == 0 ? ExitCodes.OK : ExitCodes.NEGATIVE;
        }

        private static void row(Table table, ExpertLoad.Measured measured) {
            table.row(
                    measured.callers(),
                    "%.1f".formatted(measured.rate()),
                    "%.1f ms".formatted(measured.median().toNanos() / 1e6),
                    "%.1f ms".formatted(measured.slow().toNanos() / 1e6),
                    "%.1f".formatted(measured.meanBatch()),
                    measured.failed());
        }

        private static Map<String, @Nullable Object> machine(ExpertLoad.Measured measured) {
            return Json.object(
                    "callers", measured.callers(),
                    "requests", measured.requests(),
                    "failed", measured.failed(),
                    "per_second", measured.rate(),
                    "median_ms", measured.median().toNanos() / 1e6,
                    "p95_ms", measured.slow().toNanos() / 1e6,
                    "mean_batch", measured.meanBatch());
        }
    }
}
