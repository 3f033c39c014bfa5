package dev.troupe.planner.ladder;

import static dev.troupe.planner.ladder.Worlds.python;
import static dev.troupe.planner.ladder.Worlds.rung;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.planner.ladder.Effect.Outcome.Unsolved;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Worlds.Story;
import org.junit.jupiter.api.Test;

/** Calls that failed after they had spent something. */
class SpentInVainTest {
    private static final Allowance LEASE = new Allowance(Money.parse("0.01"), 100);

    @Test
    void call_thatFailed_isTakenOffTheLease_andStandsInItsStage() {
        Story story = new Story(Worlds.plan(new Verifier.None(), rung("quick", 3), rung("large", 1)));
        story.lease = LEASE;
        story.happens(failed(story, new Usage(40, 0, 10), "0.004"));
        // 100 less 40 and 10; 0.01 less 0.004.
        assertThat(story.call().limit()).isEqualTo(new Allowance(Money.parse("0.006"), 50));
        story.replies(python("a")).prints(0, "ANSWER: North");
        // Worlds' replies have 10 tokens in and 5 out, and cost nothing.
        assertThat(Ladder.accounts(story.plan, Worlds.QUESTION, story.history))
                .extracting(Account::stage, Account::usage, Account::cost)
                .containsExactly(
                        tuple("quick", new Usage(40, 0, 10), Money.parse("0.004")),
                        tuple("large", new Usage(10, 0, 5), Money.ZERO));
    }

    @Test
    void judge_thatFailed_isTakenOffTheLeaseToo() {
        Story story = new Story(Worlds.plan(new Verifier.Judge("referee"), rung("quick", 1), rung("large", 1)));
        story.lease = LEASE;
        story.replies(python("a")).prints(0, "ANSWER: North");
        story.happens(failed(story, new Usage(30, 0, 1), "0.001"));
        // 100 less 15 for the reply and 31 for the verdict that did not come.
        assertThat(story.call().limit()).isEqualTo(new Allowance(Money.parse("0.009"), 54));
        assertThat(Ladder.accounts(story.plan, Worlds.QUESTION, story.history))
                .filteredOn(account -> account.stage().equals(Account.VERIFY))
                .singleElement()
                .extracting(Account::usage, Account::cost)
                .containsExactly(new Usage(30, 0, 1), Money.parse("0.001"));
    }

    @Test
    void lease_thatFailedCallsHaveUsedUp_endsTheTask() {
        Story story = new Story(Worlds.plan(new Verifier.None(), rung("quick", 3), rung("large", 1)));
        story.lease = LEASE;
        story.happens(failed(story, new Usage(70, 0, 5), "0"));
        assertThat(((Unsolved) story.outcome()).ranOut()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
    }

    private static Happened failed(Story story, Usage spent, String cost) {
        return new Happened.ModelFailed(
                story.call(), ErrorCode.PROVIDER_FAILED, "cut in mid-stream", spent, Money.parse(cost));
    }
}
