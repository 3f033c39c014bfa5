package dev.troupe.runtime.http;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.Usage;
import dev.troupe.runtime.receipt.TaskJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chat completions and their chunks, as OpenAI writes them, with the task and its receipt under {@code troupe}. */
final class ChatJson {
    private final String model;
    private final String task;
    private final long created;

    ChatJson(String model, String task) {
        this.model = model;
        this.task = task;
        this.created = Instant.now().getEpochSecond();
    }

    private Map<String, @Nullable Object> frame(String object) {
        Map<String, @Nullable Object> frame = new LinkedHashMap<>();
        frame.put("id", "chatcmpl-" + task);
        frame.put("object", object);
        frame.put("created", created);
        frame.put("model", model);
        return frame;
    }

    Map<String, @Nullable Object> completion(TaskRecord record) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        message.put("content", record.answer());
        message.put("refusal", null);
        Map<String, @Nullable Object> completion = frame("chat.completion");
        completion.put("choices", List.of(choice("message", message, "stop")));
        completion.put("usage", usage(record.receipt().usage()));
        completion.put("troupe", troupe(record));
        return completion;
    }

    /** The first chunk: who speaks. */
    Map<String, @Nullable Object> begin() {
        return chunk(Map.of("role", "assistant", "content", ""), null);
    }

    Map<String, @Nullable Object> text(String text) {
        return chunk(Map.of("content", text), null);
    }

    /** The last chunk of the answer, with the receipt. */
    Map<String, @Nullable Object> end(TaskRecord record) {
        Map<String, @Nullable Object> chunk = chunk(Map.of(), "stop");
        chunk.put("troupe", troupe(record));
        return chunk;
    }

    Map<String, @Nullable Object> usageChunk(TaskRecord record) {
        Map<String, @Nullable Object> chunk = frame("chat.completion.chunk");
        chunk.put("choices", List.of());
        chunk.put("usage", usage(record.receipt().usage()));
        return chunk;
    }

    private Map<String, @Nullable Object> chunk(Object delta, @Nullable String finish) {
        Map<String, @Nullable Object> chunk = frame("chat.completion.chunk");
        chunk.put("choices", List.of(choice("delta", delta, finish)));
        return chunk;
    }

    private static Map<String, @Nullable Object> choice(String name, Object said, @Nullable String finish) {
        Map<String, @Nullable Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put(name, said);
        choice.put("logprobs", null);
        choice.put("finish_reason", finish);
        return choice;
    }

    private static Map<String, Object> usage(Usage usage) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("prompt_tokens", usage.inputTokens());
        object.put("completion_tokens", usage.outputTokens());
        object.put("total_tokens", usage.totalTokens());
        object.put("prompt_tokens_details", Map.of("cached_tokens", usage.cachedTokens()));
        return object;
    }

    /** A task as it is served: files by their addresses here, not by where they lie. */
    static Map<String, @Nullable Object> troupe(TaskRecord record) {
        Map<String, @Nullable Object> object = TaskJson.of(record);
        object.put("artifacts", Artifacts.links(record));
        return object;
    }

    /** The receipt in short, for clients that look at headers only. */
    static Map<String, String> headers(TaskRecord record) {
        Receipt receipt = record.receipt();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Troupe-Task", record.task());
        headers.put("X-Troupe-Verified", record.verified().label());
        headers.put("X-Troupe-Receipt-Cost-Usd", receipt.cost().toDecimal());
        headers.put("X-Troupe-Receipt-Saved-Usd", receipt.saved().toDecimal());
        headers.put("X-Troupe-Receipt-Baseline-Model", receipt.baseline().model());
        headers.put(
                "X-Troupe-Receipt-Baseline-Cost-Usd", receipt.baseline().cost().toDecimal());
        headers.put("X-Troupe-Receipt-Model-Calls", Integer.toString(receipt.modelCalls()));
        headers.put("X-Troupe-Receipt-Wall-Ms", Long.toString(receipt.wallMillis()));
        return headers;
    }
}
