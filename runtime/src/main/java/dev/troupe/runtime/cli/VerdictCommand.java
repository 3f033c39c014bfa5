package dev.troupe.runtime.cli;

import dev.troupe.knowledge.demonstration.DemonstrationLibrary.Judged;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.CallContext;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person's word on an answer. */
abstract class VerdictCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
            arity = "0..1",
            paramLabel = "<task>",
            description = "The task's id, or its beginning. Default: the task that ended last.")
    private @Nullable String task;

    VerdictCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    Integer judge(boolean right, @Nullable String because, @Nullable String answer) {
        try (Knowledge knowledge = Knowledge.open(invocation)) {
            String id =
                    ReceiptsCommand.find(new Tasks(knowledge.journal()), task).task();
            invocation.task(id);
            Judged judged = knowledge
                    .demonstrations()
                    .verdict(CallContext.LOCAL, id, new Verdict(Judge.PERSON, right), because, answer);
            @Nullable
            String demonstration = judged.demonstration().map(Demonstration::id).orElse(null);
            invocation.result(
                    Json.object(
                            "task", id,
                            "right", right,
                            "demonstration", demonstration,
                            "retired", judged.retired()),
                    text(invocation.outStyle(), right, judged));
        }
        return ExitCodes.OK;
    }

    /** What came of it, for people. */
    static String text(Style style, boolean right, Judged judged) {
        StringBuilder text = new StringBuilder(right ? style.green("good") : style.red("bad"))
                .append("  task ")
                .append(ReceiptText.shortId(judged.task().task()))
                .append("  ")
                .append(SafeText.firstLine(judged.task().question()))
                .append('\n');
        if (right) {
            text.append(judged.demonstration()
                    .map(kept ->
                            "  demonstration " + kept.id() + " is verified: it will be shown for questions like this")
                    .orElse(
                            "  nothing to learn from it: no program gave the answer, or the question was asked in the middle of"
                                    + " a conversation"));
        } else if (judged.retired().isEmpty()) {
            text.append("  nothing had been learned from it");
        } else {
            text.append("  no longer shown: ").append(String.join(", ", judged.retired()));
        }
        return text.toString();
    }

    @Command(
            name = "good",
            description = {
                "Says that the last answer, or that of the task named, is right.",
                "What was learned from it is verified then, and shown for questions like it."
            },
            footer = {"  troupe good", "  troupe good 0193a7c2-5d1e"})
    static final class Good extends VerdictCommand {
        Good(Invocation invocation) {
            super(invocation);
        }

        @Override
        public Integer call() {
            return judge(true, null, null);
        }
    }

    @Command(
            name = "bad",
            description = {
                "Says that the last answer, or that of the task named, is wrong.",
                "What was learned from it is not shown any more."
            },
            footer = {"  troupe bad", "  troupe bad 0193a7c2-5d1e --because \"2024 was asked for\" --answer South"})
    static final class Bad extends VerdictCommand {
        @Option(names = "--because", paramLabel = "<reason>", description = "Why, for the record.")
        private @Nullable String because;

        @Option(
                names = "--answer",
                paramLabel = "<answer>",
                description = "What would have been right, for the record.")
        private @Nullable String answer;

        Bad(Invocation invocation) {
            super(invocation);
        }

        @Override
        public Integer call() {
            return judge(false, because, answer);
        }
    }
}
