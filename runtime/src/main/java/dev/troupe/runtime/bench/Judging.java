package dev.troupe.runtime.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts of a judge model, or of an agent that reviews, against the right answers, one for each answer that was put
 * before it.
 *
 * @param precision of the answers that it accepted, how many were right, 0 to 1; null where it accepted none
 * @param recall of the right answers, how many it accepted, 0 to 1; null where none was right
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Judging(
        RunRecord.Verdicts verdicts,
        @Nullable Double precision,
        @Nullable Double recall) {
    /** Null where no judge was asked. */
    static @Nullable Judging of(List<RunRecord> records) {
        RunRecord.Verdicts all = RunRecord.Verdicts.NONE;
        for (RunRecord record : records) {
            all = record.verdicts() == null ? all : all.plus(record.verdicts());
        }
        return all.equals(RunRecord.Verdicts.NONE)
                ? null
                : new Judging(
                        all,
                        ratio(all.acceptedRight(), all.acceptedWrong()),
                        ratio(all.acceptedRight(), all.refusedRight()));
    }

    private static @Nullable Double ratio(int good, int bad) {
        return good + bad == 0 ? null : (double) good / (good + bad);
    }
}
