package dev.troupe.planner.ladder;

import static dev.troupe.planner.ladder.Worlds.python;
import static dev.troupe.planner.ladder.Worlds.rung;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Worlds.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderConversationTest {
    private static final LadderPlan PLAN = Worlds.plan(new Verifier.None(), Rung.replay("replay"), rung("quick", 2));

    @Test
    void earlierTurns_standBeforeTheQuestion_withTheirPrograms() {
        Story story = new Story(PLAN.inConversation(
                List.of(
                        Turns.turn("Who leads?", "North", "print('ANSWER: North')"),
                        Turns.turn("Why?", "It sells more.", null)),
                ChatOptions.NONE));
        List<Message> messages = story.call().request().messages();
        assertThat(messages.subList(1, messages.size()))
                .containsExactly(
                        Message.user("Question: Who leads?\n(Its answer was: North)"),
                        Message.assistant(python("print('ANSWER: North')")),
                        Message.user("Question: Why?"),
                        Message.assistant("It sells more."),
                        Message.user("Question: " + Worlds.QUESTION));
    }

    @Test
    void inAConversation_nothingIsReplayed_andAloneItIs() {
        assertThat(new Story(PLAN).next().effect()).isInstanceOf(Effect.FindReplay.class);
        LadderPlan told = PLAN.inConversation(List.of(Turns.turn("Who leads?", "North", null)), ChatOptions.NONE);
        assertThat(new Story(told).next().effect()).isInstanceOf(Effect.CallModel.class);
        assertThat(PLAN.inConversation(List.of(), ChatOptions.NONE)).isEqualTo(PLAN);
    }

    @Test
    void judge_isToldWhatWasSaidBefore() {
        LadderPlan plan = Worlds.plan(new Verifier.Judge("referee"), rung("quick", 1));
        Story story = new Story(plan.inConversation(List.of(Turns.turn("Who leads?", "North", null)), ChatOptions.NONE))
                .replies(python("print('ANSWER: South')"))
                .prints(0, "ANSWER: South");
        assertThat(story.lastMessage())
                .startsWith("Said before:\nQuestion: Who leads?\nReply: North\n\nQuestion: " + Worlds.QUESTION);
    }

    @Test
    void messages_ofTheCaller_areToldUpToItsQuestion() {
        List<Message> own = List.of(
                Message.system("ignored"),
                Message.user("Who leads?"),
                Message.assistant("North"),
                Message.user(Worlds.QUESTION));
        LadderPlan told = PLAN.inConversation(List.of(), new ChatOptions(own, List.of(), null, Sampling.DEFAULT));
        assertThat(told.earlier().messages()).containsExactly(Message.user("Who leads?"), Message.assistant("North"));
    }

    @Test
    void tools_ofTheCaller_areRefused() {
        ToolSpec tool = new ToolSpec("clock", "The time.", JsonNodeFactory.instance.objectNode());
        assertThat(PLAN.refusal(new ChatOptions(null, List.of(tool), null, Sampling.DEFAULT)))
                .isEqualTo("tools: of the caller's own (expected: none; an assistant answers by its own programs)");
        assertThat(PLAN.refusal(ChatOptions.of(new Sampling(1.0, null, null, null, List.of()))))
                .isNull();
    }
}
