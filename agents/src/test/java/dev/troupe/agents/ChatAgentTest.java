package dev.troupe.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.journal.Conversations;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.ledger.JournalLedger;
import dev.troupe.knowledge.ledger.Limits;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import dev.troupe.models.chat.MeteredChatModel;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.models.price.PriceTable;
import dev.troupe.planner.chat.ChatPlan;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatAgentTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Sampling SAMPLING = new Sampling(0.0, null, 7, 200, List.of());

    @TempDir
    Path folder;

    private final ScriptedModel model = new ScriptedModel("local/small", (request, context) -> "Paris.");
    private final List<TaskEvent> events = new CopyOnWriteArrayList<>();
    private Journal journal;
    private DemonstrationLibrary library;
    private Team team;

    @BeforeEach
    void open() {
        journal = Journal.open(folder.resolve("data"));
        library = DemonstrationLibrary.open(journal, new FakeEmbedder());
        JournalLedger ledger = new JournalLedger(journal, "newsroom", Limits.NONE);
        team = Team.open(new TeamSetup(
                "newsroom",
                "desk",
                Map.of(
                        "desk",
                        new ChatPlan("You are brief.", "small", SAMPLING, 1_000),
                        "analyst",
                        TestTeam.plan(new Verifier.None())),
                Map.of(
                        "small", new MeteredChatModel(model, ModelPrice.FREE, ledger, 500),
                        "large", new MeteredChatModel(model, ModelPrice.FREE, ledger, 500)),
                new FakeExecutor(),
                library,
                journal,
                PriceTable.published().with(Map.of("local/small", ModelPrice.FREE)),
                "openai/gpt-5",
                WorkFolders.under(folder.resolve("work")),
                TestTeam.BOUNDS,
                true,
                Clock.systemUTC(),
                Verdicts.NOBODY));
    }

    @AfterEach
    void close() {
        team.close();
        library.close();
        journal.close();
    }

    @Test
    void question_isAnsweredStreamedAndOnTheReceipt() {
        TaskRecord record = answered(ask("c-1", "What is the capital of France?"));
        assertThat(record.answer()).isEqualTo("Paris.");
        assertThat(record.verified().name()).isEqualTo("NONE");
        assertThat(record.rung()).isEqualTo("chat");
        assertThat(record.learned()).isNull();
        assertThat(record.receipt().modelCalls()).isEqualTo(1);
        assertThat(record.receipt().steps()).singleElement().satisfies(step -> {
            assertThat(step.stage()).isEqualTo("chat");
            assertThat(step.outcome()).isEqualTo("answered");
            assertThat(step.usage()).isEqualTo(ScriptedModel.USAGE);
        });
        assertThat(events.stream()
                        .map(TaskEvent::what)
                        .filter(TaskEvent.TextDelta.class::isInstance)
                        .map(what -> ((TaskEvent.TextDelta) what).text()))
                .containsExactly("Par", "is.");
    }

    @Test
    void nextTurn_isToldOfThoseBefore_ofItsTenantAndConversationOnly() {
        answered(ask("c-1", "First?"));
        answered(ask("c-2", "Elsewhere?"));
        answered(team.ask(
                new Team.Question("other", null, "c-1", "Somebody else's?", MINUTE, Allowance.UNLIMITED), events::add));
        TaskRecord second = answered(ask("c-1", "Second?"));
        assertThat(model.requests.getLast().messages())
                .containsExactly(
                        Message.system("You are brief."),
                        Message.user("First?"),
                        Message.assistant("Paris."),
                        Message.user("Second?"));
        assertThat(second.earlierTurns()).isEqualTo(1);
        new Conversations(journal).undo("local", "newsroom", "c-1");
        answered(ask("c-1", "Third?"));
        assertThat(model.requests.getLast().messages())
                .contains(Message.user("First?"))
                .doesNotContain(Message.user("Second?"));
    }

    @Test
    void assistantInAConversation_isToldOfItsTurns_andLearnsNothingFromFollowUps() {
        model.now((request, context) -> ScriptedModel.python("print ANSWER: North"));
        TaskRecord first = answered(ask("analyst", "c-1", "Who leads?", ChatOptions.NONE));
        assertThat(first.learned()).isNotNull();
        TaskRecord second = answered(ask("analyst", "c-1", "And before?", ChatOptions.NONE));
        assertThat(model.requests.getLast().messages())
                .anySatisfy(message ->
                        assertThat(message.text()).isEqualTo("Question: Who leads?\n(Its answer was: North)"));
        assertThat(second.answer()).isEqualTo("North");
        assertThat(second.learned()).isNull();
        team.feedback("local", second.task(), true, null, null).join();
        assertThat(library.list("local", "newsroom", 10)).hasSize(1);
    }

    @Test
    void options_reachTheModel_andItsToolCallsComeBack() {
        ToolSpec tool = new ToolSpec("clock", "The time.", JsonNodeFactory.instance.objectNode());
        Sampling warm = new Sampling(0.9, null, 8, 50, List.of("END"));
        model.calls(List.of(new Message.ToolCall("c1", "clock", "{}")));
        Agent.Answered answered =
                (Agent.Answered) ask(null, "c-1", "What time is it?", new ChatOptions(null, List.of(tool), null, warm))
                        .await();
        assertThat(answered.toolCalls()).containsExactly(new Message.ToolCall("c1", "clock", "{}"));
        assertThat(answered.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(model.requests.getLast().tools()).containsExactly(tool);
        assertThat(model.requests.getLast().sampling()).isEqualTo(warm);
    }

    @Test
    void tools_forAnAssistant_areRejected() {
        ToolSpec tool = new ToolSpec("clock", "The time.", JsonNodeFactory.instance.objectNode());
        Agent.Outcome outcome = ask(
                        "analyst",
                        "c-1",
                        "What time is it?",
                        new ChatOptions(null, List.of(tool), null, Sampling.DEFAULT))
                .await();
        assertThat(outcome).isInstanceOfSatisfying(Agent.Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(ErrorCode.INPUT_INVALID);
            assertThat(rejected.message())
                    .isEqualTo("agent analyst: tools: of the caller's own (expected: none; an assistant answers by its"
                            + " own programs)");
        });
        assertThat(model.requests).isEmpty();
    }

    @Test
    void cancelled_endsInTime_isNoTurn_andTheNextOneWorks() throws Exception {
        model.now(ScriptedModel.after(new CountDownLatch(1), "late"));
        Team.Asked asked = ask("c-1", "Slow?");
        model.begun.acquire();
        team.cancel(asked.task(), "interrupted");
        assertThat(asked.await()).isInstanceOf(Agent.Cancelled.class);
        model.now((request, context) -> "Now.");
        assertThat(answered(ask("c-1", "Next?")).earlierTurns()).isZero();
    }

    @Test
    void budget_endsTheTask_beforeTheModelIsAsked() {
        Agent.Outcome outcome = team.ask(
                        new Team.Question("local", null, "c-1", "Dear?", MINUTE, new Allowance(Money.ZERO, 105)),
                        events::add)
                .await();
        // The prompt has 100 tokens, which leaves 5 for an answer, fewer than make sense.
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Agent.Failed.class, failed -> assertThat(failed.code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED));
        assertThat(model.requests).isEmpty();
    }

    private Team.Asked ask(String conversation, String text) {
        return ask(null, conversation, text, ChatOptions.NONE);
    }

    private Team.Asked ask(@Nullable String agent, String conversation, String text, ChatOptions options) {
        return team.ask(
                new Team.Question("local", agent, conversation, text, MINUTE, Allowance.UNLIMITED, options),
                events::add);
    }

    private static TaskRecord answered(Team.Asked asked) {
        return TestTeam.answered(asked);
    }
}
