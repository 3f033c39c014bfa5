package dev.troupe.planner.ladder;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Earlier turns of a conversation. */
public final class Turns {
    private Turns() {}

    /** @param code of the program behind the answer, or null */
    public static TaskRecord turn(String question, String answer, @Nullable String code) {
        Receipt receipt = new Receipt(
                Money.ZERO,
                new Receipt.Baseline("openai/gpt-5", Money.ZERO, Receipt.Basis.ESTIMATED),
                Money.ZERO,
                Usage.NONE,
                1,
                1,
                List.of());
        return new TaskRecord(
                "t",
                "local",
                "team",
                "desk",
                "c",
                question,
                Instant.EPOCH,
                "solved",
                answer,
                Judge.NONE,
                null,
                "quick",
                "local/small",
                code == null ? null : "python",
                code,
                null,
                null,
                0,
                receipt,
                List.of(),
                null);
    }
}
