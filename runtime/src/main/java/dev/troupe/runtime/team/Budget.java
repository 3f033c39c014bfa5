package dev.troupe.runtime.team;

import dev.troupe.models.call.Money;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What may be spent. Null sets no limit.
 *
 * @param task the most that one task may cost
 * @param day the most that all tasks of a tenant may cost in a day
 * @param taskTokens the most tokens of one task, in and out, over all its calls
 * @param taskTime the most time for one task; there is always one, since every wait has an end
 */
public record Budget(
        @Nullable Money task, @Nullable Money day, @Nullable Long taskTokens, Duration taskTime) {
    public static final Duration DEFAULT_TASK_TIME = Duration.ofMinutes(10);
    public static final Budget DEFAULT = new Budget(null, null, null, DEFAULT_TASK_TIME);
}
