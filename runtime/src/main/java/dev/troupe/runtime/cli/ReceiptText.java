package dev.troupe.runtime.cli;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.Receipt.Basis;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Money;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task's receipt for people: a head line, a line for each step, what it cost, and what was learned. */
public final class ReceiptText {
    private static final int SHOWN_OF_ID = 13;
    private final Style style;
    private final String command;

    /** @param command how the user calls Troupe, for the commands that the receipt proposes */
    public ReceiptText(Style style, String command) {
        this.style = style;
        this.command = command;
    }

    /** The receipt, each line with its end. */
    public String of(TaskRecord task) {
        Map<String, String> rows = new LinkedHashMap<>();
        for (Receipt.Step step : task.receipt().steps()) {
            rows.merge(step.stage(), SafeText.firstLine(step.outcome()), (one, other) -> one + "; " + other);
        }
        if (task.shown() != null && !rows.containsKey("demonstrations")) {
            rows.put("shown", "demonstration " + task.shown());
        }
        rows.put("cost", cost(task));
        String learned = learned(task);
        if (learned != null) {
            rows.put("learned", learned);
        }
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        StringBuilder text = new StringBuilder(head(task)).append('\n');
        rows.forEach((name, value) -> text.append("  ")
                .append(style.cyan(name))
                .append(" ".repeat(width - name.length()))
                .append(value)
                .append('\n'));
        return text.toString();
    }

    private String head(TaskRecord task) {
        Receipt receipt = task.receipt();
        return "%s  task %s  %s · %s · %s tokens in (%s cached), %s out"
                .formatted(
                        style.bold("Receipt"),
                        shortId(task.task()),
                        Amounts.duration(Duration.ofMillis(receipt.wallMillis())),
                        Amounts.count(receipt.modelCalls(), "model call") + recorded(receipt),
                        Amounts.count(receipt.usage().inputTokens()),
                        Amounts.count(receipt.usage().cachedTokens()),
                        Amounts.count(receipt.usage().outputTokens()));
    }

    private static String recorded(Receipt receipt) {
        if (receipt.recordedCalls() == 0) {
            return "";
        }
        return receipt.recordedCalls() == receipt.modelCalls()
                ? " (recorded)"
                : " (" + receipt.recordedCalls() + " recorded)";
    }

    /** Enough of a task's id to name it: {@code 0193a7c2-5d1e…}. */
    static String shortId(String task) {
        return task.length() <= SHOWN_OF_ID + 1 ? task : task.substring(0, SHOWN_OF_ID) + "…";
    }

    private String cost(TaskRecord task) {
        Receipt receipt = task.receipt();
        Receipt.Baseline baseline = receipt.baseline();
        boolean estimated = baseline.basis() == Basis.ESTIMATED;
        boolean local = receipt.cost().equals(Money.ZERO) && receipt.modelCalls() > 0;
        boolean dearer = receipt.saved().isNegative();
        Money difference = dearer ? Money.ZERO.minus(receipt.saved()) : receipt.saved();
        return "%s%s · on %s alone %s%s · %s%s"
                .formatted(
                        receipt.cost(),
                        local ? " (local)" : "",
                        baseline.model().substring(baseline.model().indexOf('/') + 1),
                        estimated ? "about " : "",
                        baseline.cost(),
                        dearer ? style.yellow("dearer by " + difference) : style.green("saved " + difference),
                        estimated ? ", estimated" : ", measured");
    }

    private @Nullable String learned(TaskRecord task) {
        if (task.learned() == null) {
            return null;
        }
        return task.verified() == Judge.NONE
                ? "candidate %s (exit code only): `%s good` if the answer is right".formatted(task.learned(), command)
                : "%s, which a %s found right"
                        .formatted(task.learned(), task.verified().label());
    }
}
