package dev.troupe.runtime.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.troupe.models.call.Money;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration achieved.
 *
 * @param asked how many questions, repetitions counted
 * @param rightShare 0 to 1, with its interval
 * @param turns model calls a question, mean; the token counts and times likewise
 * @param parallel how many questions at most were asked at the same time; with more than 1, the times say nothing of a
 *     single question
 * @param escalations rungs that gave up, all questions together
 * @param demonstrationsUsed questions whose answer came from an attempt that was shown one
 * @param demonstrationsHelped of these, the right ones; the others were misled
 * @param exitZero answers whose last program ended with exit code 0
 * @param exitZeroRight of these, the right ones: what an exit code alone is worth
 * @param rightBySplit share right by half
 * @param setting what the configuration is; null where its results do not say
 * @param uncachedUsd what it would have cost without a discount for cached tokens; null where results do not say
 * @param replays questions that were answered without a model
 * @param recordedCalls calls of models that a recording answered
 * @param judging what the judge model's verdicts are worth; null where none was asked
 * @param bySkill by the cases' {@code skill}
 * @param plansChecked questions whose cases say which plans are right
 * @param plansRight of these, those for which a right one was made
 * @param quarters the first quarter of the questions, in the order in which they were asked, and so on
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Summary(
        String team,
        String model,
        String configuration,
        int asked,
        int right,
        Interval rightShare,
        double turns,
        double inputTokens,
        double cachedTokens,
        double outputTokens,
        double modelSeconds,
        double wallSeconds,
        int parallel,
        String costUsd,
        String baselineUsd,
        int escalations,
        int demonstrationsUsed,
        int demonstrationsHelped,
        int demonstrationsMisled,
        int exitZero,
        int exitZeroRight,
        Map<String, Double> rightBySplit,
        @Nullable String setting,
        @Nullable String uncachedUsd,
        int replays,
        int recordedCalls,
        @Nullable Judging judging,
        Map<String, Share> bySkill,
        List<Share> quarters,
        int plansChecked,
        int plansRight) {
    /** One for each model and configuration, in the order in which they were first asked. */
    static List<Summary> of(List<RunRecord> records) {
        Map<List<String>, List<RunRecord>> byConfiguration = records.stream()
                .collect(Collectors.groupingBy(
                        record -> List.of(record.team(), record.model(), record.configuration()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return byConfiguration.values().stream().map(Summary::summarize).toList();
    }

    private static Summary summarize(List<RunRecord> records) {
        RunRecord first = records.getFirst();
        Share all = Share.of(records);
        int used = count(records, record -> record.shown() != null);
        int helped = count(records, record -> record.shown() != null && record.right());
        return new Summary(
                first.team(),
                first.model(),
                first.configuration(),
                all.asked(),
                all.right(),
                all.share(),
                mean(records, RunRecord::modelCalls),
                mean(records, RunRecord::inputTokens),
                mean(records, RunRecord::cachedTokens),
                mean(records, RunRecord::outputTokens),
                mean(records, RunRecord::modelMillis) / 1000,
                mean(records, RunRecord::wallMillis) / 1000,
                records.stream().mapToInt(RunRecord::parallel).max().orElse(1),
                sum(records, RunRecord::costUsd),
                sum(records, RunRecord::baselineUsd),
                records.stream().mapToInt(RunRecord::escalations).sum(),
                used,
                helped,
                used - helped,
                count(records, Summary::exitedWithZero),
                count(records, record -> exitedWithZero(record) && record.right()),
                records.stream()
                        .collect(Collectors.groupingBy(
                                RunRecord::split, TreeMap::new, Collectors.averagingDouble(Summary::score))),
                records.getLast().setting(),
                uncached(records),
                count(records, RunRecord::replayed),
                records.stream().mapToInt(RunRecord::recordedCalls).sum(),
                Judging.of(records),
                Share.bySkill(records),
                Share.byQuarter(records),
                count(records, record -> record.planRight() != null),
                count(records, record -> Boolean.TRUE.equals(record.planRight())));
    }

    private static @Nullable String uncached(List<RunRecord> records) {
        return records.stream().anyMatch(record -> record.uncachedUsd() == null)
                ? null
                : sum(records, record -> String.valueOf(record.uncachedUsd()));
    }

    private static boolean exitedWithZero(RunRecord record) {
        Integer exitCode = record.exitCode();
        return record.outcome().equals("solved") && exitCode != null && exitCode == 0;
    }

    static double score(RunRecord record) {
        return record.right() ? 1 : 0;
    }

    private static int count(List<RunRecord> records, Predicate<RunRecord> wanted) {
        return (int) records.stream().filter(wanted).count();
    }

    private static double mean(List<RunRecord> records, java.util.function.ToLongFunction<RunRecord> value) {
        return records.stream().mapToLong(value).average().orElse(0);
    }

    private static String sum(List<RunRecord> records, java.util.function.Function<RunRecord, String> dollars) {
        return records.stream()
                .map(dollars)
                .map(Money::parse)
                .reduce(Money.ZERO, Money::plus)
                .toDecimal();
    }

    /**
     * How much more often one configuration was right than another on the same questions.
     *
     * @param pairs questions that both were asked
     * @param difference of the shares right, with the interval of the paired differences
     * @param tokens how many tokens it took, in and out, for one of the other's; null when that took none
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Difference(
            String configuration,
            String than,
            int pairs,
            Interval difference,
            @Nullable Double tokens) {
        /** Null when they were asked no question in common. */
        static @Nullable Difference of(List<RunRecord> records, Summary one, Summary other) {
            Map<List<Object>, Double> others = records.stream()
                    .filter(other::holds)
                    .collect(Collectors.toMap(Difference::question, Summary::score, (a, b) -> b));
            Map<String, List<Double>> byTemplate = records.stream()
                    .filter(record -> one.holds(record) && others.containsKey(question(record)))
                    .sorted(Comparator.comparing(RunRecord::caseId))
                    .collect(Collectors.groupingBy(
                            RunRecord::template,
                            TreeMap::new,
                            Collectors.mapping(
                                    record -> score(record) - others.getOrDefault(question(record), 0.0),
                                    Collectors.toList())));
            if (byTemplate.isEmpty()) {
                return null;
            }
            List<double[]> groups = byTemplate.values().stream()
                    .map(group ->
                            group.stream().mapToDouble(Double::doubleValue).toArray())
                    .toList();
            int pairs = groups.stream().mapToInt(group -> group.length).sum();
            return new Difference(
                    one.configuration(),
                    other.configuration(),
                    pairs,
                    Bootstrap.mean(groups),
                    tokens(records, one, other));
        }

        private static @Nullable Double tokens(List<RunRecord> records, Summary one, Summary other) {
            Map<List<Object>, Long> mine = tokens(records, one);
            Map<List<Object>, Long> theirs = tokens(records, other);
            mine.keySet().retainAll(theirs.keySet());
            theirs.keySet().retainAll(mine.keySet());
            long spent = mine.values().stream().mapToLong(Long::longValue).sum();
            long against = theirs.values().stream().mapToLong(Long::longValue).sum();
            return against == 0 ? null : (double) spent / against;
        }

        private static Map<List<Object>, Long> tokens(List<RunRecord> records, Summary of) {
            Map<List<Object>, Long> tokens = new LinkedHashMap<>();
            records.stream()
                    .filter(of::holds)
                    .forEach(record -> tokens.put(question(record), record.inputTokens() + record.outputTokens()));
            return tokens;
        }

        private static List<Object> question(RunRecord record) {
            return List.of(record.caseId(), record.repetition());
        }
    }

    private boolean holds(RunRecord record) {
        return record.team().equals(team)
                && record.model().equals(model)
                && record.configuration().equals(configuration);
    }
}
