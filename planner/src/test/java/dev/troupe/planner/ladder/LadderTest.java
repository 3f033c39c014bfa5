package dev.troupe.planner.ladder;

import static dev.troupe.planner.ladder.Worlds.python;
import static dev.troupe.planner.ladder.Worlds.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.demonstration.Match;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import dev.troupe.models.chat.Message.Role;
import dev.troupe.planner.ladder.Effect.Outcome.Failed;
import dev.troupe.planner.ladder.Effect.Outcome.Solved;
import dev.troupe.planner.ladder.Effect.Outcome.Unsolved;
import dev.troupe.planner.ladder.LadderPlan.Demonstrations;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Worlds.Story;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LadderTest {
    private static final Verifier NONE = new Verifier.None();

    private static Story story(Verifier verifier, Rung... rungs) {
        return new Story(Worlds.plan(verifier, rungs));
    }

    @Test
    void program_thatPrintsTheAnswer_solvesOnTurnOne() {
        Story story = story(NONE, rung("quick", 3))
                .replies(python("print('ANSWER: North')"))
                .prints(0, "ANSWER: North\n");
        assertThat(story.outcome())
                .isEqualTo(new Solved("North", Judge.NONE, "quick", 0, "python", "print('ANSWER: North')", null));
        assertThat(story.outcomes()).containsExactly("quick: solved it on turn 1");
    }

    @Test
    void rung_thatWaitsForADemonstration_triesOnlyWhereAVerifiedOneIsShown() {
        Rung waiting = new Rung("quick", "small", Worlds.COLD, 2, null, false, 0.85);
        LadderPlan plan = Worlds.plan(NONE, new Demonstrations(1, 0.6), waiting, rung("documented", 2));
        Story without = new Story(plan);
        without.history.add(new Happened.Found(List.of()));
        assertThat(without.call().rung()).isEqualTo("documented");
        Story candidate = new Story(plan);
        candidate.history.add(new Happened.Found(List.of(new Match(Worlds.demonstration("d-1", Judge.NONE), 0.9))));
        assertThat(candidate.call().rung()).isEqualTo("documented");
        Story with = new Story(plan);
        with.history.add(new Happened.Found(List.of(new Match(Worlds.demonstration("d-1", Judge.PERSON), 0.9))));
        assertThat(with.call().rung()).isEqualTo("quick");
        Story lessAlike = new Story(plan);
        lessAlike.history.add(new Happened.Found(List.of(new Match(Worlds.demonstration("d-1", Judge.PERSON), 0.84))));
        assertThat(lessAlike.call().rung()).isEqualTo("documented");
        assertThat(lessAlike.call().request().messages()).hasSize(4);
    }

    @Test
    void error_isShownWithItsLineAndMeaning_andTheFilesWhenANameWasNotFound() {
        Story story = story(NONE, rung("quick", 3))
                .replies(python(Worlds.READS_REGION_NAME))
                .prints(1, Worlds.KEY_ERROR);
        assertThat(story.next().kind()).isEqualTo(Decision.Kind.RETRY);
        assertThat(story.next().why()).isEqualTo("KeyError 'region_name'");
        assertThat(story.call().request().messages()).hasSize(4);
        assertThat(story.lastMessage())
                .contains("exit code 1")
                .contains("KeyError: 'region_name'")
                .contains("The line that failed: print(df['region_name'].max())")
                .contains("no column or key of that name")
                .contains("region (text), year (int64)");
        assertThat(story.system()).doesNotContain("region (text)");
        assertThat(story.call().request().sampling()).isEqualTo(Worlds.COLD);
    }

    @Test
    void error_thatRepeats_isAskedAnotherWay_withoutTheFailedPrograms() {
        Story story = story(NONE, rung("quick", 4))
                .replies(python(Worlds.READS_REGION_NAME))
                .prints(1, Worlds.KEY_ERROR)
                .replies(python(Worlds.READS_REGION_NAME + " # again"))
                .prints(1, Worlds.KEY_ERROR);
        List<Message> messages = story.call().request().messages();
        assertThat(story.next().why()).isEqualTo("KeyError 'region_name' again: asked another way");
        assertThat(messages).hasSize(2);
        assertThat(messages.getLast().text())
                .contains(Worlds.QUESTION)
                .contains("2 replies to this failed in the same way: KeyError 'region_name'")
                .contains("region (text), year (int64)")
                .contains("different way")
                .doesNotContain("Traceback");
        // 0.0 + 0.4 for the first repetition; the seed moves with the turn: 7 + 2 * 7919.
        assertThat(story.call().request().sampling().temperature()).isEqualTo(0.4);
        assertThat(story.call().request().sampling().seed()).isEqualTo(15_845);

        story.replies(python(Worlds.READS_REGION_NAME + " # third")).prints(1, Worlds.KEY_ERROR);
        assertThat(story.lastMessage()).contains("3 replies");
        assertThat(story.call().request().sampling().temperature()).isEqualTo(0.8);
    }

    @Test
    void program_thatFailedAlready_isNotRunAgain() {
        Story story = story(NONE, rung("quick", 3))
                .replies(python(Worlds.READS_REGION_NAME))
                .prints(1, Worlds.KEY_ERROR)
                .replies("Here:\n" + python(Worlds.READS_REGION_NAME + "\n"));
        assertThat(story.next().effect()).isInstanceOf(Effect.CallModel.class);
        assertThat(story.lastMessage()).contains("2 replies to this failed in the same way");
    }

    @Test
    void rung_withoutTurns_escalatesWithAnAccount_unlessItIsNotCarriedOver() {
        LadderPlan plan = Worlds.plan(NONE, rung("quick", 2), rung("documented", 1));
        for (boolean carryOver : List.of(true, false)) {
            Story story = new Story(new LadderPlan(
                    plan.instructions(),
                    plan.languages(),
                    plan.prelude(),
                    plan.fileSummaries(),
                    plan.rungs(),
                    plan.demonstrations(),
                    plan.verifier(),
                    carryOver));
            story.replies(python("a"))
                    .prints(1, Worlds.KEY_ERROR)
                    .replies(python("b"))
                    .prints(1, Worlds.KEY_ERROR);
            assertThat(story.next().kind()).isEqualTo(Decision.Kind.ESCALATE);
            assertThat(story.next().why()).isEqualTo("quick gave up after 2 turns (KeyError 'region_name', twice)");
            assertThat(story.call().rung()).isEqualTo("documented");
            assertThat(story.lastMessage().contains("- KeyError 'region_name'")).isEqualTo(carryOver);
            assertThat(Ladder.escalations(story.plan, Worlds.QUESTION, story.history))
                    .isEqualTo(1);

            story.replies(python("c")).prints(0, "ANSWER: North");
            assertThat(story.outcomes())
                    .containsExactly(
                            "quick: gave up after 2 turns (KeyError 'region_name', twice)",
                            "documented: solved it on turn 1");
        }
    }

    @Test
    void program_withoutAnswer_isShownItsOutput_andMayBeAnsweredInWords() {
        Story story = story(NONE, rung("quick", 3)).replies(python("look()")).prints(0, "North 5\nSouth 3\n");
        assertThat(story.next().kind()).isEqualTo(Decision.Kind.GO_ON);
        assertThat(story.lastMessage()).contains("North 5\nSouth 3").contains("reply with one line: ANSWER:");
        story.replies("ANSWER: North");
        assertThat(story.outcome()).isEqualTo(new Solved("North", Judge.NONE, "quick", 0, "python", "look()", null));
    }

    @Test
    void programs_thatLookFurther_areNoRepetition_andStayInTheConversation() {
        Story story = story(NONE, rung("quick", 4))
                .replies(python("look()"))
                .prints(0, "region,year")
                .replies(python("look_more()"))
                .prints(0, "North 5");
        assertThat(story.next().kind()).isEqualTo(Decision.Kind.GO_ON);
        assertThat(story.call().request().messages()).hasSize(6);
        assertThat(story.call().request().sampling().temperature()).isZero();
    }

    @Test
    void answer_inWordsAfterACrash_doesNotCount() {
        Story story = story(NONE, rung("quick", 2))
                .replies(python("a"))
                .prints(1, Worlds.KEY_ERROR)
                .replies("ANSWER: North");
        assertThat(story.outcome())
                .isEqualTo(new Unsolved(
                        "quick gave up after 2 turns (KeyError 'region_name'; answer although its program failed)",
                        null,
                        "North"));
    }

    @Test
    void answer_outOfTheHead_overFiles_isAskedOnceForAProgram_thenTaken() {
        Story story = story(NONE, rung("quick", 3)).replies("ANSWER: North");
        assertThat(story.lastMessage()).contains("must be computed by a program");
        story.replies("ANSWER: North");
        assertThat(story.outcome()).isEqualTo(new Solved("North", Judge.NONE, "quick", null, null, null, null));
    }

    @Test
    void reply_withNothingToRun_isToldWhatIsMissing() {
        Story story = story(NONE, rung("quick", 4)).replies("Let me think about it.");
        assertThat(story.lastMessage()).contains("no ```python block and no line that begins with ANSWER:");
        story.replies("```java\nclass A {}\n```");
        assertThat(story.lastMessage()).contains("Only python programs");
        story.replies(Worlds.says("```python\nx = [", FinishReason.LENGTH, 1, 1));
        assertThat(story.lastMessage()).contains("cut off");
    }

    @Test
    void code_thatCannotBeParsed_saysSoAndQuotesTheLine() {
        Story story = story(NONE, rung("quick", 2)).replies(python("x = 1\nprint(x"));
        story.happens(new Happened.CodeUnparseable(
                story.run(), "  File \"program.py\", line 2\n    print(x\nSyntaxError: '(' was never closed"));
        assertThat(story.next().why()).isEqualTo("SyntaxError '(' was never closed");
        assertThat(story.lastMessage()).contains("it was not run").contains("The line that failed: print(x");
    }

    @Test
    void program_stoppedAtALimit_isToldWhich() {
        Story story = story(NONE, rung("quick", 2)).replies(python("while True: pass"));
        story.happens(new Happened.CodeRan(story.run(), 137, "", "wall_time"));
        assertThat(story.next().why()).isEqualTo("stopped at the time limit");
        assertThat(story.lastMessage()).contains("better algorithm");
    }

    @Test
    void exitCode0_atALimit_isNoSuccess() {
        Story story = story(NONE, rung("quick", 1)).replies(python("a"));
        story.happens(new Happened.CodeRan(story.run(), 0, "ANSWER: 4", "output"));
        assertThat(story.outcome()).isInstanceOf(Unsolved.class);
    }

    @Test
    void hollowAnswer_isAskedAgain_andBelievedTheSecondTime() {
        Story story = story(NONE, rung("quick", 3)).replies(python("a")).prints(0, "ANSWER: nan");
        assertThat(story.lastMessage()).contains("selected nothing").contains("region (text)");
        story.replies(python("b")).prints(0, "ANSWER: nan");
        assertThat(story.outcome()).isInstanceOf(Solved.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3    12.5\n7     4.0\nName: revenue, dtype: float64",
                "[<Axes: xlabel='month'>] <function best at 0x7f3a>",
                "<pandas.core.groupby.generic.DataFrameGroupBy object at 0x7f3a1b>"
            })
    void answer_thatIsAnObject_isAskedForTheValue_andBelievedTheSecondTime(String printed) {
        Story story = story(NONE, rung("quick", 3)).replies(python("a")).prints(0, "ANSWER: " + printed);
        assertThat(story.next().why()).isEqualTo("printed an object, not a value");
        assertThat(story.lastMessage()).contains("Print only what the question asks for");
        story.replies(python("b")).prints(0, "ANSWER: " + printed);
        assertThat(story.outcome()).isInstanceOf(Solved.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x < 3 and y > 0x7f", "dtype", "the type of the column is float64", "<b>West</b>"})
    void answer_thatOnlyLooksLikeAnObject_counts(String printed) {
        Story story = story(NONE, rung("quick", 3)).replies(python("a")).prints(0, "ANSWER: " + printed);
        assertThat(story.outcome()).isInstanceOf(Solved.class);
    }

    @Test
    void output_thatIsLong_isCutInThePrompt() {
        Story story = story(NONE, rung("quick", 2))
                .replies(python("a"))
                .prints(1, "x".repeat(50_000) + "\nValueError: too long");
        assertThat(story.lastMessage()).contains("characters left out").contains("ValueError: too long");
        assertThat(story.lastMessage().length()).isLessThan(3_000);
    }

    @Test
    void demonstrations_areSearchedFirst_shownToEveryRung_andLabelled() {
        Story story = new Story(Worlds.plan(NONE, new Demonstrations(2, 0.6), rung("quick", 1), rung("large", 1)));
        assertThat(story.next().effect()).isEqualTo(new Effect.Search(Worlds.QUESTION, 2, 0.6));
        story.happens(new Happened.Found(List.of(
                new Match(Worlds.demonstration("d-17", Judge.PERSON), 0.91),
                new Match(Worlds.demonstration("d-4", Judge.NONE), 0.7),
                new Match(Worlds.demonstration("d-5", Judge.NONE), 0.5))));
        for (String rung : List.of("quick", "large")) {
            assertThat(story.call().rung()).isEqualTo(rung);
            List<Message> messages = story.call().request().messages();
            assertThat(messages.stream().map(Message::role))
                    .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT, Role.USER);
            assertThat(messages.get(1).text()).contains("Nobody has checked");
            assertThat(messages.get(3).text()).isEqualTo("Question: Which region had the lowest revenue in 2024?");
            assertThat(messages.get(4).text()).isEqualTo(python("print('ANSWER:', lowest(2024))"));
            assertThat(story.lastMessage()).startsWith("Question: " + Worlds.QUESTION);
            story.replies(python("p_" + rung)).prints(rung.equals("quick") ? 1 : 0, "ANSWER: North");
        }
        assertThat(((Solved) story.outcome()).demonstration()).isEqualTo("d-17");
        assertThat(story.outcomes().getFirst())
                .isEqualTo("demonstrations: showed d-17 (verified by a person, similarity 0.91) and 1 more");
    }

    @Test
    void rule_decidesByTheOutput() {
        Verifier rule = new Verifier.Rule("(?m)^ANSWER: \\d+$");
        Story story = story(rule, rung("quick", 2)).replies(python("a")).prints(0, "ANSWER: many");
        assertThat(story.lastMessage()).contains("checked and refused");
        story.replies(python("b")).prints(0, "ANSWER: 42");
        assertThat(((Solved) story.outcome()).verified()).isEqualTo(Judge.RULE);
        assertThat(((Unsolved) story(rule, rung("quick", 1))
                                .replies(python("a"))
                                .prints(0, "ANSWER: many")
                                .outcome())
                        .bestGuess())
                .isEqualTo("many");
        assertThat(story(new Verifier.Rule("("), rung("quick", 1))
                        .replies(python("a"))
                        .prints(0, "ANSWER: 1")
                        .outcome())
                .isInstanceOf(Unsolved.class);
    }

    @Test
    void judge_isAskedWithASchema_andOnlyAYesCounts() {
        Verifier judge = new Verifier.Judge("referee");
        Story story = story(judge, rung("quick", 1)).replies(python("a")).prints(0, "ANSWER: North");
        assertThat(story.call().purpose()).isEqualTo(Effect.Purpose.JUDGE);
        assertThat(story.call().model()).isEqualTo("referee");
        assertThat(story.call().request().responseFormat()).isNotNull();
        assertThat(story.lastMessage()).contains(Worlds.QUESTION).contains("ANSWER: North");
        story.replies("{\"why\":\"fits\",\"verdict\":\"yes\"}");
        assertThat(((Solved) story.outcome()).verified()).isEqualTo(Judge.JUDGE);
        assertThat(story.outcomes()).containsExactly("quick: solved it on turn 1", "verify: the judge agreed");

        for (String reply :
                List.of("{\"verdict\":\"no\",\"why\":\"wrong year\"}", "yes", "{\"verdict\":\"YES!\"}", "[1")) {
            Story refused = story(judge, rung("quick", 1)).replies(python("a")).prints(0, "ANSWER: North");
            refused.replies(reply);
            assertThat(refused.outcome())
                    .isEqualTo(new Unsolved("quick gave up after 1 turn (refused by the judge)", null, "North"));
        }
    }

    @Test
    void judge_thatCannotBeAsked_countsAsNo_andTheNextRungTries() {
        Story story = story(new Verifier.Judge("referee"), rung("quick", 3), rung("large", 1))
                .replies(python("a"))
                .prints(0, "ANSWER: North");
        story.happens(new Happened.ModelFailed(story.call(), ErrorCode.PROVIDER_FAILED, "down"));
        assertThat(story.call().rung()).isEqualTo("large");
    }

    @Test
    void model_thatFails_givesWayToTheNextRung_andAloneIsAFailure() {
        Story story = story(NONE, rung("quick", 3), rung("large", 1));
        story.happens(new Happened.ModelFailed(story.call(), ErrorCode.PROVIDER_FAILED, "cut in mid-stream"));
        assertThat(story.call().rung()).isEqualTo("large");
        story.happens(new Happened.ModelFailed(story.call(), ErrorCode.MODEL_UNAVAILABLE, "no weights"));
        assertThat(story.outcome()).isEqualTo(new Failed(ErrorCode.MODEL_UNAVAILABLE, "no weights"));
        assertThat(story.outcomes())
                .containsExactly("quick: model failed (cut in mid-stream)", "large: model failed (no weights)");
    }

    @Test
    void budgetTimeAndCancellation_endTheTask() {
        for (ErrorCode code : List.of(ErrorCode.BUDGET_EXHAUSTED, ErrorCode.TIMEOUT)) {
            Story story = story(NONE, rung("quick", 3), rung("large", 1));
            story.happens(new Happened.ModelFailed(story.call(), code, "over"));
            assertThat(story.outcome()).isEqualTo(new Unsolved("over", code, null));
        }
        Story cancelled = story(NONE, rung("quick", 3), rung("large", 1));
        cancelled.happens(new Happened.ModelFailed(cancelled.call(), ErrorCode.CANCELLED, "cancelled: Ctrl-C"));
        assertThat(cancelled.outcome()).isEqualTo(new Failed(ErrorCode.CANCELLED, "cancelled: Ctrl-C"));

        Story late = story(NONE, rung("quick", 3)).replies("hm");
        late.timeLeft = Duration.ZERO;
        assertThat(((Unsolved) late.outcome()).ranOut()).isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void lease_boundsEachCall_andEndsTheTaskWhenUsedUp() {
        Story story = story(NONE, rung("quick", 9));
        story.lease = new Allowance(Money.parse("0.01"), 100);
        assertThat(story.call().limit()).isEqualTo(story.lease);
        story.replies(Worlds.says("hm", FinishReason.STOP, 30, 20));
        assertThat(story.call().limit().tokens()).isEqualTo(50);
        story.replies(Worlds.says("hm", FinishReason.STOP, 15, 10));
        // 25 of 100 tokens are left, fewer than any call can do with.
        assertThat(((Unsolved) story.outcome()).ranOut()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
    }

    @Test
    void sandbox_thatCannotStart_isAFailure() {
        Story story = story(NONE, rung("quick", 3), rung("large", 1)).replies(python("a"));
        story.happens(new Happened.CodeFailed(story.run(), ErrorCode.SANDBOX_UNAVAILABLE, "no bwrap"));
        assertThat(story.outcome()).isEqualTo(new Failed(ErrorCode.SANDBOX_UNAVAILABLE, "no bwrap"));
    }
}
