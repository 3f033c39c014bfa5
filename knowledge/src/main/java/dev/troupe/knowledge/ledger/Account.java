package dev.troupe.knowledge.ledger;

import dev.troupe.models.call.Money;

/** What is spent or set aside of one budget. Guarded by its ledger. */
final class Account {
    private Money money = Money.ZERO;
    private long tokens;

    Money money() {
        return money;
    }

    long tokens() {
        return tokens;
    }

    void add(Money moreMoney, long moreTokens) {
        money = money.plus(moreMoney);
        tokens = Math.addExact(tokens, moreTokens);
    }

    /** Puts what was really spent in the place of what was set aside. */
    void settle(Money reserved, long reservedTokens, Money spent, long spentTokens) {
        add(spent.minus(reserved), spentTokens - reservedTokens);
    }
}
