package dev.troupe.testkit;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.models.call.Money;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on what a task cost. Amounts are written as team files have them: {@code 0.05 USD}. */
public final class ReceiptAssert extends AbstractAssert<ReceiptAssert, Receipt> {
    ReceiptAssert(Receipt receipt) {
        super(receipt, ReceiptAssert.class);
    }

    static String stages(Receipt receipt) {
        return receipt.steps().stream()
                .map(step -> step.stage() + ": " + step.outcome())
                .collect(Collectors.joining("; "));
    }

    public ReceiptAssert costs(String amount) {
        Assertions.assertThat(actual.cost()).as("cost").isEqualTo(Money.parse(amount));
        return this;
    }

    public ReceiptAssert costsAtMost(String amount) {
        Assertions.assertThat(actual.cost()).as("cost").isLessThanOrEqualTo(Money.parse(amount));
        return this;
    }

    /** What was saved against the baseline; negative when it was dearer. */
    public ReceiptAssert savedAtLeast(String amount) {
        Assertions.assertThat(actual.saved()).as("saved").isGreaterThanOrEqualTo(Money.parse(amount));
        return this;
    }

    /** Calls of models, failed ones too. */
    public ReceiptAssert hasModelCalls(int count) {
        Assertions.assertThat(actual.modelCalls())
                .as("model calls (%s)", stages(actual))
                .isEqualTo(count);
        return this;
    }

    public ReceiptAssert hasTokensAtMost(long tokens) {
        Assertions.assertThat(actual.usage().totalTokens()).as("tokens").isLessThanOrEqualTo(tokens);
        return this;
    }

    /** The stages in their order, each once. */
    public ReceiptAssert hasStages(String... names) {
        Assertions.assertThat(actual.steps().stream().map(Receipt.Step::stage))
                .as("stages")
                .containsExactly(names);
        return this;
    }

    /** A stage came to something that contains this: {@code gave up}, {@code solved it on turn 1}. */
    public ReceiptAssert hasStage(String name, String outcome) {
        List<String> outcomes = actual.steps().stream()
                .filter(step -> step.stage().equals(name))
                .map(Receipt.Step::outcome)
                .toList();
        if (outcomes.stream().noneMatch(is -> is.contains(outcome))) {
            failWithMessage("receipt: %s (expected: %s: %s)", stages(actual), name, outcome);
        }
        return this;
    }
}
