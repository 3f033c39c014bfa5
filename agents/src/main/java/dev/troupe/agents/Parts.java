package dev.troupe.agents;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.Receipt.Basis;
import dev.troupe.knowledge.journal.Receipt.Step;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.planner.ladder.Account;
import dev.troupe.planner.ladder.Happened;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The receipts of a task's parts, on the receipt of the whole. */
final class Parts {
    private Parts() {}

    /**
     * The steps of an agent that was asked: one for all that it was asked, without cost, then its own, their names after
     * its name: {@code reviewer/chat}.
     *
     * @param saved what not asking the baseline model saved, where its answer is the task's; what it cost is taken off
     *     step by step
     */
    static List<Step> steps(Account account, long wallMillis, Money saved, List<Happened> history) {
        String agent = account.stage().substring(Account.AGENT.length());
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(
                account.stage(),
                account.outcome(),
                wallMillis,
                Usage.NONE,
                Money.ZERO,
                saved,
                account.solved() ? Basis.ESTIMATED : Basis.MEASURED));
        for (int event : account.events()) {
            if (history.get(event) instanceof Happened.AgentAsked asked && asked.receipt() != null) {
                asked.receipt().steps().stream()
                        .map(step -> new Step(
                                agent + "/" + step.stage(),
                                step.outcome(),
                                step.wallMillis(),
                                step.usage(),
                                step.cost(),
                                Money.ZERO.minus(step.cost()),
                                Basis.MEASURED))
                        .forEach(steps::add);
            }
        }
        return steps;
    }

    /** A figure of all parts' receipts, added up. */
    static int sum(List<Happened> history, ToIntFunction<Receipt> figure) {
        int sum = 0;
        for (Happened happened : history) {
            if (happened instanceof Happened.AgentAsked asked && asked.receipt() != null) {
                sum += figure.applyAsInt(asked.receipt());
            } else if (happened instanceof Happened.GraphRan graph) {
                sum += graph.parts().stream().mapToInt(figure).sum();
            }
        }
        return sum;
    }
}
