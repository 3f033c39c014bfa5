package dev.troupe.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.ledger.Limits;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.Message;
import dev.troupe.models.chat.Message.Role;
import dev.troupe.models.chat.Message.ToolCall;
import dev.troupe.planner.chat.ChatPlan;
import dev.troupe.planner.ladder.LadderPlan;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Offer;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.call.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents whose models call tools. */
class ToolCallsTest {
    @TempDir
    Path folder;

    private final ScriptedModel model = new ScriptedModel("test/desk", (request, context) -> answer(request));

    /** Says what the tools said, once they did. */
    private static String answer(ChatRequest request) {
        return results(request).isEmpty() ? "" : "It is " + String.join(" and ", results(request)) + ".";
    }

    private static List<String> results(ChatRequest request) {
        return request.messages().stream()
                .filter(message -> message.role() == Role.TOOL)
                .map(Message::text)
                .toList();
    }

    private static Tool tool(String name, CallLimits limits, CallingTeam.TestTool.Work work) {
        return new CallingTeam.TestTool(name, limits, work);
    }

    private static Tool clock() {
        return tool(
                "clock",
                CallLimits.USUAL,
                (arguments, context) -> arguments.path("zone").asText() + " noon");
    }

    private CallingTeam chatting(List<Tool> tools, int turns) {
        Offer offer = new Offer(
                tools.stream().map(one -> CallingTeam.spec(one.spec().name())).toList(), List.of());
        ChatPlan plan = new ChatPlan("You are brief.", "desk", CallingTeam.SAMPLING, 1_000, offer, turns);
        return new CallingTeam(folder, Map.of("desk", plan), Map.of("desk", model), "desk", tools, Limits.NONE);
    }

    @Test
    void chat_callsTools_isToldTheirResults_andTheyAreOnTheReceipt() {
        model.calling(request -> results(request).isEmpty()
                ? List.of(
                        new ToolCall("c1", "clock", "{\"zone\": \"UTC\"}"),
                        new ToolCall("c2", "clock", "{\"zone\": \"CET\"}"))
                : List.of());
        try (CallingTeam desk = chatting(List.of(clock()), 4)) {
            TaskRecord record = TestTeam.answered(desk.ask("What time is it?"));
            assertThat(record.answer()).isEqualTo("It is UTC noon and CET noon.");
            assertThat(record.receipt().modelCalls()).isEqualTo(2);
            assertThat(record.receipt().steps()).extracting(Receipt.Step::stage).containsExactly("chat", "tool clock");
            assertThat(record.receipt().steps())
                    .extracting(Receipt.Step::outcome)
                    .containsExactly("answered on turn 2", "2 calls");
            assertThat(model.requests.getLast().messages()).hasSize(5);
            assertThat(model.requests.getFirst().tools()).containsExactly(CallingTeam.spec("clock"));
            assertThat(desk.events.stream()
                            .map(TaskEvent::what)
                            .filter(what ->
                                    what instanceof TaskEvent.ToolCalled || what instanceof TaskEvent.ToolEnded))
                    .hasSize(4)
                    .first()
                    .isEqualTo(new TaskEvent.ToolCalled("chat", "clock", "{\"zone\": \"UTC\"}"));
        }
    }

