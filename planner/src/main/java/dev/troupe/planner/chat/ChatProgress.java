package dev.troupe.planner.chat;

import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.Message;
import dev.troupe.models.chat.Message.ToolCall;
import dev.troupe.planner.ladder.Happened;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A history of a chat agent's task, folded: what was said since the question, and which calls are due. */
final class ChatProgress {
    private final List<Message> messages = new ArrayList<>();
    private final List<Integer> modelEvents = new ArrayList<>();
    private final Deque<ToolCall> due = new ArrayDeque<>();
    private final List<String> called = new ArrayList<>();
    private @Nullable ChatResponse answer;
    private Happened.@Nullable ModelFailed ended;
    private Usage ownUsage = Usage.NONE;
    private Money ownCost = Money.ZERO;
    private Usage usage = Usage.NONE;
    private Money cost = Money.ZERO;
    private int turns;

    private ChatProgress() {}

    static ChatProgress of(List<Happened> history) {
        ChatProgress progress = new ChatProgress();
        for (int i = 0; i < history.size(); i++) {
            progress.apply(i, history.get(i));
        }
        return progress;
    }

    private void apply(int index, Happened happened) {
        switch (happened) {
            case Happened.ModelAnswered answered -> {
                modelEvents.add(index);
                turns++;
                answer = answered.response();
                spent(answer.usage(), answer.cost());
                messages.add(answer.toMessage());
                called.clear();
                due.addAll(answer.toolCalls());
            }
            case Happened.ModelFailed failed -> {
                modelEvents.add(index);
                ended = failed;
                spent(failed.usage(), failed.cost());
            }
            case Happened.ToolCalled tool -> answered(tool.call().tool(), tool.told());
            case Happened.AgentAsked agent -> {
                usage = usage.plus(agent.usage());
                cost = cost.plus(agent.cost());
                answered(agent.asked().agent(), agent.told());
            }
            default -> throw new IllegalStateException("history: " + happened + " (expected: of a model or a tool)");
        }
    }

    private void spent(Usage tokens, Money money) {
        ownUsage = ownUsage.plus(tokens);
        ownCost = ownCost.plus(money);
        usage = usage.plus(tokens);
        cost = cost.plus(money);
    }

    private void answered(String name, String told) {
        ToolCall call = due.removeFirst();
        called.add(name);
        messages.add(Message.tool(call.id(), told));
    }

    /** What the model wrote since the question, and what it was told. */
    List<Message> messages() {
        return messages;
    }

    /** The next call that the model waits for, or null. */
    @Nullable
    ToolCall due() {
        return due.peekFirst();
    }

    /** The model's last word, or null. */
    @Nullable
    ChatResponse answer() {
        return answer;
    }

    /** Whether the last word asks for nothing: it is the answer. */
    boolean isSaid() {
        return answer != null && answer.toolCalls().isEmpty();
    }

    /** The failure that ended it, or null. */
    Happened.@Nullable ModelFailed ended() {
        return ended;
    }

    /** {@code told what convert answered}. */
    String told() {
        return "told what " + String.join(", ", called) + " answered";
    }

    int turns() {
        return turns;
    }

    List<Integer> modelEvents() {
        return modelEvents;
    }

    /** The tokens of the agent's own model. */
    Usage ownUsage() {
        return ownUsage;
    }

    Money ownCost() {
        return ownCost;
    }

    /** With those of the agents that it asked. */
    Usage usage() {
        return usage;
    }

    Money cost() {
        return cost;
    }
}
