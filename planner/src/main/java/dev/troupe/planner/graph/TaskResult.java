package dev.troupe.planner.graph;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a task of a plan.
 *
 * @param candidate who did it, or was tried last; null when nobody was
 * @param values what it gave: one, or one for each where the task was done for each of several; empty unless done
 * @param tried the candidates that failed, in order
 * @param code why it failed; null unless it did
 * @param why in words; empty when it was done
 * @param wallMillis from its first start to its end, 0 when it never began
 * @param usage tokens of the models that agents asked for it
 */
public record TaskResult(
        PlannedTask task,
        TaskState state,
        @Nullable String candidate,
        List<Item> values,
        List<String> tried,
        @Nullable ErrorCode code,
        String why,
        long wallMillis,
        Usage usage,
        Money cost) {
    public TaskResult {
        values = List.copyOf(values);
        tried = List.copyOf(tried);
    }

    public boolean isDone() {
        return state == TaskState.DONE;
    }
}
