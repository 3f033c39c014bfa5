package dev.troupe.runtime.cli;

import dev.troupe.agents.TaskEvent;
import dev.troupe.agents.TaskEvent.What;
import dev.troupe.knowledge.journal.Verdict.Judge;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows a task's steps on standard error while they happen. One thread at a time. */
public final class RunRenderer implements Consumer<TaskEvent> {
    private static final String MARGIN = "    │ ";
    private static final int OUTPUT_LINES = 40;

    private final PrintStream out;
    private final Style style;
    private final boolean screen;
    private final ModelText written;
    private final LiveText printed;
    private final PlanDisplay plan;
    private boolean waiting;

    public RunRenderer(Invocation invocation) {
        this.out = invocation.err();
        this.style = invocation.errStyle();
        this.screen = invocation.terminal().errIsTerminal();
        this.written = new ModelText(out, style.dim(MARGIN), style);
        this.printed = new LiveText(out, style.dim("    > "), OUTPUT_LINES);
        this.plan = new PlanDisplay(out, style, screen, invocation.terminal().columns());
    }

    @Override
    public void accept(TaskEvent event) {
        clearWaiting();
        What what = event.what();
        if (!(what instanceof TaskEvent.TextDelta)) {
            written.end();
        }
        if (!(what instanceof TaskEvent.OutputChunk)) {
            printed.end();
        }
        if (!(what instanceof TaskEvent.PlanTask)) {
            plan.leave();
        }
        show(what);
        out.flush();
    }

    private void show(What what) {
        switch (what) {
            case TaskEvent.RungStarted rung -> {
                out.println(style.bold("▸ " + rung.rung()) + "  " + rung.model() + ", up to "
                        + Amounts.count(rung.turns(), "turn"));
                waitFor("the model reads");
            }
            case TaskEvent.TextDelta text -> written.append(text.text());
            case TaskEvent.Code code -> {
                int lines = (int) code.source().lines().count();
                out.println("    runs " + Amounts.count(lines, "line") + " of " + SafeText.of(code.language()));
            }
            case TaskEvent.OutputChunk chunk -> printed.append(chunk.text(), text -> text);
            case TaskEvent.CodeEnded ended -> out.println("    " + ending(ended));
            case TaskEvent.Retried retried -> {
                out.println(style.yellow("  ↻ " + retried.rung() + " goes on: ") + SafeText.firstLine(retried.why()));
                waitFor("the model reads");
            }
            case TaskEvent.Escalated escalated ->
                out.println(style.yellow("  ↗ on to " + escalated.rung() + ": ") + SafeText.firstLine(escalated.why()));
            case TaskEvent.DemonstrationShown shown -> out.println(demonstration(shown));
            case TaskEvent.Replay replay ->
                out.println(
                        replay.demonstration() == null
                                ? style.dim("  " + replay.rung() + " abstains: ") + SafeText.firstLine(replay.text())
                                : style.bold("▸ " + replay.rung()) + ": " + SafeText.firstLine(replay.text()));
            case TaskEvent.ToolCalled called ->
                out.println("  " + style.bold("calls") + "  " + SafeText.of(called.tool()) + " "
                        + SafeText.firstLine(called.arguments()));
            case TaskEvent.ToolEnded ended ->
                out.println("    "
                        + (ended.problem() == null ? "" : style.red(ended.problem() + ": "))
                        + SafeText.firstLine(ended.text()));
            case TaskEvent.AgentAsked asked -> {
                if (!asked.to().equals("review")) {
                    String does = asked.to().equals("ask") ? "asks" : "hands over to";
                    out.println("  " + style.bold(does) + "  " + asked.agent());
                }
                waitFor(asked.agent() + " works");
            }
            case TaskEvent.AgentEnded ended ->
                out.println(
                        "    " + (ended.answered() ? "" : style.red("no answer: ")) + SafeText.firstLine(ended.text()));
            case TaskEvent.Verifying verifying -> {
                out.println("  " + style.bold("verify") + "  " + verifying.model() + " judges the answer");
                waitFor("the judge reads");
            }
            case TaskEvent.Judgement judgement -> out.println("    " + SafeText.firstLine(judgement.reply()));
            case TaskEvent.ModelFailed failed ->
                out.println(style.red("    " + failed.model() + " failed: ") + SafeText.firstLine(failed.message()));
            case TaskEvent.Called called -> {
                // The receipt sums it up.
            }
            case TaskEvent.PlanDrawn drawn -> plan.drawn(drawn);
            case TaskEvent.PlanTask task -> plan.changed(task);
            case TaskEvent.Finished finished -> {
                // The answer, the error and the receipt tell the rest.
            }
        }
    }

    private String ending(TaskEvent.CodeEnded ended) {
        String time = Amounts.duration(Duration.ofMillis(ended.wallMillis()));
        if (ended.exitCode() == null) {
            return style.red("not run: " + ended.end());
        }
        if (!ended.end().equals("exited")) {
            return style.red("ended by its limit on " + ended.end().replace('_', ' ')) + " after " + time;
        }
        return ended.exitCode() == 0
                ? style.green("exit code 0") + " after " + time
                : style.red("exit code " + ended.exitCode()) + " after " + time;
    }

    private String demonstration(TaskEvent.DemonstrationShown shown) {
        String vouched = shown.verified() == Judge.NONE
                ? "candidate, exit code only"
                : "verified by " + shown.verified().label();
        return String.format(
                Locale.ROOT,
                "  %s  %s “%s” (%.0f %% alike, %s)",
                style.bold("shows"),
                shown.id(),
                SafeText.firstLine(shown.question()),
                100 * shown.similarity(),
                vouched);
    }

    /** Says on a screen what takes so long; the next event takes it away. */
    private void waitFor(String what) {
        if (screen) {
            out.print(style.dim("    … " + what));
            waiting = true;
        }
    }

    private void clearWaiting() {
        if (waiting) {
            out.print("\r\u001b[K");
            waiting = false;
        }
    }
}
