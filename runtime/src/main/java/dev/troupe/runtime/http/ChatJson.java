package dev.troupe.runtime.http;

import dev.troupe.agents.Agent;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import dev.troupe.runtime.receipt.TaskJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

    Map<String, @Nullable Object> completion(Agent.Answered answered) {
        TaskRecord record = answered.record();
        boolean calls = !answered.toolCalls().isEmpty();
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        message.put("content", calls && record.answer().isEmpty() ? null : record.answer());
        message.put("refusal", null);
        if (calls) {
            message.put("tool_calls", calls(answered, false));
        }
        Map<String, @Nullable Object> completion = frame("chat.completion");
        completion.put("choices", List.of(choice("message", message, finish(answered))));
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

    /** What the client is asked to call. */
    Map<String, @Nullable Object> toolCalls(Agent.Answered answered) {
        return chunk(Map.of("tool_calls", calls(answered, true)), null);
    }

    private static List<Object> calls(Agent.Answered answered, boolean numbered) {
        List<Object> calls = new ArrayList<>();
        for (Message.ToolCall call : answered.toolCalls()) {
            Map<String, Object> object = new LinkedHashMap<>();
            if (numbered) {
                object.put("index", calls.size());
            }
            object.put("id", call.id());
            object.put("type", "function");
            object.put("function", Map.of("name", call.name(), "arguments", call.arguments()));
            calls.add(object);
        }
        return calls;
    }

    private static String finish(Agent.Answered answered) {
        if (!answered.toolCalls().isEmpty()) {
            return "tool_calls";
        }
        FinishReason reason = answered.finishReason();
        return reason == FinishReason.LENGTH || reason == FinishReason.CONTENT_FILTER
                ? reason.name().toLowerCase(Locale.ROOT)
                : "stop";
    }

    /** The last chunk of the answer, with the receipt. */
    Map<String, @Nullable Object> end(Agent.Answered answered) {
        Map<String, @Nullable Object> chunk = chunk(Map.of(), finish(answered));
        chunk.put("troupe", troupe(answered.record()));
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

    /** A task of a list: what was asked, of whom, and when, beside what {@link #troupe} tells. */
    static Map<String, @Nullable Object> listed(TaskRecord record) {
        Map<String, @Nullable Object> object = troupe(record);
        object.put("agent", record.agent());
        object.put("conversation", record.conversation());
        object.put("question", record.question());
        object.put("started", record.started().toString());
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
