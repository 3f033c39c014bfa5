package dev.troupe.runtime.team;

import dev.troupe.planner.chat.ChatPlan;
import java.util.List;

/**
 * An agent that is a model with instructions and the conversation's last turns.
 *
 * @param model name of a model of the team
 * @param turns the most calls of the model, where it calls tools
 */
public record ChatSettings(String name, String instructions, String model, Reach reach, int turns, int historyTokens)
        implements AgentSettings {
    /** An agent that calls nothing. */
    public ChatSettings(String name, String instructions, String model, int historyTokens) {
        this(name, instructions, model, Reach.NONE, ChatPlan.DEFAULT_TURNS, historyTokens);
    }

    @Override
    public ChatSettings without(List<Reach.Use> some) {
        return new ChatSettings(name, instructions, model, reach.without(some), turns, historyTokens);
    }

    @Override
    public List<String> tools() {
        return List.of();
    }

    @Override
    public List<String> models() {
        return List.of(model);
    }
}
