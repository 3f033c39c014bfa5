package dev.troupe.planner.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.ResponseFormat;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import dev.troupe.models.chat.Message.ToolCall;
import dev.troupe.planner.ladder.Account;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.planner.ladder.Decision;
import dev.troupe.planner.ladder.Effect;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Happened;
import dev.troupe.planner.ladder.Turns;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatPlanTest {
    private static final Sampling SAMPLING = new Sampling(0.0, null, 7, 200, List.of());
    private static final ChatPlan PLAN = new ChatPlan("You are brief.", "small", SAMPLING, 100);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void next_atFirst_asksTheModelWithInstructionsTurnsAndQuestion() {
        ChatPlan plan = PLAN.inConversation(
                List.of(Turns.turn("Who?", "Ada.", null), Turns.turn("When?", "1843.", null)), ChatOptions.NONE);
        ChatRequest request = request(plan, "Where?");
        assertThat(request.messages())
                .containsExactly(
                        Message.system("You are brief."),
                        Message.user("Who?"),
                        Message.assistant("Ada."),
                        Message.user("When?"),
                        Message.assistant("1843."),
                        Message.user("Where?"));
        assertThat(request.sampling()).isEqualTo(SAMPLING);
        assertThat(request.tools()).isEmpty();
        assertThat(plan.earlier().shown()).isEqualTo(2);
    }

    @Test
    void history_beyondItsTokens_losesTheOldestTurns() {
        // A message is 8 tokens and a third of its letters: 8 + 10 for the question, 8 + 20 for the answer, 46 a turn.
        String question = "q".repeat(30);
        String answer = "a".repeat(60);
        List<TaskRecord> turns = List.of(
                Turns.turn("old?", answer, null),
                Turns.turn(question, answer, null),
                Turns.turn(question, answer, null));
        ChatPlan plan = PLAN.inConversation(turns, ChatOptions.NONE);
        assertThat(plan.earlier().shown()).isEqualTo(2);
        assertThat(plan.earlier().of()).isEqualTo(3);
        assertThat(request(plan, "new?").messages()).doesNotContain(Message.user("old?"));
        ChatPlan none = new ChatPlan("", "small", SAMPLING, 0).inConversation(turns, ChatOptions.NONE);
        assertThat(request(none, "new?").messages()).containsExactly(Message.user("new?"));
    }

    @Test
    void options_ofTheCaller_goOverTheTeamFiles() {
        ToolSpec tool = new ToolSpec("clock", "The time.", JsonNodeFactory.instance.objectNode());
        ResponseFormat format = new ResponseFormat("r", JsonNodeFactory.instance.objectNode());
        Sampling wanted = new Sampling(0.9, 0.5, null, 10, List.of("END"));
        ChatRequest request =
                request(PLAN.inConversation(List.of(), new ChatOptions(null, List.of(tool), format, wanted)), "Now?");
        assertThat(request.tools()).containsExactly(tool);
        assertThat(request.responseFormat()).isEqualTo(format);
        assertThat(request.sampling()).isEqualTo(new Sampling(0.9, 0.5, 7, 10, List.of("END")));
    }

    @Test
    void messages_ofTheCaller_countInsteadOfTheTurns_andToolResultsFollowTheQuestion() {
        Message call = new Message(Message.Role.ASSISTANT, List.of(), List.of(new ToolCall("c1", "clock", "{}")), null);
        List<Message> own = List.of(
                Message.system("Speak French."),
                Message.user("Hello"),
                Message.assistant("Bonjour"),
                Message.user("What time is it?"),
                call,
                Message.tool("c1", "12:00"));
        ChatPlan plan = PLAN.inConversation(
                List.of(Turns.turn("Who?", "Ada.", null)), new ChatOptions(own, List.of(), null, Sampling.DEFAULT));
        assertThat(request(plan, "What time is it?").messages())
                .containsExactly(
                        Message.system("You are brief.\n\nSpeak French."),
                        Message.user("Hello"),
                        Message.assistant("Bonjour"),
                        Message.user("What time is it?"),
                        call,
                        Message.tool("c1", "12:00"));
    }

    @Test
    void answer_endsTheTask_unverified() {
        Happened answered = answered(" Paris. ", List.of(), FinishReason.STOP);
        assertThat(outcome(PLAN, answered))
                .isEqualTo(new Outcome.Solved("Paris.", Judge.NONE, "chat", null, null, null, null));
        ChatPlan second = PLAN.inConversation(List.of(Turns.turn("Who?", "Ada.", null)), ChatOptions.NONE);
        Account account = second.accounts("q", List.of(answered)).getFirst();
        assertThat(account.outcome()).isEqualTo("answered, told of 1 earlier turn");
        assertThat(account.solved()).isTrue();
        assertThat(account.usage()).isEqualTo(new Usage(10, 0, 5));
    }

    @Test
    void toolCalls_areAnAnswer_andNothingIsNone() {
        Happened calls = answered("", List.of(new ToolCall("c1", "clock", "{}")), FinishReason.TOOL_CALLS);
        assertThat(outcome(PLAN, calls)).isInstanceOf(Outcome.Solved.class);
        assertThat(PLAN.accounts("q", List.of(calls)).getFirst().outcome()).isEqualTo("asked for 1 tool call");
        Happened nothing = answered(" ", List.of(), FinishReason.LENGTH);
        assertThat(outcome(PLAN, nothing))
                .isEqualTo(new Outcome.Unsolved("the model wrote nothing (LENGTH)", null, null));
        assertThat(PLAN.accounts("q", List.of(nothing)).getFirst().outcome())
                .isEqualTo("wrote nothing, cut at its token limit");
    }

    @Test
    void failures_andWhatRunsOut_endTheTask() {
        Effect.CallModel call = (Effect.CallModel)
                PLAN.next("q", List.of(), Allowance.UNLIMITED, MINUTE).effect();
        assertThat(outcome(PLAN, new Happened.ModelFailed(call, ErrorCode.PROVIDER_REFUSED, "no")))
                .isEqualTo(new Outcome.Failed(ErrorCode.PROVIDER_REFUSED, "no"));
        assertThat(outcome(PLAN, new Happened.ModelFailed(call, ErrorCode.TIMEOUT, "late")))
                .isEqualTo(new Outcome.Unsolved("late", ErrorCode.TIMEOUT, null));
        assertThat(finish(PLAN.next("q", List.of(), Allowance.UNLIMITED, Duration.ZERO)))
                .isInstanceOfSatisfying(
                        Outcome.Unsolved.class, end -> assertThat(end.ranOut()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(finish(PLAN.next("q", List.of(), new Allowance(Money.ZERO, 3), MINUTE)))
                .isInstanceOfSatisfying(
                        Outcome.Unsolved.class, end -> assertThat(end.ranOut()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED));
    }

    private static ChatRequest request(ChatPlan plan, String question) {
        Decision decision = plan.next(question, List.of(), Allowance.UNLIMITED, MINUTE);
        return ((Effect.CallModel) decision.effect()).request();
    }

    private static Happened answered(String text, List<ToolCall> calls, FinishReason reason) {
        Effect.CallModel call = (Effect.CallModel)
                PLAN.next("q", List.of(), Allowance.UNLIMITED, MINUTE).effect();
        return new Happened.ModelAnswered(
                call, new ChatResponse(text, calls, reason, new Usage(10, 0, 5), "m", Money.ZERO));
    }

    private static Outcome outcome(ChatPlan plan, Happened happened) {
        return finish(plan.next("q", List.of(happened), Allowance.UNLIMITED, MINUTE));
    }

    private static Outcome finish(Decision decision) {
        return ((Effect.Finish) decision.effect()).outcome();
    }
}
