package dev.troupe.runtime.cli;

import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.bench.Asker;
import dev.troupe.runtime.bench.Bench;
import dev.troupe.runtime.bench.BenchCase;
import dev.troupe.runtime.bench.BenchCase.Split;
import dev.troupe.runtime.bench.CaseFile;
import dev.troupe.runtime.bench.Plot;
import dev.troupe.runtime.bench.Report;
import dev.troupe.runtime.bench.RunRecord;
import dev.troupe.runtime.bench.Service;
import dev.troupe.runtime.bench.TeamAskers;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a team questions whose right answers are known. */
@Command(
        name = "bench",
        description = {
            "Asks a team questions whose right answers are known, in several configurations, and compares these.",
            "Results are kept: a run that was stopped goes on where it stopped, and results of earlier runs are"
                    + " compared too. The right answer is looked at after the team has answered."
        },
        footer = {
            "  troupe bench examples/analyst/cases.jsonl --team examples/analyst --bare --ladder quick --limit 10",
            "  troupe bench examples/analyst/cases.jsonl --team examples/analyst --split learn --demonstrations learn",
            "  troupe bench examples/analyst/cases.jsonl --team examples/analyst --demonstrations frozen",
            "  troupe bench cases.jsonl --team my-team --configurations compared.yaml --limit 40 --plot results.svg",
            "  troupe bench --plans --train solved.jsonl --test requests.jsonl"
        })
final class BenchCommand implements Callable<Integer> {
    /** Opens what is measured. */
    interface Source {
        /**
         * @param modelUrl an OpenAI-compatible server with the same weights that stands in for the team's local models,
         *     or null
         * @param parallel how many questions are asked at the same time
         */
        Asker.Factory open(TeamFile team, @Nullable URI modelUrl, int parallel, Invocation invocation);
    }

    /** A run takes hours with a local model, but has an end. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final Invocation invocation;
    private final Source source;

    @Parameters(
            arity = "0..1",
            paramLabel = "<cases>",
            description = "The questions: a file as docs/guide/bench.md describes.")
    private @Nullable Path cases;

    @Option(names = "--team", paramLabel = "<team>", description = "A team file, or its folder.")
    private @Nullable Path team;

    @Mixin
    private final BenchPlans plans = new BenchPlans();

    @Mixin
    private final BenchConfigurations compared = new BenchConfigurations();

    @Option(names = "--split", paramLabel = "<half>", description = "learn, test (the default) or all.")
    private Half split = Half.TEST;

    @Option(
            names = "--slice",
            paramLabel = "<name>",
            description = "Only the questions of this slice of the file, such as tune.")
    private @Nullable String slice;

    @Option(names = "--limit", paramLabel = "<n>", description = "At most so many questions.")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--repeat", paramLabel = "<n>", description = "Ask each question so often. Default: 1.")
    private int repeat = 1;

    @Option(names = "--seed", paramLabel = "<n>", description = "Of the order of questions. Default: 7.")
    private long seed = 7;

    @Option(
            names = "--parallel",
            paramLabel = "<n>",
            description = "Ask so many questions of a configuration at the same time, 1 (the default) to 64. The times"
                    + " of a question then say nothing of it alone. With --demonstrations learn, a question is shown what"
                    + " was learned from those that were done before it.")
    private int parallel = 1;

    @Option(
            names = "--model-url",
            paramLabel = "<url>",
            description = "An OpenAI-compatible server with the same weights, in place of the local models. The results"
                    + " name it.")
    private @Nullable URI modelUrl;

    @Option(
            names = "--run-folder",
            paramLabel = "<folder>",
            description = "Where results and what was learned are kept. Default: bench in the data folder.")
    private @Nullable Path runFolder;

    @Option(
            names = "--service",
            paramLabel = "<command>",
            description =
                    "Run this beside the questions, such as a stand-in for an API. It is ready when it prints a line"
                            + " with the word ready, and ends with the benchmark.")
    private @Nullable String service;

    @Option(names = "--plot", paramLabel = "<file>", description = "Write the results as a picture (SVG), too.")
    private @Nullable Path plot;

    @Option(names = "--report", description = "Ask nothing; only show the results so far.")
    private boolean report;

    @Option(names = "--markdown", description = "Print the results as Markdown.")
    private boolean markdown;

    BenchCommand(Invocation invocation) {
        this(
                invocation,
                (team, modelUrl, parallel, ours) -> new TeamAskers(
                        team,
                        modelUrl,
                        parallel,
                        RunCommand.settings(ours, false),
                        RunCommand.shownOn(ours.progress()),
                        ours.call(LONGEST)));
    }

    BenchCommand(Invocation invocation, Source source) {
        this.invocation = invocation;
        this.source = source;
    }

    /** The halves to ask. */
    enum Half {
        LEARN,
        TEST,
        ALL;

