package dev.troupe.models.chat;

import dev.troupe.models.call.CallContext;
import java.util.function.Consumer;

/**
 * A model that continues a conversation. Calls block (they are made on virtual threads) and may run at the same time;
 * implementations bound how many do. Whoever opened it closes it.
 */
public interface ChatModel extends AutoCloseable {
    /** {@code provider/model}, as the price table and the ledger name it: {@code openai/gpt-5-mini}. */
    String name();

    /** The most tokens that prompt and answer may have together. */
    int contextTokens();

    /** How many tokens the request's prompt has: exact for local models, an upper estimate for others. */
    long countTokens(ChatRequest request);

    /**
     * Answers.
     *
     * @param onText gets each piece of text as it is written, on the calling thread; what it throws ends the call
     * @throws dev.troupe.models.call.TroupeException {@code PROVIDER_REFUSED}, {@code PROVIDER_FAILED},
     *     {@code MODEL_UNAVAILABLE}, {@code OVERLOADED}, {@code TIMEOUT}, {@code CANCELLED}, {@code BUDGET_EXHAUSTED},
     *     or {@code INPUT_INVALID} when the prompt does not fit the context
     */
    ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context);

    @Override
    void close();
}
