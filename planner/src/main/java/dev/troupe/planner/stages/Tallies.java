package dev.troupe.planner.stages;

import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.ladder.Account;
import dev.troupe.planner.ladder.Happened;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each stage has spent and come to. */
final class Tallies {
    private final Map<String, Tally> stages = new LinkedHashMap<>();
    private Usage usage = Usage.NONE;
    private Money cost = Money.ZERO;

    /** Counts an event of the history for a stage. */
    void count(String stage, int place, Happened happened, String model) {
        Tally tally = stages.computeIfAbsent(stage, unknown -> new Tally());
        tally.events.add(place);
        switch (happened) {
            case Happened.ModelAnswered answered -> {
                tally.model = model;
                spend(tally, answered.response().usage(), answered.response().cost());
            }
            case Happened.ModelFailed failed -> {
                tally.model = model;
                spend(tally, failed.usage(), failed.cost());
            }
            case Happened.GraphRan ran -> {
                for (TaskResult result : ran.results()) {
                    spend(tally, result.usage(), result.cost());
                }
            }
            default -> {
                // Nothing else spends anything.
            }
        }
    }

    private void spend(Tally tally, Usage tokens, Money money) {
        tally.usage = tally.usage.plus(tokens);
        tally.cost = tally.cost.plus(money);
        usage = usage.plus(tokens);
        cost = cost.plus(money);
    }

    Usage usage() {
        return usage;
    }

    Money cost() {
        return cost;
    }

    /** Says what a stage came to; told of before anything was counted for it, it is on the receipt all the same. */
    void says(String stage, String outcome) {
        Tally tally = stages.computeIfAbsent(stage, unknown -> new Tally());
        tally.outcome = tally.outcome.isEmpty() ? outcome : tally.outcome + "; " + outcome;
    }

    void solved(String stage) {
        stages.computeIfAbsent(stage, unknown -> new Tally()).solved = true;
    }

    /** One for each stage. What the answer was worth is what all models together read and wrote for it. */
    List<Account> accounts() {
        List<Account> accounts = new ArrayList<>();
        stages.forEach((stage, tally) -> accounts.add(new Account(
                stage, tally.outcome, tally.model, tally.solved, tally.usage, tally.cost, usage, tally.events)));
        return accounts;
    }

    private static final class Tally {
        private final List<Integer> events = new ArrayList<>();
        private String model = "";
        private String outcome = "";
        private boolean solved;
        private Usage usage = Usage.NONE;
        private Money cost = Money.ZERO;
    }
}
