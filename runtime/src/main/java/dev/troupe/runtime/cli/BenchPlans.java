package dev.troupe.runtime.cli;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.embedding.MiniLmEmbedder;
import dev.troupe.planner.draft.Solved;
import dev.troupe.planner.draft.ToolGraph;
import dev.troupe.runtime.plans.PlanBench;
import dev.troupe.runtime.plans.PlanBench.Report;
import dev.troupe.runtime.plans.PlanFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The part of {@code bench} that measures drafted plans, for which no team is asked. */
final class BenchPlans {
    @Option(
            names = "--plans",
            description =
                    "Measure drafts of plans against right ones: with --train and --test, or --train and --folds.")
    private boolean plans;

    @Option(names = "--train", paramLabel = "<file>", description = "With --plans: solved requests to learn from.")
    private @Nullable Path train;

    @Option(names = "--test", paramLabel = "<file>", description = "With --plans: requests to draft for.")
    private @Nullable Path test;

    @Option(
            names = "--folds",
            paramLabel = "<n>",
            description = "With --plans, without --test: into how many parts to divide --train, each tested by what was"
                    + " learned from the others. --seed divides. Default: 5.")
    private int folds = 5;

    @Option(
            names = "--tools",
            paramLabel = "<file>",
            description = "With --plans: the tools. Default: tool_desc.json beside --train.")
    private @Nullable Path tools;

    @Option(
            names = "--graph",
            paramLabel = "<file>",
            description = "With --plans: which tool may follow which. Default: graph_desc.json beside --train.")
    private @Nullable Path graph;

    @Option(names = "--words", description = "With --plans: words alone, without vectors.")
    private boolean words;

    boolean asked() {
        return plans;
    }

    Integer run(Invocation invocation, long seed) {
        if (train == null) {
            throw new TroupeException(ErrorCode.USAGE, "--train: none (expected: a file of solved requests)", null);
        }
        Report report;
        if (words) {
            report = measure(new PlanFile(null), train, seed, invocation);
        } else {
            try (MiniLmEmbedder embedder = MiniLmEmbedder.open()) {
                report = measure(new PlanFile(embedder), train, seed, invocation);
            }
        }
        invocation.result(report, report.text());
        return ExitCodes.OK;
    }

    private Report measure(PlanFile files, Path learned, long seed, Invocation invocation) {
        ToolGraph known = files.graph(
                tools == null ? learned.resolveSibling("tool_desc.json") : tools,
                graph == null ? learned.resolveSibling("graph_desc.json") : graph);
        List<Solved> solved = files.solved(learned);
        return test == null
                ? PlanBench.crossValidate(known, solved, folds, seed, invocation.cancellation())
                : PlanBench.run(known, solved, files.solved(test), invocation.cancellation());
    }
}
