package dev.troupe.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.knowledge.ledger.Limits;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.chat.Message.ToolCall;
import dev.troupe.planner.chat.ChatPlan;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.LadderPlan;
import dev.troupe.planner.ladder.LadderPlan.Demonstrations;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Offer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that ask agents, hand over to them, and are reviewed by them. One task runs at a time in these teams. */
class UsedAgentsTest {
    @TempDir
    Path folder;

    private final ScriptedModel coder = new ScriptedModel("test/coder", (request, context) -> "");
    private final ScriptedModel other = new ScriptedModel("test/other", (request, context) -> "");

    private static LadderPlan coder(Verifier verifier, Offer offer) {
        return new LadderPlan(
                        "You write programs.",
                        List.of("python"),
                        "",
                        List.of(),
                        List.of(new Rung("only", "coder", CallingTeam.SAMPLING, 3, null, false, null)),
                        new Demonstrations(0, 0.6),
                        verifier,
                        true)
                .withOffer(offer);
    }

    private static ChatPlan chat(String model, Offer offer) {
        return new ChatPlan("You help.", model, CallingTeam.SAMPLING, 0, offer, 3);
    }

    private CallingTeam team(LadderPlan coding, Map<String, AgentPlan> others, Limits limits) {
        Map<String, AgentPlan> agents = new HashMap<>(others);
        agents.put("coder", coding);
        return new CallingTeam(folder, agents, Map.of("coder", coder, "other", other), "coder", List.of(), limits);
    }

    @Test
    void review_refusesUntilTheAnswerIsRight_andTheWholeTreeIsOnOneReceipt() {
        coder.now((request, context) -> ScriptedModel.python(
                request.messages().getLast().text().contains("refused: no: it is six")
                        ? "print ANSWER: 6"
                        : "print ANSWER: 5"));
        other.now((request, context) ->
                request.messages().getLast().text().contains("Answer: 6") ? "Yes." : "no: it is six");
        try (CallingTeam pair = team(
                coder(new Verifier.Reviewer("reviewer"), Offer.NONE),
                Map.of("reviewer", chat("other", Offer.NONE)),
                Limits.NONE)) {
            TaskRecord record = TestTeam.answered(pair.ask("How many are left?"));
            assertThat(record.answer()).isEqualTo("6");
            assertThat(record.verified()).isEqualTo(Judge.JUDGE);
            Receipt receipt = record.receipt();
            assertThat(receipt.steps())
                    .extracting(Receipt.Step::stage)
                    .containsExactly("only", "agent reviewer", "reviewer/chat", "reviewer/chat");
            assertThat(receipt.steps().get(1).outcome()).isEqualTo("2 calls, 1 refused the answer");
            assertThat(receipt.modelCalls()).isEqualTo(4);
            // 100 tokens in and 10 out for each call, at 2 and 8 dollars a million.
            assertThat(receipt.cost()).isEqualTo(Money.parse("0.00112"));
            assertThat(receipt.steps().stream().map(Receipt.Step::cost).reduce(Money.ZERO, Money::plus))
                    .isEqualTo(receipt.cost());
            assertThat(receipt.steps().stream().map(Receipt.Step::saved).reduce(Money.ZERO, Money::plus))
                    .isEqualTo(receipt.saved());
            // One task: the others are parts of it, and what they spent is counted with it.
            assertThat(pair.entries(Entry.TaskEnded.class)).hasSize(1);
            assertThat(pair.entries(Entry.Leased.class))
                    .hasSize(4)
                    .allMatch(leased -> leased.task().equals(record.task()));
            assertThat(other.requests.getFirst().messages().getLast().text())
                    .contains("How many are left?", "print ANSWER: 5", "Answer: 5");
            assertThat(pair.events.stream().map(TaskEvent::what).filter(TaskEvent.AgentAsked.class::isInstance))
                    .hasSize(2);
        }
    }

    @Test
    void reviewerThatCannotBeAsked_isANo() {
        coder.now((request, context) -> ScriptedModel.python("print ANSWER: 5"));
        other.now((request, context) -> {
            throw new dev.troupe.models.call.TroupeException(ErrorCode.PROVIDER_FAILED, "down", null);
        });
        try (CallingTeam pair = team(
                coder(new Verifier.Reviewer("reviewer"), Offer.NONE),
                Map.of("reviewer", chat("other", Offer.NONE)),
                Limits.NONE)) {
            Agent.Failed failed = (Agent.Failed) pair.ask("How many?").await();
            assertThat(failed.bestGuess()).isEqualTo("5");
            assertThat(failed.message()).contains("refused by the reviewer");
            assertThat(coder.requests).hasSize(1);
        }
    }

