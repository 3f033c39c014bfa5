package dev.troupe.runtime.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question, asked once: a line of the run file.
 *
 * @param model as the results name it
 * @param configuration {@link Configuration#name()}
 * @param caseId the case's id
 * @param repetition counted from 0
 * @param right whether an answer was given and the check accepts it
 * @param shown the demonstration that the solving rung was shown
 * @param parallel how many questions were asked at the same time; 1 in lines that do not say
 * @param costUsd with 12 decimals, as {@code baselineUsd} and {@code uncachedUsd}
 * @param uncachedUsd what it would have cost without a discount for cached tokens; null in lines that do not say, as what
 *     follows
 * @param setting {@link Configuration#setting()}
 * @param skill the case's, by which results are grouped
 * @param position the question's place in the order, from 0
 * @param verified who vouched for the answer when the task ended
 * @param verdicts how the judge model's verdicts compare with the right answer; null where it was not asked
 * @param recordedCalls of the model calls, those that a recording answered
 * @param planRight whether the right tasks were planned; null where the case does not say which are
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RunRecord(
        String team,
        String model,
        String configuration,
        @JsonProperty("case") String caseId,
        String template,
        String split,
        int repetition,
        boolean right,
        String outcome,
        String answer,
        @Nullable String error,
        @Nullable Integer exitCode,
        @Nullable String rung,
        int escalations,
        int modelCalls,
        long inputTokens,
        long cachedTokens,
        long outputTokens,
        long modelMillis,
        long wallMillis,
        int parallel,
        String costUsd,
        String baselineUsd,
        @Nullable String shown,
        @Nullable String learned,
        @Nullable String code,
        String task,
        @Nullable String uncachedUsd,
        @Nullable String setting,
        @Nullable String skill,
        @Nullable Integer position,
        @Nullable String verified,
        @Nullable Verdicts verdicts,
        int recordedCalls,
        @Nullable Boolean planRight) {
    public RunRecord {
        parallel = Math.max(1, parallel);
    }

    static RunRecord of(
            Key key, String setting, BenchCase asked, int position, Asker.Asked result, boolean right, int parallel) {
        TaskRecord task = result.record();
        Receipt receipt = task.receipt();
        return new RunRecord(
                key.team(),
                key.model(),
                key.configuration(),
                asked.id(),
                asked.template(),
                asked.split().name().toLowerCase(java.util.Locale.ROOT),
                key.repetition(),
                right,
                task.outcome(),
                task.answer(),
                task.error(),
                task.exitCode(),
                task.rung(),
                task.escalations(),
                receipt.modelCalls(),
                receipt.usage().inputTokens(),
                receipt.usage().cachedTokens(),
                receipt.usage().outputTokens(),
                result.modelMillis(),
                receipt.wallMillis(),
                parallel,
                receipt.cost().toDecimal(),
                receipt.baseline().cost().toDecimal(),
                task.shown(),
                task.learned(),
                task.code(),
                task.task(),
                result.uncached().toDecimal(),
                setting,
                asked.skill(),
                position,
                task.verified().label(),
                Verdicts.of(asked, result.judged()),
                receipt.recordedCalls(),
                asked.isRightPlan(task.plan()));
    }

    /** Whether it was answered without a model. */
    boolean replayed() {
        return outcome.equals("solved") && (modelCalls == 0 || "replay".equals(rung));
    }

    /**
     * How often a judge model and the right answer agreed.
     *
     * @param acceptedRight the judge accepted an answer, and it was right; the others likewise
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Verdicts(int acceptedRight, int acceptedWrong, int refusedRight, int refusedWrong) {
        static final Verdicts NONE = new Verdicts(0, 0, 0, 0);

        static @Nullable Verdicts of(BenchCase asked, @Nullable List<Asker.Judged> judged) {
            if (judged == null) {
                return null;
            }
            int[][] counts = new int[2][2];
            for (Asker.Judged one : judged) {
                boolean right = asked.check().accepts(one.answer(), asked.question());
                counts[one.accepted() ? 1 : 0][right ? 1 : 0]++;
            }
            return new Verdicts(counts[1][1], counts[1][0], counts[0][1], counts[0][0]);
        }

        Verdicts plus(Verdicts other) {
            return new Verdicts(
                    acceptedRight + other.acceptedRight,
                    acceptedWrong + other.acceptedWrong,
                    refusedRight + other.refusedRight,
                    refusedWrong + other.refusedWrong);
        }
    }

    Key key() {
        return new Key(team, model, configuration, caseId, repetition);
    }

    /** What is not asked twice. */
    record Key(String team, String model, String configuration, String caseId, int repetition) {}
}
