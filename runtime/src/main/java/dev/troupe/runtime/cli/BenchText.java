package dev.troupe.runtime.cli;

import dev.troupe.models.call.Money;
import dev.troupe.runtime.bench.Judging;
import dev.troupe.runtime.bench.Report;
import dev.troupe.runtime.bench.Share;
import dev.troupe.runtime.bench.Summary;
import dev.troupe.runtime.bench.Summary.Difference;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A benchmark's results for a person at a terminal. */
final class BenchText {
    private BenchText() {}

    static String of(Report report, Style style) {
        if (report.configurations().isEmpty()) {
            return "No results so far.\n";
        }
        StringBuilder text = new StringBuilder();
        for (Summary summary : report.configurations()) {
            text.append(style.bold(summary.configuration()))
                    .append(style.dim("  " + summary.team() + ", " + summary.model()))
                    .append('\n')
                    .append(lines(summary));
        }
        for (Difference difference : report.differences()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s against %s: %+.1f points (95 %%: %+.1f to %+.1f, %d questions)%s%n",
                    difference.configuration(),
                    difference.than(),
                    100 * difference.difference().mean(),
                    100 * difference.difference().low(),
                    100 * difference.difference().high(),
                    difference.pairs(),
                    difference.tokens() == null
                            ? ""
                            : String.format(Locale.ROOT, ", %.0f %% of the tokens", 100 * difference.tokens())));
        }
        return text.toString();
    }

    private static String lines(Summary summary) {
        return String.format(
                        Locale.ROOT,
                        "  right           %d of %d, %.1f %% (95 %%: %.1f to %.1f)%n",
                        summary.right(),
                        summary.asked(),
                        100 * summary.rightShare().mean(),
                        100 * summary.rightShare().low(),
                        100 * summary.rightShare().high())
                + String.format(
                        Locale.ROOT,
                        "  a question      %.2f turns, %.0f tokens in (%.0f cached), %.0f out, %.1f s (%.1f s in models)%s%n",
                        summary.turns(),
                        summary.inputTokens(),
                        summary.cachedTokens(),
                        summary.outputTokens(),
                        summary.wallSeconds(),
                        summary.modelSeconds(),
                        summary.parallel() > 1 ? ", asked up to " + summary.parallel() + " at a time" : "")
                + String.format(
                        Locale.ROOT,
                        "  altogether      %s%s, %s%s%n",
                        Money.parse(summary.costUsd()),
                        summary.uncachedUsd() == null
                                ? ""
                                : " (" + Money.parse(summary.uncachedUsd()) + " without caching)",
                        Amounts.count(summary.escalations(), "escalation"),
                        summary.replays() == 0 ? "" : ", " + Amounts.count(summary.replays(), "replay"))
                + (summary.plansChecked() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "  plans           %d of %d right (%.1f %%)%n",
                                summary.plansRight(),
                                summary.plansChecked(),
                                100.0 * summary.plansRight() / summary.plansChecked()))
                + String.format(
                        Locale.ROOT,
                        "  demonstrations  %d used, %d helped, %d misled%n",
                        summary.demonstrationsUsed(),
                        summary.demonstrationsHelped(),
                        summary.demonstrationsMisled())
                + String.format(
                        Locale.ROOT,
                        "  exit code 0     %d answers, %d of them right%n",
                        summary.exitZero(),
                        summary.exitZeroRight())
                + shares(summary)
                + judging(summary);
    }

    private static String shares(Summary summary) {
        StringBuilder text = new StringBuilder();
        if (summary.bySkill().size() > 1) {
            summary.bySkill().forEach((skill, share) -> text.append(share("  " + skill, share)));
        }
        for (int i = 0; i < summary.quarters().size(); i++) {
            text.append(share("  quarter " + (i + 1), summary.quarters().get(i)));
        }
        return text.toString();
    }

    private static String share(String name, Share share) {
        return String.format(
                Locale.ROOT,
                "%-17s %d of %d, %.1f %% (95 %%: %.1f to %.1f)%n",
                name,
                share.right(),
                share.asked(),
                100 * share.share().mean(),
                100 * share.share().low(),
                100 * share.share().high());
    }

    private static String judging(Summary summary) {
        Judging judging = summary.judging();
        if (judging == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "  judge           %d verdicts, precision %s, recall %s%n",
                judging.verdicts().acceptedRight()
                        + judging.verdicts().acceptedWrong()
                        + judging.verdicts().refusedRight()
                        + judging.verdicts().refusedWrong(),
                ratio(judging.precision()),
                ratio(judging.recall()));
    }

    private static String ratio(@Nullable Double ratio) {
        return ratio == null ? "none" : String.format(Locale.ROOT, "%.2f", ratio);
    }
}
