package dev.troupe.knowledge.journal;

import dev.troupe.models.call.Money;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task of a plan, as it ended.
 *
 * @param id {@code t1}
 * @param task its type: {@code image-to-text}
 * @param inputs what it was given, by the names of its arguments: files, ids of other tasks, words
 * @param expert the expert or agent that did it or was tried last; null when nobody was
 * @param state {@code done}, {@code failed}, {@code skipped} or {@code cancelled}
 * @param wallMillis from its start to its end
 * @param tried those that failed, in order
 * @param why it was not done; null when it was
 */
public record PlanStep(
        String id,
        String task,
        Map<String, List<String>> inputs,
        @Nullable String expert,
        String state,
        long wallMillis,
        Money cost,
        List<String> tried,
        @Nullable String why) {
    public PlanStep {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        tried = List.copyOf(tried);
    }
}