    @Test
    void ask_goesOnWithTheAnswer_alsoOfAnAgentThatAsksInItsTurn() {
        coder.now((request, context) -> request.messages().getLast().text().contains("helper answered:\nfive of them")
                ? "ANSWER: 5"
                : "```call helper\nHow many are there?\n```");
        ScriptedModel oracle = new ScriptedModel("test/oracle", (request, context) -> "five");
        other.now((request, context) -> request.messages().size() > 2 ? "five of them" : "");
        other.calling(request -> request.messages().size() > 2
                ? List.of()
                : List.of(new ToolCall("c", "oracle", "{\"question\": \"How many?\"}")));
        try (CallingTeam team = new CallingTeam(
                folder,
                Map.of(
                        "coder", coder(new Verifier.None(), CallingTeam.asking("helper")),
                        "helper", chat("other", CallingTeam.asking("oracle")),
                        "oracle", chat("oracle", Offer.NONE)),
                Map.of("coder", coder, "other", other, "oracle", oracle),
                "coder",
                List.of(),
                Limits.NONE)) {
            TaskRecord record = TestTeam.answered(team.ask("How many?"));
            assertThat(record.answer()).isEqualTo("5");
            assertThat(record.receipt().steps())
                    .extracting(Receipt.Step::stage)
                    .containsExactly(
                            "only", "agent helper", "helper/chat", "helper/agent oracle", "helper/oracle/chat");
            assertThat(record.receipt().modelCalls()).isEqualTo(5);
            assertThat(oracle.requests.getFirst().messages().getLast().text()).isEqualTo("How many?");
            // The next task works: nothing of the parts is left.
            assertThat(TestTeam.answered(team.ask("Again?")).answer()).isEqualTo("5");
        }
    }

    @Test
    void handOver_byTheModel_makesTheOthersAnswerTheTasks() {
        coder.now((request, context) -> "```call closer\nWhat is the capital?\n```");
        other.now((request, context) -> "Paris.");
        Offer offer = new Offer(List.of(), List.of(new Offer.Use("closer", "knows", Offer.To.HAND_OVER)));
        try (CallingTeam team =
                team(coder(new Verifier.None(), offer), Map.of("closer", chat("other", Offer.NONE)), Limits.NONE)) {
            TaskRecord record = TestTeam.answered(team.ask("Capital of France?"));
            assertThat(record.answer()).isEqualTo("Paris.");
            assertThat(record.rung()).isEqualTo("closer");
            assertThat(record.receipt().baseline().cost().picodollars()).isPositive();
        }
    }

    @Test
    void handOver_happensByItself_whenEveryRungGaveUp() {
        coder.now((request, context) -> "I do not know.");
        other.now((request, context) -> "Paris.");
        Offer offer = new Offer(List.of(), List.of(new Offer.Use("closer", "knows", Offer.To.HAND_OVER)));
        try (CallingTeam team =
                team(coder(new Verifier.None(), offer), Map.of("closer", chat("other", Offer.NONE)), Limits.NONE)) {
            assertThat(TestTeam.answered(team.ask("Capital of France?")).answer())
                    .isEqualTo("Paris.");
            assertThat(coder.requests).hasSize(3);
            assertThat(other.requests.getFirst().messages().getLast().text()).isEqualTo("Capital of France?");
        }
    }

    @Test
    void budget_isSharedByTheWholeTree() {
        coder.now((request, context) -> ScriptedModel.python("print ANSWER: 5"));
        other.now((request, context) -> "yes");
        // A call of the coder leases its prompt of 100 and at most 200; the reviewer's would go beyond 350.
        Limits limits = new Limits(null, 350L, null, Map.of());
        try (CallingTeam pair = team(
                coder(new Verifier.Reviewer("reviewer"), Offer.NONE),
                Map.of("reviewer", chat("other", Offer.NONE)),
                limits)) {
            Agent.Failed failed = (Agent.Failed) pair.ask("How many?").await();
            assertThat(failed.code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
            assertThat(failed.bestGuess()).isEqualTo("5");
        }
    }

    @Test
    void cancel_reachesTheAgentThatWorks() throws InterruptedException {
        coder.now((request, context) -> ScriptedModel.python("print ANSWER: 5"));
        other.now(ScriptedModel.after(new java.util.concurrent.CountDownLatch(1), "yes"));
        try (CallingTeam pair = team(
                coder(new Verifier.Reviewer("reviewer"), Offer.NONE),
                Map.of("reviewer", chat("other", Offer.NONE)),
                Limits.NONE)) {
            Team.Asked asked = pair.ask("How many?");
            other.begun.acquire();
            pair.team.cancel(asked.task(), "enough");
            assertThat(asked.await()).isInstanceOf(Agent.Cancelled.class);
            other.now((request, context) -> "yes");
            assertThat(TestTeam.answered(pair.ask("How many?")).answer()).isEqualTo("5");
        }
    }

    @Test
    void agentsThatAskTooDeep_areRefused() {
        // What validation refuses, a team that was made by hand meets here: an agent that asks itself.
        other.calling(request -> request.messages().size() > 2
                ? List.of()
                : List.of(new ToolCall("c", "self", "{\"question\": \"Deeper?\"}")));
        other.now((request, context) ->
                request.messages().size() > 2 ? request.messages().getLast().text() : "");
        try (CallingTeam team = new CallingTeam(
                folder,
                Map.of("self", chat("other", CallingTeam.asking("self"))),
                Map.of("other", other),
                "self",
                List.of(),
                Limits.NONE)) {
            assertThat(TestTeam.answered(team.ask("Deep?")).answer())
                    .isEqualTo("ERROR: self has no answer: agents that ask agents: 5 deep (expected: at most 4)");
        }
    }
}
