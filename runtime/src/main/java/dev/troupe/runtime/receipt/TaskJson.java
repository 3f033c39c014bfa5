package dev.troupe.runtime.receipt;

import dev.troupe.knowledge.journal.PlanStep;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.Receipt.Basis;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task that is over, as {@code run --json} prints it and as it is served. Money is a string with 12 decimals. */
public final class TaskJson {
    private TaskJson() {}

    /** What Jackson can write. */
    public static Map<String, @Nullable Object> of(TaskRecord task) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("task", task.task());
        object.put("outcome", task.outcome());
        object.put("answer", task.answer());
        object.put("verified", task.verified().label());
        object.put("exit_code", task.exitCode());
        object.put("rung", task.rung());
        object.put("demonstration", task.shown());
        object.put("replayed", task.replayed());
        object.put("learned", task.learned());
        object.put("escalations", task.escalations());
        object.put("receipt", receipt(task.receipt()));
        object.put("artifacts", task.artifacts());
        if (!task.plan().isEmpty()) {
            object.put("plan", task.plan().stream().map(TaskJson::step).toList());
        }
        return object;
    }

    private static Map<String, @Nullable Object> step(PlanStep step) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("id", step.id());
        object.put("task", step.task());
        object.put("inputs", step.inputs());
        object.put("expert", step.expert());
        object.put("state", step.state());
        object.put("wall_ms", step.wallMillis());
        if (step.why() != null) {
            object.put("why", step.why());
        }
        return object;
    }

    private static Map<String, Object> receipt(Receipt receipt) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("cost_usd", receipt.cost().toDecimal());
        Map<String, Object> baseline = new LinkedHashMap<>();
        baseline.put("model", receipt.baseline().model());
        baseline.put("cost_usd", receipt.baseline().cost().toDecimal());
        baseline.put("basis", label(receipt.baseline().basis()));
        object.put("baseline", baseline);
        object.put("saved_usd", receipt.saved().toDecimal());
        object.put("model_calls", receipt.modelCalls());
        object.put("recorded_calls", receipt.recordedCalls());
        putTokens(object, receipt.usage());
        object.put("wall_ms", receipt.wallMillis());
        List<Map<String, Object>> steps =
                receipt.steps().stream().map(TaskJson::step).toList();
        object.put("steps", steps);
        return object;
    }

    private static Map<String, Object> step(Receipt.Step step) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("stage", step.stage());
        object.put("outcome", step.outcome());
        object.put("wall_ms", step.wallMillis());
        putTokens(object, step.usage());
        object.put("cost_usd", step.cost().toDecimal());
        object.put("saved_usd", step.saved().toDecimal());
        object.put("basis", label(step.basis()));
        return object;
    }

    private static void putTokens(Map<String, Object> object, Usage usage) {
        object.put("input_tokens", usage.inputTokens());
        object.put("cached_tokens", usage.cachedTokens());
        object.put("output_tokens", usage.outputTokens());
    }

    private static String label(Basis basis) {
        return basis.name().toLowerCase(Locale.ROOT);
    }
}
