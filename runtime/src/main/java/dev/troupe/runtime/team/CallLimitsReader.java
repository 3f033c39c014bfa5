package dev.troupe.runtime.team;

import dev.troupe.runtime.team.yaml.Fields;
import dev.troupe.runtime.team.yaml.Value;
import dev.troupe.tools.call.CallLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads what one call of a tool may use up. */
final class CallLimitsReader {
    private CallLimitsReader() {}

    static CallLimits read(@Nullable Fields fields) {
        CallLimits limits = CallLimits.USUAL;
        if (fields == null) {
            return limits;
        }
        Value timeValue = fields.get("time");
        Duration time = timeValue == null ? null : timeValue.duration(Duration.ofMillis(10), Duration.ofHours(1));
        Value outputValue = fields.get("output");
        Long output = outputValue == null ? null : outputValue.bytes(100, 1 << 20);
        return limits.withTime(time == null ? limits.time() : time)
                .withOutput(output == null ? limits.output() : output.intValue());
    }
}
