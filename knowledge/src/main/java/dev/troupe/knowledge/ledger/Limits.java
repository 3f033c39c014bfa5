package dev.troupe.knowledge.ledger;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a team may spend; null is no limit.
 *
 * @param task money for one task
 * @param taskTokens tokens for one task, in and out
 * @param day money for one day (UTC) of the team, all its tenants together
 * @param tenantDays money for one day (UTC) of single tenants, by their names
 */
public record Limits(
        @Nullable Money task,
        @Nullable Long taskTokens,
        @Nullable Money day,
        Map<String, Money> tenantDays) {
    /** No limit at all. */
    public static final Limits NONE = new Limits(null, null, null);

    /** @throws TroupeException {@code INPUT_INVALID} when one is negative */
    public Limits {
        check("task", task == null ? 0 : task.picodollars(), task);
        check("task_tokens", taskTokens == null ? 0 : taskTokens, taskTokens);
        check("day", day == null ? 0 : day.picodollars(), day);
        tenantDays = Map.copyOf(tenantDays);
        tenantDays.forEach((tenant, money) -> check("day of " + tenant, money.picodollars(), money));
    }

    /** With no limit for single tenants. */
    public Limits(@Nullable Money task, @Nullable Long taskTokens, @Nullable Money day) {
        this(task, taskTokens, day, Map.of());
    }

    private static void check(String name, long amount, @Nullable Object shown) {
        if (amount < 0) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "budget." + name + ": " + shown + " (expected: 0 or more)", null);
        }
    }
}
