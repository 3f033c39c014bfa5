package dev.troupe.runtime.cli;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.bench.Asker;
import dev.troupe.runtime.bench.Bench;
import dev.troupe.runtime.bench.BenchCase.Split;
import dev.troupe.runtime.bench.CaseFile;
import dev.troupe.runtime.bench.Configuration;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import dev.troupe.runtime.bench.Report;
import dev.troupe.runtime.bench.RunRecord;
import dev.troupe.runtime.bench.TeamAskers;
import dev.troupe.runtime.host.HostSettings;
import dev.troupe.runtime.team.AssistantSettings.RungSettings;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
            "  troupe bench examples/analyst/cases.jsonl --team examples/analyst --demonstrations frozen"
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

    private final Invocation invocation;
    private final Source source;

    @Parameters(paramLabel = "<cases>", description = "The questions: a file as examples/README.md describes.")
    private Path cases = Path.of("cases.jsonl");

    @Option(names = "--team", required = true, paramLabel = "<team>", description = "A team file, or its folder.")
    private Path team = Path.of(".");

    @Option(
            names = "--ladder",
            paramLabel = "<rungs>",
            description = "Only these rungs, such as quick,documented. May be given several times. Default: all.")
    private List<String> ladders = new ArrayList<>();

    @Option(
            names = "--demonstrations",
            paramLabel = "<mode>",
            description = "off (the default): none are shown. learn: answers that are right become demonstrations"
                    + " (with --split learn). frozen: what was learned is shown, and none are added.")
    private List<Demonstrations> demonstrations = new ArrayList<>();

    @Option(
            names = "--bare",
            description = "Also the same model in a plain loop: the same instructions, the files' names, the raw output"
                    + " of what it runs, up to 5 turns.")
    private boolean bare;

    @Option(names = "--split", paramLabel = "<half>", description = "learn, test (the default) or all.")
    private Half split = Half.TEST;

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
                        new HostSettings(
                                        ours.folders().data(),
                                        ours.folders().cache(),
                                        ours.terminal().environment(),
                                        false)
                                .withMachine(ours.machine()),
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
        TeamFile file = new TeamFileReader(invocation.terminal().environment())
                .read(team)
                .orThrow(invocation.errStyle().colours());
        Bench.Plan plan = new Bench.Plan(
                file.team(), CaseFile.read(cases), split.splits(), configurations(file), limit, repeat, seed, parallel);
        Path folder = runFolder == null ? invocation.folders().data().resolve("bench") : runFolder;
        Bench bench = new Bench(plan, folder, source.open(file, modelUrl, parallel, invocation), this::show);
        Report results = report ? bench.report() : bench.run(invocation.cancellation());
        invocation.result(results, markdown ? results.toMarkdown() : BenchText.of(results, invocation.outStyle()));
        return ExitCodes.OK;
    }

    private List<Configuration> configurations(TeamFile file) {
        List<Configuration> configurations = new ArrayList<>();
        if (bare) {
            configurations.add(Configuration.BARE);
        }
        if (bare && ladders.isEmpty() && demonstrations.isEmpty()) {
            return configurations;
        }
        List<String> known =
                file.entryAgent().ladder().stream().map(RungSettings::name).toList();
        for (Demonstrations mode : demonstrations.isEmpty() ? List.of(Demonstrations.OFF) : demonstrations) {
            for (String ladder : ladders.isEmpty() ? List.of(String.join(",", known)) : ladders) {
                configurations.add(new Configuration(rungs(ladder, known), mode, false));
            }
        }
        return configurations;
    }

    private static List<String> rungs(String ladder, List<String> known) {
        List<String> rungs = List.of(ladder.split(",", -1));
        for (String rung : rungs) {
            if (!known.contains(rung)) {
                throw new TroupeException(
                        ErrorCode.USAGE,
                        "--ladder: " + rung + " (expected: of " + String.join(", ", known) + ")",
                        "rungs are named in the team file, under ladder");
            }
        }
        return rungs;
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
