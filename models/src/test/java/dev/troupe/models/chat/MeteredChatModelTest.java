package dev.troupe.models.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Ledger;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.price.ModelPrice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MeteredChatModelTest {
    // 1 dollar a million in, 0.1 cached, 2 out.
    private static final ModelPrice PRICE =
            ModelPrice.perMillion(BigDecimal.ONE, new BigDecimal("0.1"), new BigDecimal("2"));

    private final Book ledger = new Book();
    private int asked;

    @Test
    void chat_answered_leasesTheMostAndSettlesTheRest() {
        ChatResponse response = metered(onText -> answer(new Usage(90, 40, 5)))
                .chat(request(30), text -> {}, CallContext.standalone(Duration.ofSeconds(5)));
        // 100 + 30 * 2 microdollars at most; 50 + 40 * 0.1 + 5 * 2 in truth.
        assertThat(ledger.lines).containsExactly("lease fake/m 130 0.000160000000", "settle 90/40/5 0.000064000000 ok");
        assertThat(response.cost()).isEqualTo(Money.parse("0.000064"));
    }

    @Test
    void chat_noLimitInTheRequest_setsOne() {
        List<ChatRequest> seen = new ArrayList<>();
        new MeteredChatModel(
                        new Fake(request -> {
                            seen.add(request);
                            return onText -> answer(new Usage(1, 0, 1));
                        }),
                        PRICE,
                        ledger,
                        77)
                .chat(
                        ChatRequest.of(Sampling.DEFAULT, Message.user("x")),
                        text -> {},
                        CallContext.standalone(Duration.ofSeconds(5)));
        assertThat(seen.getFirst().sampling().maxTokens()).isEqualTo(77);
        assertThat(ledger.lines.getFirst()).startsWith("lease fake/m 177 ");
    }

    @Test
    void chat_failsHavingSpent_settlesWhatItTold() {
        assertThatThrownBy(() -> call(onText -> {
                    onText.accept("Hel");
                    throw new TroupeException(ErrorCode.PROVIDER_FAILED, "cut", null).spending(new Usage(80, 0, 2));
                }))
                .hasMessage("cut")
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.cost()).isEqualTo(Money.parse("0.000084")));
        assertThat(ledger.lines.getLast()).isEqualTo("settle 80/0/2 0.000084000000 provider_failed");
    }

    @Test
    void chat_failsWithoutSpending_settlesNothingSpent() {
        assertThatThrownBy(() -> call(onText -> {
                    throw new TroupeException(ErrorCode.OVERLOADED, "full", null);
                }))
                .hasMessage("full");
        assertThat(ledger.lines.getLast()).isEqualTo("settle 0/0/0 0.000000000000 overloaded");
    }

    @Test
    void chat_readerThrowsAfterText_settlesAnEstimate() {
        assertThatThrownBy(() -> metered(onText -> {
                            onText.accept("123456");
                            return answer(Usage.NONE);
                        })
                        .chat(
                                request(30),
                                text -> {
                                    throw new IllegalStateException("reader");
                                },
                                CallContext.standalone(Duration.ofSeconds(5))))
                .hasMessage("model fake/m: IllegalStateException")
                .hasRootCauseMessage("reader")
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL);
                    assertThat(e.spent()).isEqualTo(new Usage(100, 0, 2));
                    assertThat(e.cost()).isEqualTo(Money.parse("0.000104"));
                });
        // The whole prompt, and a third of six characters.
        assertThat(ledger.lines.getLast()).isEqualTo("settle 100/0/2 0.000104000000 internal");
    }

    @Test
    void chat_budgetExhausted_doesNotAsk() {
        ledger.empty = true;
        assertThatThrownBy(() -> call(onText -> answer(Usage.NONE))).hasMessage("budget.day");
        assertThat(asked).isZero();
        assertThat(ledger.lines).isEmpty();
    }

    @Test
    void chat_cancelledBefore_neitherLeasesNorAsks() {
        CallContext context = CallContext.standalone(Duration.ofSeconds(5));
        context.cancellation().cancel("no");
        assertThatThrownBy(() -> metered(onText -> answer(Usage.NONE)).chat(request(1), text -> {}, context))
                .hasMessage("cancelled: no");
        assertThat(ledger.lines).isEmpty();
    }

    private ChatResponse call(Function<Consumer<String>, ChatResponse> model) {
        return metered(model).chat(request(30), text -> {}, CallContext.standalone(Duration.ofSeconds(5)));
    }

    private MeteredChatModel metered(Function<Consumer<String>, ChatResponse> model) {
        return new MeteredChatModel(new Fake(request -> model), PRICE, ledger, 1000);
    }

    private static ChatRequest request(int maxTokens) {
        return ChatRequest.of(Sampling.DEFAULT.withMaxTokens(maxTokens), Message.user("question"));
    }

    private static ChatResponse answer(Usage usage) {
        return new ChatResponse("a", List.of(), ChatResponse.FinishReason.STOP, usage, "m", Money.ZERO);
    }

    /** Counts every prompt as 100 tokens. */
    private final class Fake implements ChatModel {
        private final Function<ChatRequest, Function<Consumer<String>, ChatResponse>> behaviour;

        Fake(Function<ChatRequest, Function<Consumer<String>, ChatResponse>> behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        public String name() {
            return "fake/m";
        }

        @Override
        public int contextTokens() {
            return 1000;
        }

        @Override
        public long countTokens(ChatRequest request) {
            return 100;
        }

        @Override
        public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context) {
            asked++;
            return behaviour.apply(request).apply(onText);
        }

        @Override
        public void close() {}
    }

    private static final class Book implements Ledger {
        private final List<String> lines = new ArrayList<>();
        private boolean empty;

        @Override
        public Lease lease(LeaseRequest request) {
            if (empty) {
                throw new TroupeException(ErrorCode.BUDGET_EXHAUSTED, "budget.day", null);
            }
            lines.add("lease %s %d %s"
                    .formatted(
                            request.model(),
                            request.maximumTokens(),
                            request.maximumCost().toDecimal()));
            return (usage, cost, outcome) -> lines.add("settle %d/%d/%d %s %s"
                    .formatted(
                            usage.inputTokens(),
                            usage.cachedTokens(),
                            usage.outputTokens(),
                            cost.toDecimal(),
                            outcome));
        }
    }
}
