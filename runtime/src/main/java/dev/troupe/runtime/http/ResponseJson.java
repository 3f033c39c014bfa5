package dev.troupe.runtime.http;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Responses as OpenAI writes them, with the task and its receipt under {@code troupe}. */
final class ResponseJson {
    /** What the ids of responses begin with; the task's follows. */
    static final String PREFIX = "resp_";

    private final String model;
    private final String task;
    private final @Nullable String previous;
    private final @Nullable String instructions;
    private final long created;

    ResponseJson(String model, String task, @Nullable String previous, @Nullable String instructions, Instant created) {
        this.model = model;
        this.task = task;
        this.previous = previous;
        this.instructions = instructions;
        this.created = created.getEpochSecond();
    }

    /** The id of the one message that a response has. */
    String message() {
        return "msg_" + task;
    }

    /** While it comes about. */
    Map<String, @Nullable Object> begun() {
        return response("in_progress", List.of());
    }

    /** @param finish why the model stopped, or null when that is not known any more */
    Map<String, @Nullable Object> ended(TaskRecord record, @Nullable FinishReason finish) {
        boolean cut = finish == FinishReason.LENGTH || finish == FinishReason.CONTENT_FILTER;
        String status = switch (record.outcome()) {
            case "solved" -> cut ? "incomplete" : "completed";
            case "cancelled" -> "cancelled";
            default -> "failed";
        };
        boolean answered = record.outcome().equals("solved");
        Map<String, @Nullable Object> response =
                response(status, answered ? List.of(item(status, List.of(part(record.answer())))) : List.of());
        if (status.equals("incomplete")) {
            response.put(
                    "incomplete_details",
                    Map.of("reason", finish == FinishReason.LENGTH ? "max_output_tokens" : "content_filter"));
        }
        if (status.equals("failed")) {
            String code = record.error() == null ? "unsolved" : record.error().toLowerCase(Locale.ROOT);
            response.put("error", error(code, "task " + record.task() + " has no answer that counts"));
        }
        response.put("usage", usage(record.receipt().usage()));
        response.put("troupe", ChatJson.troupe(record));
        return response;
    }

    /** What a stream ends with when there is no answer. */
    Map<String, @Nullable Object> failed(ApiException why) {
        Map<String, @Nullable Object> response = response("failed", List.of());
        response.put("error", error(why.code(), String.valueOf(why.getMessage())));
        response.put("troupe", why.json().get("troupe"));
        return response;
    }

    private static Map<String, Object> error(String code, String message) {
        return Map.of("code", code, "message", message);
    }

    private Map<String, @Nullable Object> response(String status, List<Object> output) {
        Map<String, @Nullable Object> response = new LinkedHashMap<>();
        response.put("id", PREFIX + task);
        response.put("object", "response");
        response.put("created_at", created);
        response.put("status", status);
        response.put("error", null);
        response.put("incomplete_details", null);
        response.put("instructions", instructions);
        response.put("model", model);
        response.put("output", output);
        response.put("parallel_tool_calls", false);
        response.put("previous_response_id", previous);
        response.put("store", true);
        response.put("tool_choice", "none");
        response.put("tools", List.of());
        response.put("usage", null);
        response.put("metadata", Map.of());
        return response;
    }

    Map<String, Object> item(String status, List<Object> content) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", message());
        item.put("type", "message");
        item.put("status", status);
        item.put("role", "assistant");
        item.put("content", content);
        return item;
    }

    static Object part(String text) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("type", "output_text");
        part.put("text", text);
        part.put("annotations", List.of());
        return part;
    }

    private static Map<String, Object> usage(Usage usage) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input_tokens", usage.inputTokens());
        object.put("input_tokens_details", Map.of("cached_tokens", usage.cachedTokens()));
        object.put("output_tokens", usage.outputTokens());
        object.put("output_tokens_details", Map.of("reasoning_tokens", 0));
        object.put("total_tokens", usage.totalTokens());
        return object;
    }
}
