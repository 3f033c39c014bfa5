package dev.troupe.runtime.bench;

import dev.troupe.models.call.Money;
import dev.troupe.runtime.bench.Summary.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a run file.
 *
 * @param configurations in the order in which they were first asked
 * @param differences each configuration against each one before it, on the questions that both were asked
 */
public record Report(List<Summary> configurations, List<Difference> differences) {
    public Report {
        configurations = List.copyOf(configurations);
        differences = List.copyOf(differences);
    }

    static Report of(List<RunRecord> records) {
        List<Summary> summaries = Summary.of(records);
        List<Difference> differences = new ArrayList<>();
        for (Summary later : summaries) {
            for (Summary earlier : summaries.subList(0, summaries.indexOf(later))) {
                if (earlier.team().equals(later.team()) && earlier.model().equals(later.model())) {
                    Difference difference = Difference.of(records, later, earlier);
                    if (difference != null) {
                        differences.add(difference);
                    }
                }
            }
        }
        return new Report(summaries, differences);
    }

    /** Two tables and what their columns mean. */
    public String toMarkdown() {
        StringBuilder text = new StringBuilder();
        text.append(
                        "| team | model | configuration | right | 95 % | turns | tokens in | cached | out | model s | wall s")
                .append(
                        " | cost | uncached | escalations | demonstrations used / helped / misled | replays | right of exit code 0 |\n")
                .append("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        configurations.forEach(summary -> text.append(row(summary)));
        if (!differences.isEmpty()) {
            text.append(
                    "\n| right more often | than | points | 95 % | questions | tokens |\n|---|---|---|---|---|---|\n");
            differences.forEach(difference -> text.append("| %s | %s | %s | %s | %d | %s |\n"
                    .formatted(
                            difference.configuration(),
                            difference.than(),
                            String.format(
                                    Locale.ROOT,
                                    "%+.1f",
                                    100 * difference.difference().mean()),
                            points(difference.difference(), "%+.1f"),
                            difference.pairs(),
                            difference.tokens() == null
                                    ? ""
                                    : String.format(Locale.ROOT, "%.0f %%", 100 * difference.tokens()))));
        }
        text.append(skills()).append(quarters()).append(verdicts());
        return text.append("\nTurns, tokens and seconds are means for a question. Intervals: ")
                .append(String.format(Locale.ROOT, "%,d", Bootstrap.RESAMPLES))
                .append(" bootstrap resamples of whole templates, seed ")
                .append(Bootstrap.SEED)
                .append(".\n")
                .append(parallel())
                .toString();
    }

    private String skills() {
        List<String> names = configurations.stream()
                .flatMap(summary -> summary.bySkill().keySet().stream())
                .distinct()
                .sorted()
                .toList();
        if (names.size() < 2) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n| configuration | " + String.join(" | ", names) + " |\n|---|")
                .append("---|".repeat(names.size()))
                .append('\n');
        for (Summary summary : configurations) {
            text.append("| ").append(summary.configuration()).append(" |");
            names.forEach(name -> text.append(cell(summary.bySkill().get(name))));
            text.append('\n');
        }
        return text.toString();
    }

    private String quarters() {
        StringBuilder text = new StringBuilder();
        for (Summary summary : configurations) {
            if (!summary.quarters().isEmpty()) {
                text.append("| ").append(summary.configuration()).append(" |");
                summary.quarters().forEach(quarter -> text.append(cell(quarter)));
                text.append('\n');
            }
        }
        return text.isEmpty()
                ? ""
                : "\n| configuration | 1st quarter | 2nd | 3rd | 4th |\n|---|---|---|---|---|\n" + text;
    }

    private static String cell(@Nullable Share share) {
        return share == null
                ? " |"
                : " %d of %d, %.0f %% (%s) |"
                        .formatted(
                                share.right(),
                                share.asked(),
                                100 * share.share().mean(),
                                points(share.share(), "%.0f"));
    }

    private String verdicts() {
        StringBuilder text = new StringBuilder();
        for (Summary summary : configurations) {
            Judging judging = summary.judging();
            if (judging != null) {
                RunRecord.Verdicts verdicts = judging.verdicts();
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %d | %d | %s | %s |%n",
                        summary.configuration(),
                        verdicts.acceptedRight(),
                        verdicts.acceptedWrong(),
                        verdicts.refusedRight(),
                        verdicts.refusedWrong(),
                        ratio(judging.precision()),
                        ratio(judging.recall())));
            }
        }
        return text.isEmpty()
                ? ""
                : "\n| configuration | accepted, right | accepted, wrong | refused, right | refused, wrong | precision"
                        + " | recall |\n|---|---|---|---|---|---|---|\n" + text;
    }

    private static String ratio(@Nullable Double ratio) {
        return ratio == null ? "" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    private String parallel() {
        String several = configurations.stream()
                .filter(summary -> summary.parallel() > 1)
                .map(summary -> summary.configuration() + " (up to " + summary.parallel() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
        return several.isEmpty()
                ? ""
                : "Asked several at a time, so that their seconds say nothing of a single question: " + several + ".\n";
    }

    private static String row(Summary summary) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %d of %d (%.1f %%) | %s | %.2f | %.0f | %.0f | %.0f | %.1f | %.1f | %s | %s | %d"
                        + " | %d / %d / %d | %d | %s |\n",
                summary.team(),
                summary.model(),
                summary.configuration(),
                summary.right(),
                summary.asked(),
                100 * summary.rightShare().mean(),
                points(summary.rightShare(), "%.1f"),
                summary.turns(),
                summary.inputTokens(),
                summary.cachedTokens(),
                summary.outputTokens(),
                summary.modelSeconds(),
                summary.wallSeconds(),
                Money.parse(summary.costUsd()),
                summary.uncachedUsd() == null ? "" : Money.parse(summary.uncachedUsd()),
                summary.escalations(),
                summary.demonstrationsUsed(),
                summary.demonstrationsHelped(),
                summary.demonstrationsMisled(),
                summary.replays(),
                summary.exitZero() == 0
                        ? "none"
                        : "%d of %d (%.0f %%)"
                                .formatted(
                                        summary.exitZeroRight(),
                                        summary.exitZero(),
                                        100.0 * summary.exitZeroRight() / summary.exitZero()));
    }

    private static String points(Interval interval, String format) {
        return String.format(Locale.ROOT, format + " to " + format, 100 * interval.low(), 100 * interval.high());
    }
}
