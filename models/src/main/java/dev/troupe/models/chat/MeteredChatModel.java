package dev.troupe.models.chat;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Ledger;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.price.ModelPrice;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model whose every call is on the ledger: the most that it may cost is leased before, what it did cost is settled
 * after, failed calls too. Answers carry their cost at list price, and so do failures: a fault of the model's own code
 * too, as {@code INTERNAL}. Closing it closes the model within.
 */
public final class MeteredChatModel implements ChatModel {
    private final ChatModel model;
    private final ModelPrice price;
    private final Ledger ledger;
    private final int maxTokens;

    /**
     * @param price the model's; {@link ModelPrice#FREE} for local ones
     * @param maxTokens the most tokens of an answer when the request names no limit, 1 or more: without one there is
     *     nothing to lease
     */
    public MeteredChatModel(ChatModel model, ModelPrice price, Ledger ledger, int maxTokens) {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens: " + maxTokens + " (expected: 1 or more)");
        }
        this.model = model;
        this.price = price;
        this.ledger = ledger;
        this.maxTokens = maxTokens;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public int contextTokens() {
        return model.contextTokens();
    }

    @Override
    public long countTokens(ChatRequest request) {
        return model.countTokens(request);
    }

    @Override
    public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context) {
        context.check();
        Integer limit = request.sampling().maxTokens();
        ChatRequest bounded = limit != null
                ? request
                : request.withSampling(request.sampling().withMaxTokens(maxTokens));
        Usage most = new Usage(model.countTokens(bounded), 0, limit != null ? limit : maxTokens);
        Ledger.Lease lease = ledger.lease(new Ledger.LeaseRequest(
                context.task(), context.tenant(), model.name(), price.cost(most), most.totalTokens()));
        // What a call that fails has spent, until something better is known.
        Settlement settlement = new Settlement(lease, most.inputTokens());
        try {
            ChatResponse response = model.chat(
                    bounded,
                    text -> {
                        settlement.hasWritten(text);
                        onText.accept(text);
                    },
                    context);
            Money cost = settlement.settle(response);
            return new ChatResponse(
                    response.text(),
                    response.toolCalls(),
                    response.finishReason(),
                    response.usage(),
                    response.model(),
                    cost,
                    response.recorded());
        } catch (TroupeException e) {
            throw settlement.fail(e);
        } catch (RuntimeException e) {
            throw settlement.fail(fault(e));
        } catch (Error e) {
            settlement.fail(fault(e));
            throw e;
        }
    }

    /** Its message may hold anything, a prompt too; only the cause has it. */
    private TroupeException fault(Throwable cause) {
        return new TroupeException(
                ErrorCode.INTERNAL, "model " + name() + ": " + cause.getClass().getSimpleName(), null, cause);
    }

    @Override
    public void close() {
        model.close();
    }

    private final class Settlement {
        private final Ledger.Lease lease;
        private final long promptTokens;
        private long characters;
        private @Nullable Usage settled;

        Settlement(Ledger.Lease lease, long promptTokens) {
            this.lease = lease;
            this.promptTokens = promptTokens;
        }

        void hasWritten(String text) {
            characters += text.length();
        }

        /** What a recording answers costs what it did then. */
        Money settle(ChatResponse response) {
            return response.recorded()
                    ? settle(response.usage(), response.cost(), "recorded")
                    : settle(response.usage(), price.cost(response.usage()), "ok");
        }

        private Money settle(Usage usage, Money cost, String outcome) {
            settled = usage;
            lease.settle(usage, cost, outcome);
            return cost;
        }

        /** Text that came was paid for, and its prompt, even where the model could not say how much. */
        TroupeException fail(TroupeException failure) {
            Usage spent = settled;
            if (spent == null) {
                Usage told = failure.spent();
                spent = told.equals(Usage.NONE) && characters > 0
                        ? new Usage(promptTokens, 0, Math.ceilDiv(characters, 3))
                        : told;
                settle(spent, price.cost(spent), failure.code().name().toLowerCase(Locale.ROOT));
            }
            return failure.spending(spent, price.cost(spent));
        }
    }
}