        Set<Split> splits() {
            return this == ALL ? EnumSet.allOf(Split.class) : Set.of(Split.valueOf(name()));
        }
    }

    @Override
    public Integer call() {
        atLeastOne("--limit", limit);
        atLeastOne("--repeat", repeat);
        if (plans.asked()) {
            return plans.run(invocation, seed);
        }
        TeamFile file = new TeamFileReader(invocation.terminal().environment())
                .read(given("--team", team))
                .orThrow(invocation.errStyle().colours());
        file.notices().forEach(this::note);
        Bench.Plan plan = new Bench.Plan(
                file.team(),
                asked(CaseFile.read(given("<cases>", cases))),
                split.splits(),
                compared.of(file, this::note),
                limit,
                repeat,
                seed,
                parallel);
        Path folder = runFolder == null ? invocation.folders().data().resolve("bench") : runFolder;
        Bench bench = new Bench(plan, folder, source.open(file, modelUrl, parallel, invocation), this::show);
        Report results = report ? bench.report() : run(bench, folder);
        if (plot != null) {
            write(plot, Plot.svg(results));
        }
        invocation.result(results, markdown ? results.toMarkdown() : BenchText.of(results, invocation.outStyle()));
        return ExitCodes.OK;
    }

    private List<BenchCase> asked(List<BenchCase> all) {
        if (slice == null) {
            return all;
        }
        List<BenchCase> asked =
                all.stream().filter(one -> slice.equals(one.slice())).toList();
        if (asked.isEmpty()) {
            throw new TroupeException(
                    ErrorCode.USAGE,
                    "--slice: " + slice + " (expected: of "
                            + all.stream()
                                    .map(BenchCase::slice)
                                    .filter(Objects::nonNull)
                                    .collect(Collectors.toCollection(TreeSet::new))
                            + ")",
                    "slices are named in the file of questions");
        }
        return asked;
    }

    private Report run(Bench bench, Path folder) {
        if (service == null) {
            return bench.run(invocation.cancellation());
        }
        Cancellation either = new Cancellation();
        try (Service running = Service.start(
                        service,
                        invocation.terminal().environment(),
                        folder.resolve("service.log"),
                        invocation.call(LONGEST_START));
                Cancellation.Registration interrupt =
                        invocation.cancellation().onCancel(() -> either.cancel("interrupted"));
                Cancellation.Registration end =
                        running.ended().onCancel(() -> either.cancel("its service has ended"))) {
            try {
                return bench.run(either);
            } catch (TroupeException e) {
                throw running.ended().isCancelled() ? running.failure(e) : e;
            }
        }
    }

    private void note(String notice) {
        invocation.err().println("note: " + notice);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new TroupeException(ErrorCode.STORAGE, "--plot: " + file + ": " + e.getMessage(), null, e);
        }
    }

    private static Path given(String name, @Nullable Path path) {
        if (path == null) {
            throw new TroupeException(ErrorCode.USAGE, name + ": none (expected: a path)", "see `bench --help`");
        }
        return path;
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new TroupeException(ErrorCode.USAGE, option + ": " + value + " (expected: 1 or more)", null);
        }
    }

    private void show(RunRecord result, int done, int all) {
        Style style = invocation.errStyle();
        String verdict = result.right() ? style.green("right") : style.red("wrong");
        invocation
                .err()
                .printf(
                        "[%d/%d] %s  %s  %s  %s%n",
                        done,
                        all,
                        result.configuration(),
                        verdict,
                        result.caseId(),
                        style.dim(Amounts.duration(Duration.ofMillis(result.wallMillis()))));
    }
}