    @Test
    void errorsOfTools_goBackToTheModel_typed() {
        Tool broken = tool("broken", CallLimits.USUAL, (arguments, context) -> {
            throw new IllegalStateException("no rates");
        });
        Tool slow = tool("slow", CallLimits.USUAL.withTime(Duration.ofMillis(50)), (arguments, context) -> {
            new CountDownLatch(1).await();
            return "never";
        });
        Tool large = tool("large", CallLimits.USUAL.withOutput(100), (arguments, context) -> "x".repeat(10_000_000));
        model.calling(request -> results(request).isEmpty()
                ? List.of(
                        new ToolCall("1", "broken", "{}"),
                        new ToolCall("2", "slow", "{}"),
                        new ToolCall("3", "large", "{}"),
                        new ToolCall("4", "clock", "{}"),
                        new ToolCall("5", "broken", "no json"))
                : List.of());
        try (CallingTeam desk = chatting(List.of(broken, slow, large), 3)) {
            TaskRecord record = TestTeam.answered(desk.ask("Try all."));
            assertThat(results(model.requests.getLast()))
                    .satisfiesExactly(
                            told -> assertThat(told)
                                    .startsWith("ERROR failed: broken: java.lang.IllegalStateException"),
                            told -> assertThat(told).isEqualTo("ERROR timed_out: slow: no result after 50 ms"),
                            told -> assertThat(told).startsWith("ERROR too_large: large: a result of 10000000"),
                            told -> assertThat(told)
                                    .isEqualTo("ERROR unknown_tool: clock (expected: one of [broken, slow, large])"),
                            told -> assertThat(told).startsWith("ERROR bad_arguments: "));
            assertThat(record.receipt().steps())
                    .extracting(Receipt.Step::outcome)
                    .contains("2 calls, 1 failed, 1 bad_arguments", "1 call, 1 timed_out", "1 call, 1 too_large");
        }
    }

    @Test
    void modelThatCallsWithoutEnd_isStoppedAtItsTurns() {
        model.calling(request -> List.of(new ToolCall("c", "clock", "{}")));
        try (CallingTeam desk = chatting(List.of(clock()), 3)) {
            Agent.Failed failed = (Agent.Failed) desk.ask("What time is it?").await();
            assertThat(failed.message())
                    .isEqualTo("no answer after 3 calls of the model, each of which asked for a tool");
            assertThat(model.requests).hasSize(3);
        }
    }

    @Test
    void cancelledTask_endsItsTool() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Tool slow = tool("slow", CallLimits.USUAL, (arguments, context) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return "never";
            } finally {
                ended.countDown();
            }
        });
        model.calling(request -> List.of(new ToolCall("c", "slow", "{}")));
        try (CallingTeam desk = chatting(List.of(slow), 3)) {
            Team.Asked asked = desk.ask("Wait.");
            begun.await();
            desk.team.cancel(asked.task(), "enough");
            assertThat(asked.await()).isInstanceOf(Agent.Cancelled.class);
            ended.await();
        }
    }

    @Test
    void callersTools_areRefused_whereTheAgentHasItsOwn() {
        ChatPlan plan = new ChatPlan(
                "", "desk", CallingTeam.SAMPLING, 0, new Offer(List.of(CallingTeam.spec("clock")), List.of()), 2);
        var options = new dev.troupe.planner.ladder.ChatOptions(
                null, List.of(CallingTeam.spec("own")), null, CallingTeam.SAMPLING);
        assertThat(plan.refusal(options))
                .isEqualTo("tools: of the caller's own (expected: none; the agent has tools of its own)");
    }

    @Test
    void assistant_callsByABlock_andGoesOnWithItsProgram() {
        LadderPlan plan =
                TestTeam.plan(new Verifier.None()).withOffer(new Offer(List.of(CallingTeam.spec("clock")), List.of()));
        ScriptedModel small = new ScriptedModel(
                "test/small",
                (request, context) -> request.messages().getLast().text().contains("clock answered:\nUTC noon")
                        ? ScriptedModel.python("print ANSWER: noon")
                        : "```call clock\n{\"zone\": \"UTC\"}\n```");
        try (CallingTeam desk = new CallingTeam(
                folder,
                Map.of("analyst", plan),
                Map.of("small", small, "large", small),
                "analyst",
                List.of(clock()),
                Limits.NONE)) {
            TaskRecord record = TestTeam.answered(desk.ask(TestTeam.QUESTION));
            assertThat(record.answer()).isEqualTo("noon");
            assertThat(small.requests.getFirst().messages().getFirst().text())
                    .contains("```call NAME")
                    .contains("- clock: Does clock. Arguments: ");
            assertThat(record.receipt().steps()).extracting(Receipt.Step::stage).contains("quick", "tool clock");
        }
    }
}
