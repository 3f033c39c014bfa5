package dev.troupe.runtime.cli;

import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.journal.Total;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.receipt.TaskJson;
import dev.troupe.runtime.receipt.TotalJson;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What tasks cost and what was saved. */
@Command(
        name = "receipts",
        description = "Shows what tasks cost and what was saved: one task's, or sums by day, lever or agent.",
        synopsisSubcommandLabel = "<command>",
        footer = {"  troupe receipts last", "  troupe receipts by-day", "  troupe receipts by-lever --from 2026-11-01"},
        subcommands = {
            ReceiptsCommand.Last.class,
            ReceiptsCommand.ByDay.class,
            ReceiptsCommand.ByLever.class,
            ReceiptsCommand.ByAgent.class
        })
final class ReceiptsCommand extends Group {
    @Command(
            name = "last",
            description = "Shows the receipt of the last task, or of the one that is named.",
            footer = {"  troupe receipts last", "  troupe receipts last 0193a7c2-5d1e --json"})
    static final class Last implements Callable<Integer> {
        private final Invocation invocation;

        @Parameters(
                arity = "0..1",
                paramLabel = "<task>",
                description = "The task's id, or its beginning. Default: the task that ended last.")
        private @Nullable String task;

        Last(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            try (Journal journal = Journal.open(invocation.folders().data())) {
                TaskRecord found = find(new Tasks(journal), task);
                invocation.task(found.task());
                String text = new ReceiptText(invocation.outStyle(), invocation.command()).of(found);
                invocation.result(
                        TaskJson.of(found), "Question  " + SafeText.firstLine(found.question()) + "\n" + text);
            }
            return ExitCodes.OK;
        }
    }

    /**
     * The task that a command is about.
     *
     * @param idOrBeginning as the user gave it, or null for the last one
     * @throws TroupeException {@code NOT_FOUND}
     */
    static TaskRecord find(Tasks tasks, @Nullable String idOrBeginning) {
        if (idOrBeginning == null) {
            return tasks.last(CallContext.LOCAL)
                    .orElseThrow(() -> new TroupeException(
                            ErrorCode.NOT_FOUND, "task: none has ended yet", "ask something first: troupe run --help"));
        }
        // Receipts shorten an id with an ellipsis, and people copy what they see.
        String beginning = idOrBeginning.replace("…", "").strip();
        if (beginning.isEmpty()) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, "task: empty (expected: an id or its beginning)", null);
        }
        return tasks.find(CallContext.LOCAL, beginning)
                .orElseThrow(() -> new TroupeException(
                        ErrorCode.NOT_FOUND,
                        "task: " + beginning + " (expected: the id of a task that has ended)",
                        "`troupe receipts last` shows the last one's"));
    }

    /** A range of days and the table of sums. */
    abstract static class Sums implements Callable<Integer> {
        private final Invocation invocation;
        private final String key;
        private final String heading;

        @Option(
                names = "--from",
                paramLabel = "<day>",
                description = "First day (UTC): 2026-11-01. Default: the first.")
        private LocalDate from = LocalDate.of(1970, 1, 1);

        @Option(names = "--to", paramLabel = "<day>", description = "Last day (UTC). Default: today.")
        private LocalDate to = LocalDate.now(ZoneOffset.UTC);

        Sums(Invocation invocation, String key, String heading) {
            this.invocation = invocation;
            this.key = key;
            this.heading = heading;
        }

        abstract List<Total> sums(Tasks tasks, LocalDate from, LocalDate to);

        @Override
        public Integer call() {
            if (to.isBefore(from)) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID, "--to: %s (expected: %s or later)".formatted(to, from), null);
            }
            List<Total> sums;
            try (Journal journal = Journal.open(invocation.folders().data())) {
                sums = sums(new Tasks(journal), from, to);
            }
            Table table = new Table(
                    invocation.outStyle(),
                    heading,
                    "COUNT",
                    "SOLVED",
                    "IN",
                    "CACHED",
                    "OUT",
                    "COST",
                    "SAVED",
                    "OF IT MEASURED");
            for (Total sum : sums) {
                table.row(
                        sum.key(),
                        Amounts.count(sum.tasks()),
                        Amounts.count(sum.solved()),
                        Amounts.count(sum.usage().inputTokens()),
                        Amounts.count(sum.usage().cachedTokens()),
                        Amounts.count(sum.usage().outputTokens()),
                        sum.cost(),
                        sum.saved(),
                        sum.measured());
            }
            invocation.result(
                    Json.object(
                            "by",
                            key,
                            "sums",
                            sums.stream().map(sum -> TotalJson.of(key, sum)).toList()),
                    sums.isEmpty() ? "no task has ended in that time" : table.toString());
            return ExitCodes.OK;
        }
    }

    @Command(
            name = "by-day",
            description = "Sums up receipts for each day (UTC).",
            footer = {"  troupe receipts by-day", "  troupe receipts by-day --from 2026-11-01 --to 2026-11-30 --json"})
    static final class ByDay extends Sums {
        ByDay(Invocation invocation) {
            super(invocation, "day", "DAY (UTC)");
        }

        @Override
        List<Total> sums(Tasks tasks, LocalDate from, LocalDate to) {
            return tasks.byDay(CallContext.LOCAL, from, to);
        }
    }

    @Command(
            name = "by-lever",
            description = "Sums up the steps of receipts for each stage: which lever saved what.",
            footer = {"  troupe receipts by-lever", "  troupe receipts by-lever --json"})
    static final class ByLever extends Sums {
        ByLever(Invocation invocation) {
            super(invocation, "lever", "LEVER");
        }

        @Override
        List<Total> sums(Tasks tasks, LocalDate from, LocalDate to) {
            return tasks.byStage(CallContext.LOCAL, from, to);
        }
    }

    @Command(
            name = "by-agent",
            description = "Sums up receipts for each agent.",
            footer = {"  troupe receipts by-agent", "  troupe receipts by-agent --json"})
    static final class ByAgent extends Sums {
        ByAgent(Invocation invocation) {
            super(invocation, "agent", "AGENT");
        }

        @Override
        List<Total> sums(Tasks tasks, LocalDate from, LocalDate to) {
            return tasks.byAgent(CallContext.LOCAL, from, to);
        }
    }
}
