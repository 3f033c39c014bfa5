package dev.troupe.agents;

import static dev.troupe.agents.ScriptedModel.python;
import static dev.troupe.agents.TestTeam.MINUTE;
import static dev.troupe.agents.TestTeam.QUESTION;
import static dev.troupe.agents.TestTeam.answered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TeamTest {
    private static final ScriptedModel.Script SOLVES = (request, context) -> python("print ANSWER: North");
    private static final ActorTestKit KIT = ActorTestKit.create();

    @TempDir
    Path folder;

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void ask_thatIsSolved_isAnsweredWithItsReceipt_andLiesInTheJournal() {
        try (TestTeam test = new TestTeam(folder, SOLVES)) {
            Team.Asked asked = test.ask();
            TaskRecord record = answered(asked);

            assertThat(record.answer()).isEqualTo("North");
            assertThat(record.verified()).isEqualTo(Judge.NONE);
            assertThat(record.rung()).isEqualTo("quick");
            assertThat(record.model()).isEqualTo("local/small");
            assertThat(record.learned()).isEqualTo("d-1");
            assertThat(record.artifacts()).singleElement().asString().endsWith("chart.png");
            Receipt receipt = record.receipt();
            assertThat(receipt.cost()).isEqualTo(Money.ZERO);
            assertThat(receipt.usage()).isEqualTo(ScriptedModel.USAGE);
            assertThat(receipt.modelCalls()).isEqualTo(1);
            // 100 tokens at 2 and 10 tokens at 8 dollars a million: 0.0002 + 0.00008.
            assertThat(receipt.baseline().cost()).isEqualTo(Money.parse("0.00028"));
            assertThat(receipt.saved()).isEqualTo(Money.parse("0.00028"));
            assertThat(receipt.steps())
                    .extracting(step -> step.stage() + ": " + step.outcome())
                    .containsExactly("demonstrations: none alike", "quick: solved it on turn 1");
            assertThat(test.entries())
                    .extracting(entry -> entry.getClass().getSimpleName())
                    .containsExactly("TaskStarted", "Leased", "Settled", "DemonstrationStored", "TaskEnded");
            assertThat(((Entry.TaskEnded) test.entries().getLast()).record()).isEqualTo(record);
        }
    }

    @Test
    void calls_thatFailHavingSpent_areOnTheReceiptAsOnTheLedger() {
        ScriptedModel.Script cut = (request, context) -> {
            throw new TroupeException(ErrorCode.PROVIDER_FAILED, "cut", null).spending(new Usage(50, 0, 5));
        };
        try (TestTeam test = new TestTeam(folder, cut)) {
            test.large.now(cut);
            Agent.Failed failed = (Agent.Failed) test.ask().await();
            Receipt receipt = failed.record().receipt();
            assertThat(receipt.usage()).isEqualTo(new Usage(100, 0, 10));
            // The small one is free; 50 tokens at 2 and 5 at 8 dollars a million: 0.0001 + 0.00004.
            assertThat(receipt.cost()).isEqualTo(Money.parse("0.00014"));
            assertThat(test.entries())
                    .filteredOn(Entry.Settled.class::isInstance)
                    .extracting(settled -> ((Entry.Settled) settled).cost())
                    .containsExactly(Money.ZERO, receipt.cost());
        }
    }

    @Test
    void feedback_thatIsGood_vouchesForWhatWasLearned_whichIsShownNextTime() {
        try (TestTeam test = new TestTeam(folder, SOLVES)) {
            TaskRecord first = answered(test.ask());
            Agent.FeedbackReply reply = test.team
                    .feedback("local", first.task(), true, "checked", null)
                    .join();
            assertThat(reply).isEqualTo(new Agent.Judged(first.task(), "d-1", List.of()));

            List<TaskEvent> events = new CopyOnWriteArrayList<>();
            TaskRecord second = answered(test.ask("Which region had the lowest revenue in 2024?", events));
            assertThat(second.shown()).isEqualTo("d-1");
            assertThat(events.getFirst().what())
                    .isInstanceOfSatisfying(
                            TaskEvent.DemonstrationShown.class,
                            shown -> assertThat(shown.verified()).isEqualTo(Judge.PERSON));
            assertThat(test.small.requests.getLast().messages().stream().map(Message::text))
                    .contains("```python\nprint ANSWER: North\n```");
        }
    }

    @Test
    void feedback_onAnUnknownTask_isRejected() {
        try (TestTeam test = new TestTeam(folder, SOLVES)) {
            assertThat(test.team.feedback("local", "nope", true, null, null).join())
                    .isInstanceOfSatisfying(
                            Agent.Rejected.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
    }

    @Test
    void rule_thatAgrees_countsForTheDemonstrationThatWasShown() {
        try (TestTeam test = new TestTeam(folder, SOLVES, TestTeam.BOUNDS, new Verifier.Rule("ANSWER: North"))) {
            answered(test.ask());
            answered(test.ask("Which region had the lowest revenue last year?", new CopyOnWriteArrayList<>()));
            assertThat(test.library.find("local", "d-1").orElseThrow().helped()).isEqualTo(1);
        }
    }

    @Test
    void answer_thatTheRuleRefuses_isFailedWithABestGuess_andNothingIsLearned() {
        try (TestTeam test = new TestTeam(folder, SOLVES, TestTeam.BOUNDS, new Verifier.Rule("South"))) {
            Agent.Failed failed = (Agent.Failed) test.ask().await();
            assertThat(failed.code()).isNull();
            assertThat(failed.bestGuess()).isEqualTo("North");
            assertThat(failed.record().answer()).isEmpty();
            assertThat(failed.record().outcome()).isEqualTo("unsolved");
            assertThat(failed.record().receipt().saved().isNegative()).isTrue();
            assertThat(test.library.list("local", null, 10)).isEmpty();
        }
    }

    @Test
    void ask_thatMakesNoSense_isRejected_andTheNextOneWorks() {
        try (TestTeam test = new TestTeam(folder, SOLVES)) {
            TestProbe<Agent.Outcome> probe = KIT.createTestProbe(Agent.Outcome.class);
            List<Agent.Ask> asks = List.of(
                    ask("t-1", "nobody", List.of(new Agent.Part.Text(QUESTION)), MINUTE, probe),
                    ask("t-2", null, List.of(new Agent.Part.Text(" ")), MINUTE, probe),
                    ask("t-3", null, List.of(new Agent.Part.Image("image/png", "")), MINUTE, probe),
                    ask("t-4", null, List.of(new Agent.Part.Text(QUESTION)), Duration.ZERO, probe),
                    ask("t/5", null, List.of(new Agent.Part.Text(QUESTION)), MINUTE, probe));
            for (Agent.Ask ask : asks) {
                test.team.guardian().tell(ask);
                assertThat(probe.expectMessageClass(Agent.Rejected.class).code())
                        .isEqualTo(ErrorCode.INPUT_INVALID);
            }
            Agent.Ask good = ask("t-6", null, List.of(new Agent.Part.Text(QUESTION)), MINUTE, probe);
            test.team.guardian().tell(good);
            probe.expectMessageClass(Agent.Answered.class, Duration.ofSeconds(20));
            test.team.guardian().tell(good);
            assertThat(probe.expectMessageClass(Agent.Rejected.class).message()).contains("a new id");
            probe.expectNoMessage();
        }
    }

    private static Agent.Ask ask(
            String task, String agent, List<Agent.Part> parts, Duration within, TestProbe<Agent.Outcome> probe) {
        return new Agent.Ask(
                task,
                null,
                "local",
                agent,
                "c-" + task.hashCode(),
                parts,
                within,
                Allowance.UNLIMITED,
                null,
                probe.ref());
    }

    @Test
    void model_thatAnswersTooLate_endsTheTaskInTime() {
        try (TestTeam test = new TestTeam(folder, ScriptedModel.after(new CountDownLatch(1), "never"))) {
            Team.Asked asked = test.team.ask(TestTeam.question(QUESTION, null, Duration.ofSeconds(1)), event -> {});
            Agent.Failed failed = (Agent.Failed) asked.await();
            assertThat(failed.code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(failed.record().error()).isEqualTo("TIMEOUT");
            test.small.now(SOLVES);
            assertThat(answered(test.ask()).answer()).isEqualTo("North");
        }
    }

    @Test
    void model_thatHearsNothing_endsItsTaskAfterTheGrace() throws InterruptedException {
        try (TestTeam test = new TestTeam(folder, ScriptedModel.deaf())) {
            Team.Asked asked = test.ask();
            test.small.begun.acquire();
            test.team.cancel(asked.task(), "Ctrl-C");
            Agent.Cancelled cancelled = (Agent.Cancelled) asked.await();
            assertThat(cancelled.record().outcome()).isEqualTo("cancelled");
            assertThat(cancelled.why()).isEqualTo("Ctrl-C");
            test.small.now(SOLVES);
            answered(test.ask());
        }
    }

    @Test
    void cancel_whileAModelWrites_reachesTheModel() throws InterruptedException {
        try (TestTeam test = new TestTeam(folder, ScriptedModel.after(new CountDownLatch(1), "never"))) {
            Team.Asked asked = test.ask();
            test.small.begun.acquire();
            test.team.cancel(asked.task(), "Ctrl-C");
            assertThat(asked.await()).isInstanceOf(Agent.Cancelled.class);
            assertThat(test.entries())
                    .filteredOn(Entry.Settled.class::isInstance)
                    .singleElement()
                    .extracting(settled -> ((Entry.Settled) settled).outcome())
                    .isEqualTo("cancelled");
        }
    }

    @Test
    void cancel_whileAProgramRuns_reachesTheSandbox() throws InterruptedException {
        try (TestTeam test = new TestTeam(folder, (request, context) -> python("wait"))) {
            Team.Asked asked = test.ask();
            test.code.begun.acquire();
            test.team.cancel(asked.task(), "Ctrl-C");
            assertThat(asked.await()).isInstanceOf(Agent.Cancelled.class);
        }
    }

    @Test
    void cancel_ofWhatWaitsOrIsOver_answersOnceOrDoesNothing() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (TestTeam test = new TestTeam(folder, ScriptedModel.after(go, python("print ANSWER: North")))) {
            Team.Asked first = test.team.ask(TestTeam.question(QUESTION, "c", MINUTE), event -> {});
            test.small.begun.acquire();
            Team.Asked second = test.team.ask(TestTeam.question(QUESTION, "c", MINUTE), event -> {});
            test.team.cancel(second.task(), "changed my mind");
            assertThat(second.await()).isEqualTo(new Agent.Cancelled(second.task(), "changed my mind", null));
            go.countDown();
            assertThat(answered(first).answer()).isEqualTo("North");
            test.team.cancel(first.task(), "too late");
            test.team.cancel("unknown", "whatever");
            answered(test.ask());
        }
    }

    @Test
    void tasksOfOneConversation_runOneAfterAnother_othersSideBySide() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (TestTeam test = new TestTeam(folder, ScriptedModel.after(go, python("print ANSWER: North")))) {
            Team.Asked first = test.team.ask(TestTeam.question(QUESTION, "c", MINUTE), event -> {});
            test.small.begun.acquire();
            Team.Asked second = test.team.ask(TestTeam.question(QUESTION, "c", MINUTE), event -> {});
            Team.Asked other = test.team.ask(TestTeam.question(QUESTION, "d", MINUTE), event -> {});
            // The third gets the place that the second may not have yet.
            test.small.begun.acquire();
            assertThat(test.small.begun.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
            go.countDown();
            List.of(first, second, other).forEach(TestTeam::answered);
        }
    }

    @Test
    void moreThanThereIsRoomFor_isOverloaded_andLaterThereIsRoomAgain() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (TestTeam test = new TestTeam(folder, ScriptedModel.after(go, python("print ANSWER: North")))) {
            List<Team.Asked> taken =
                    IntStream.range(0, 4).mapToObj(i -> test.ask()).toList();
            test.small.begun.acquire(2);
            Agent.Outcome fifth = test.ask().await();
            assertThat(((Agent.Overloaded) fifth).message())
                    .isEqualTo("tasks: 2 running and 2 waiting (expected: at most 2 and 2)");
            go.countDown();
            taken.forEach(TestTeam::answered);
            answered(test.ask());
        }
    }

    @Test
    void waiting_thatTakesTooLong_isATimeout() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (TestTeam test = new TestTeam(folder, ScriptedModel.after(go, python("print ANSWER: North")))) {
            Team.Asked first = test.team.ask(TestTeam.question(QUESTION, "c", MINUTE), event -> {});
            test.small.begun.acquire();
            Team.Asked second = test.team.ask(TestTeam.question(QUESTION, "c", Duration.ofMillis(300)), event -> {});
            assertThat(((Agent.Failed) second.await()).code()).isEqualTo(ErrorCode.TIMEOUT);
            go.countDown();
            answered(first);
        }
    }

    @Test
    void taskActor_thatDies_isAnsweredForOnce_andTheConversationGoesOn() {
        try (TestTeam test = new TestTeam(folder, (request, context) -> {
            throw new StackOverflowError("a fault of ours, for a test");
        })) {
            Team.Asked asked = test.team.ask(TestTeam.question(QUESTION, "c", MINUTE), event -> {});
            Agent.Failed failed = (Agent.Failed) asked.await();
            assertThat(failed.code()).isEqualTo(ErrorCode.INTERNAL);
            test.small.now(SOLVES);
            answered(test.team.ask(TestTeam.question(QUESTION, "c", MINUTE), event -> {}));
            assertThat(test.entries())
                    .filteredOn(entry -> entry instanceof Entry.TaskEnded ended
                            && ended.record().outcome().equals("failed"))
                    .hasSize(1);
        }
    }

    @Test
    void journal_thatCannotBeWritten_acknowledgesNothing() {
        TestTeam test = new TestTeam(folder, SOLVES);
        test.journal.close();
        Agent.Failed failed = (Agent.Failed) test.ask().await();
        assertThat(failed.record()).isNull();
        test.team.close();
        test.library.close();
    }

    @Test
    void shutdown_midRequest_cancelsAndStoresIt() throws InterruptedException {
        TestTeam test = new TestTeam(folder, ScriptedModel.after(new CountDownLatch(1), "never"));
        Team.Asked asked = test.ask();
        test.small.begun.acquire();
        test.team.close();
        assertThat(((Agent.Cancelled) asked.outcome().join()).why()).isEqualTo("the team is shutting down");
        assertThat(test.entries().getLast()).isInstanceOf(Entry.TaskEnded.class);
        test.library.close();
        test.journal.close();
    }

    @Test
    void watcher_whoComesBack_getsTheRest() {
        try (TestTeam test = new TestTeam(folder, SOLVES)) {
            List<TaskEvent> all = new CopyOnWriteArrayList<>();
            Team.Asked asked = test.ask(QUESTION, all);
            asked.await();
            List<TaskEvent> rest = new CopyOnWriteArrayList<>();
            test.team.watch(asked.task(), 3, rest::add).join();
            assertThat(rest).isEqualTo(all.subList(3, all.size()));
            List<TaskEvent> none = new CopyOnWriteArrayList<>();
            test.team.watch("unknown", 0, none::add).join();
            assertThat(none).isEmpty();
        }
    }

    @Test
    void consumer_thatThrows_doesNotHarmTheTask() {
        try (TestTeam test = new TestTeam(folder, SOLVES)) {
            Team.Asked asked = test.team.ask(TestTeam.question(QUESTION, null, MINUTE), event -> {
                throw new IllegalStateException("the terminal is gone");
            });
            answered(asked);
            assertThat(asked.events()).isCompletedExceptionally();
        }
    }

    @Test
    void conversation_thatIsIdle_isForgotten_andCanGoOnLater() {
        TeamSetup.Bounds hasty =
                new TeamSetup.Bounds(2, 2, 10, Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMinutes(1));
        try (TestTeam test = new TestTeam(folder, SOLVES, hasty, new Verifier.None())) {
            Path work = folder.resolve("work/local/c");
            for (int i = 0; i < 2; i++) {
                answered(test.team.ask(TestTeam.question(QUESTION, "c", MINUTE), event -> {}));
                // Nothing was left in it, so the folder goes with the conversation.
                KIT.createTestProbe().awaitAssert(Duration.ofSeconds(10), () -> {
                    assertThat(work).doesNotExist();
                    return null;
                });
            }
        }
    }

    @Test
    void budget_thatIsTooSmall_isANormalEnd() {
        try (TestTeam test = new TestTeam(folder, SOLVES)) {
            Team.Question poor =
                    new Team.Question("local", null, null, QUESTION, MINUTE, new Allowance(Money.ZERO, 110));
            Agent.Failed failed =
                    (Agent.Failed) test.team.ask(poor, event -> {}).await();
            assertThat(failed.code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
            assertThat(failed.message()).contains("110 tokens left (expected: 116 tokens or more for this prompt)");
            assertThat(test.small.requests).isEmpty();
        }
    }
}
