package dev.troupe.runtime.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
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
 * @param costUsd with 12 decimals, as {@code baselineUsd}
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
        String task) {
    public RunRecord {
        parallel = Math.max(1, parallel);
    }

    static RunRecord of(Key key, BenchCase asked, Asker.Asked result, boolean right, int parallel) {
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
                task.task());
    }

    Key key() {
        return new Key(team, model, configuration, caseId, repetition);
    }

    /** What is not asked twice. */
    record Key(String team, String model, String configuration, String caseId, int repetition) {}
}
