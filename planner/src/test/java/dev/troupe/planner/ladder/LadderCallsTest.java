package dev.troupe.planner.ladder;

import static dev.troupe.planner.ladder.Worlds.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a ladder does about calls, colleagues and reviews. */
class LadderCallsTest {
    private static final ToolSpec CLOCK = new ToolSpec(
            "clock", "The time.", JsonNodeFactory.instance.objectNode().put("type", "object"));
    private static final Offer OFFER = new Offer(
            List.of(CLOCK),
            List.of(
                    new Offer.Use("helper", "helps", Offer.To.ASK),
                    new Offer.Use("closer", "closes", Offer.To.HAND_OVER)));

    private final List<Happened> history = new ArrayList<>();

    private static LadderPlan plan(Verifier verifier, Offer offer) {
        return new LadderPlan(
                        "",
                        List.of("python"),
                        "",
                        List.of(),
                        List.of(Worlds.rung("quick", 2)),
                        new LadderPlan.Demonstrations(0, 0.6),
                        verifier,
                        true)
                .withOffer(offer);
    }

    private Effect next(LadderPlan plan) {
        return plan.next("How many?", history, Allowance.UNLIMITED, Worlds.HOUR).effect();
    }

    private Effect afterReply(LadderPlan plan, String reply) {
        history.add(new Happened.ModelAnswered((Effect.CallModel) next(plan), says(reply)));
        return next(plan);
    }

    private void asked(Effect effect, @Nullable String answer) {
        history.add(new Happened.AgentAsked(
                (Effect.AskAgent) effect, answer, answer == null ? "ERROR: none" : answer, Judge.NONE, null, null));
    }

    @Test
    void blocks_callToolsAndColleagues_byTheirNames() {
        LadderPlan plan = plan(new Verifier.None(), OFFER);
        assertThat(afterReply(plan, "```call clock\n{\"zone\": 1}\n```"))
                .isEqualTo(new Effect.CallTool("quick", "", "clock", "{\"zone\": 1}"));
        history.clear();
        assertThat(afterReply(plan, "Let me ask.\n```call helper\nHow many\nare there?\n```"))
                .isEqualTo(new Effect.AskAgent(
                        "quick", "", "helper", Offer.To.ASK, "How many\nare there?", leftAfterOneCall()));
        history.clear();
        // A name that nobody has becomes a call that fails in words.
        assertThat(afterReply(plan, "```call oracle\nWhat?\n```"))
                .isEqualTo(new Effect.CallTool("quick", "", "oracle", "What?"));
        history.clear();
        assertThat(afterReply(plan(new Verifier.None(), Offer.NONE), "```call clock\n{}\n```"))
                .isInstanceOf(Effect.CallModel.class);
    }

    private static Allowance leftAfterOneCall() {
        return Allowance.UNLIMITED.minus(dev.troupe.models.call.Money.ZERO, new dev.troupe.models.call.Usage(10, 0, 5));
    }

    @Test
    void result_isToldBeforeTheNextTurn_andAnAnswerInWordsIsTaken() {
        LadderPlan plan = plan(new Verifier.None(), OFFER);
        Effect call = afterReply(plan, "```call clock\n{}\n```");
        history.add(new Happened.ToolCalled((Effect.CallTool) call, null, "12:00"));
        Effect.CallModel again = (Effect.CallModel) next(plan);
        assertThat(again.request().messages().getLast().text()).startsWith("clock answered:\n12:00");
        Effect end = afterReply(plan, "ANSWER: noon");
        assertThat(((Effect.Finish) end).outcome())
                .isEqualTo(new Effect.Outcome.Solved("noon", Judge.NONE, "quick", null, null, null, null));
        assertThat(plan.accounts("How many?", history))
                .extracting(Account::stage)
                .containsExactly("quick", "tool clock");
    }

    @Test
    void review_isAskedInTheseWords_andItsFormsAreUnderstood() {
        LadderPlan plan = plan(new Verifier.Reviewer("reviewer"), Offer.NONE);
        Effect.RunCode run = (Effect.RunCode) afterReply(plan, Worlds.python("print('ANSWER:', 5)"));
        history.add(new Happened.CodeRan(run, 0, "ANSWER: 5\n", "exited"));
        Effect.AskAgent ask = (Effect.AskAgent) next(plan);
        // examples/pair measures a reviewer with these very words.
        assertThat(ask.question())
                .isEqualTo("Review an answer before it counts.\n\nQuestion: How many?\n\nProgram:\n"
                        + "```python\nprint('ANSWER:', 5)\n```\n\nIts output:\nANSWER: 5\n\nAnswer: 5\n\nIs the answer right?"
                        + " Answer with \"yes\", or with \"no: \" and what is wrong, in one sentence.");
        for (String yes : List.of("yes", "Yes, it is.", "**YES**", "I computed it anew.\nyes", "Right. Verdict: yes")) {
            assertThat(after(plan, ask, yes)).as(yes).isInstanceOf(Effect.Finish.class);
        }
        for (String no : List.of(
                "no: it is six", "No.", "It may be right.", "", "The answer yes is wrong.\nno", "Verdict: no")) {
            assertThat(after(plan, ask, no)).as(no).isInstanceOf(Effect.CallModel.class);
        }
        assertThat(((Effect.CallModel) after(plan, ask, "no: it is six"))
                        .request()
                        .messages()
                        .getLast()
                        .text())
                .contains("refused: no: it is six");
    }

    private Effect after(LadderPlan plan, Effect ask, String verdict) {
        asked(ask, verdict);
        Effect next = next(plan);
        history.removeLast();
        return next;
    }

    @Test
    void everyRungGaveUp_theColleagueGetsTheTask_onceOnly() {
        LadderPlan plan = plan(new Verifier.None(), OFFER);
        afterReply(plan, "I do not know.");
        Effect over = afterReply(plan, "I do not know.");
        assertThat(over).isInstanceOfSatisfying(Effect.AskAgent.class, ask -> {
            assertThat(ask.agent()).isEqualTo("closer");
            assertThat(ask.to()).isEqualTo(Offer.To.HAND_OVER);
            assertThat(ask.question()).isEqualTo("How many?");
        });
        asked(over, null);
        assertThat(((Effect.Finish) next(plan)).outcome()).isInstanceOf(Effect.Outcome.Unsolved.class);
        history.removeLast();
        asked(over, "five");
        assertThat(((Effect.Finish) next(plan)).outcome())
                .isEqualTo(new Effect.Outcome.Solved("five", Judge.NONE, "closer", null, null, null, null));
        assertThat(plan.accounts("How many?", history))
                .filteredOn(Account::solved)
                .extracting(Account::stage)
                .containsExactly("agent closer");
    }

    @Test
    void withoutACodeTool_thePromptAsksForAnAnswerAndNoProgram() {
        LadderPlan plan = new LadderPlan(
                        "Be brief.",
                        List.of(),
                        "",
                        List.of(),
                        List.of(Worlds.rung("quick", 2)),
                        new LadderPlan.Demonstrations(0, 0.6),
                        new Verifier.None(),
                        true)
                .withOffer(OFFER);
        String system =
                ((Effect.CallModel) next(plan)).request().messages().getFirst().text();
        assertThat(system).contains("ANSWER:", "- clock: The time.", "- helper: helps", "- closer: closes");
        assertThat(system).doesNotContain("program");
    }
}
