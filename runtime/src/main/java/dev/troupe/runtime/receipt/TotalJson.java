package dev.troupe.runtime.receipt;

import dev.troupe.knowledge.journal.Total;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sum of receipts. Money is a string with 12 decimals. */
public final class TotalJson {
    private TotalJson() {}

    /**
     * What Jackson can write.
     *
     * @param by what was summed up: {@code day}, {@code lever} or {@code agent}
     */
    public static Map<String, @Nullable Object> of(String by, Total sum) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put(by, sum.key());
        object.put("count", sum.tasks());
        object.put("solved", sum.solved());
        object.put("wall_ms", sum.wallMillis());
        object.put("input_tokens", sum.usage().inputTokens());
        object.put("cached_tokens", sum.usage().cachedTokens());
        object.put("output_tokens", sum.usage().outputTokens());
        object.put("cost_usd", sum.cost().toDecimal());
        object.put("saved_usd", sum.saved().toDecimal());
        object.put("saved_measured_usd", sum.measured().toDecimal());
        object.put("demonstrated", sum.demonstrated());
        object.put("learned", sum.learned());
        return object;
    }
}
